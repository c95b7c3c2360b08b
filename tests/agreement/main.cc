// How far our verdicts equal the peers' own test expectations. Prints a table; with --differences
// every case that differs. A peer's rule counts as mapped when one of ours lists it in `aliases`.
// usage: agreement CASES-FOLDER [--differences] [--min PERCENT] [--optional]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"
#include "core/ascii.h"
#include "core/file_system.h"
#include "scan/audit.h"

namespace plimsoll {
namespace {

using Json = nlohmann::json;

struct Tally {
  int mapped = 0;
  int agreed = 0;
  int unmapped = 0;
};

struct Difference {
  std::string id;
  std::string rule;
  bool expected = false;
};

/// Pieces between double quotes of a Haskell record such as
/// `def { labelSchema = Map.fromList [("foo", Rule.RawText)], strictLabels = True }`.
std::vector<std::string> strings_in(std::string_view text) {
  std::vector<std::string> found;
  const std::vector<std::string_view> pieces = ascii::split(text, '"');
  for (std::size_t i = 1; i < pieces.size(); i += 2) found.emplace_back(pieces[i]);
  return found;
}

std::string label_type(std::string_view config) {
  const std::vector<std::pair<std::string_view, std::string_view>> types{
      {"Url)", "url"},      {"Rfc3339)", "rfc3339"}, {"Spdx)", "spdx"},
      {"GitHash)", "hash"}, {"SemVer)", "semver"},   {"Email)", "email"}};
  for (const auto& [haskell, ours] : types) {
    if (ascii::contains(config, haskell)) return std::string(ours);
  }
  return "text";
}

check::RuleOptions options_of(const Json& config) {
  check::RuleOptions options;
  options.today = Date{2026, 11, 21};
  if (!config.is_string()) return options;
  const std::string text = config.get<std::string>();
  if (ascii::contains(text, "allowedRegistries")) options.trusted_registries = strings_in(text);
  if (ascii::contains(text, "labelSchema")) {
    for (const std::string& label : strings_in(text))
      options.label_schema[label] = label_type(text);
  }
  options.strict_labels = ascii::contains(text, "strictLabels = True");
  return options;
}

using Files = std::map<std::string, std::string>;

/// Slugs that fire on the files, suppressed ones left out.
std::set<std::string, std::less<>> fired(const Files& files, const check::RuleOptions& rules) {
  MemoryFileSystem memory;
  scan::AuditOptions options;
  for (const auto& [path, text] : files) memory.add(path, text);
  // As a folder where there is a .dockerignore beside it, else as the one file a user would name.
  options.targets = {files.size() > 1 ? std::string(".") : files.begin()->first};
  options.all_rules = true;
  options.jobs = 1;
  options.rules = rules;
  std::set<std::string, std::less<>> slugs;
  for (const Finding& finding : scan::audit(memory, options).findings) {
    if (!finding.suppressed) slugs.emplace(finding.rule);
  }
  return slugs;
}

bool any_fires(const std::vector<const check::Rule*>& rules,
               const std::set<std::string, std::less<>>& slugs) {
  return std::any_of(rules.begin(), rules.end(),
                     [&](const check::Rule* rule) { return slugs.contains(rule->meta.slug); });
}

class Agreement {
 public:
  Agreement(std::string peer, const std::string& folder, const std::string& file)
      : peer_(std::move(peer)) {
    std::ifstream lines(folder + '/' + file);
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty()) cases_.push_back(Json::parse(line));
    }
  }

  /// One rule per case.
  void run(Files (*files_of)(const Json&)) {
    for (const Json& one : cases_) {
      const std::string rule = one["rule"];
      const auto ours = check::rules_for_alias(peer_ + ':' + rule);
      if (ours.empty()) {
        ++tally_.unmapped;
        unmapped_rules_.insert(rule);
        continue;
      }
      const auto slugs =
          fired(files_of(one), options_of(one.contains("config") ? one["config"] : Json()));
      judge(one["id"], rule, one["fires"], any_fires(ours, slugs));
    }
  }

  /// BuildKit: the exact list of warnings per file.
  void run_lists(Files (*files_of)(const Json&)) {
    for (const Json& one : cases_) {
      std::set<std::string> expected;
      for (const Json& warning : one["warnings"]) expected.insert(warning["rule"]);
      const auto slugs = fired(files_of(one), options_of(Json()));
      for (const std::string& rule : mapped_ids()) {
        const bool want = expected.contains(rule);
        const bool got = any_fires(check::rules_for_alias(peer_ + ':' + rule), slugs);
        if (want || got) judge(one["id"], rule, want, got);
      }
      if (expected.empty()) judge(one["id"], "(clean)", false, false);
    }
  }

  void print(bool differences) const {
    const double percent = tally_.mapped == 0 ? 0 : 100.0 * tally_.agreed / tally_.mapped;
    std::printf("| %-13s | %5d | %5d | %6.1f %% | %5d |", peer_.c_str(), tally_.mapped,
                tally_.agreed, percent, tally_.unmapped);
    for (const std::string& rule : unmapped_rules_) std::printf(" %s", rule.c_str());
    std::printf(" |\n");
    if (!differences) return;
    for (const Difference& difference : differences_) {
      std::printf("    %s %s: the peer %s, we do%s\n", difference.id.c_str(),
                  difference.rule.c_str(), difference.expected ? "fires" : "is silent",
                  difference.expected ? " not" : "");
    }
  }

  [[nodiscard]] bool reaches(double percent) const {
    return tally_.mapped == 0 || 100.0 * tally_.agreed / tally_.mapped >= percent;
  }

 private:
  void judge(const std::string& id, const std::string& rule, bool expected, bool got) {
    ++tally_.mapped;
    if (expected == got) {
      ++tally_.agreed;
    } else {
      differences_.push_back({id, rule, expected});
    }
  }

  [[nodiscard]] std::set<std::string> mapped_ids() const {
    std::set<std::string> ids;
    const std::string prefix = peer_ + ':';
    for (const check::Rule* rule : check::all_rules()) {
      for (const std::string_view alias : ascii::split(rule->meta.aliases, ' ')) {
        if (alias.starts_with(prefix)) ids.emplace(alias.substr(prefix.size()));
      }
    }
    return ids;
  }

  std::string peer_;
  std::vector<Json> cases_;
  Tally tally_;
  std::set<std::string> unmapped_rules_;
  std::vector<Difference> differences_;
};

Files dockerfile_of(const Json& one) {
  Files files{{"Dockerfile", one["dockerfile"].get<std::string>()}};
  if (one.contains("dockerignore") && one["dockerignore"].is_string()) {
    files[".dockerignore"] = one["dockerignore"].get<std::string>();
  }
  return files;
}

Files manifest_of(const Json& one) {
  return {{"manifest.json", one["manifest"].dump(2)}};
}

Files checkov_files_of(const Json& one) {
  const bool dockerfile = one["target"] == "dockerfile";
  return {{dockerfile ? "Dockerfile" : "manifest.yaml", one["content"].get<std::string>()}};
}

int run(const std::string& folder, bool differences, double minimum) {
  std::vector<Agreement> all;
  all.emplace_back("hadolint", folder, "hadolint.jsonl").run(&dockerfile_of);
  all.emplace_back("buildkit", folder, "buildkit.jsonl").run_lists(&dockerfile_of);
  all.emplace_back("trivy", folder, "trivy-docker.jsonl").run(&dockerfile_of);
  all.emplace_back("trivy", folder, "trivy-k8s.jsonl").run(&manifest_of);
  all.emplace_back("checkov", folder, "checkov.jsonl").run(&checkov_files_of);
  std::printf("| peer          | cases | agree |          | unmapped | rules not mapped |\n");
  std::printf("|---|---|---|---|---|---|\n");
  bool reached = true;
  for (const Agreement& each : all) {
    each.print(differences);
    reached = reached && each.reaches(minimum);
  }
  return reached ? 0 : 1;
}

}  // namespace
}  // namespace plimsoll

int main(int argc, char** argv) {
  std::string folder;
  bool differences = false;
  bool optional = false;
  double minimum = 0;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--differences") {
      differences = true;
    } else if (argument == "--optional") {
      optional = true;
    } else if (argument == "--min" && i + 1 < argc) {
      minimum = std::strtod(argv[++i], nullptr);
    } else {
      folder = argument;
    }
  }
  if (optional && !std::ifstream(folder + "/hadolint.jsonl")) {
    std::printf("skipped: no cases in %s\n", folder.c_str());
    return 0;
  }
  if (folder.empty() || !std::ifstream(folder + "/hadolint.jsonl")) {
    std::fprintf(stderr, "usage: agreement CASES-FOLDER [--differences] [--min PERCENT]\n");
    return 2;
  }
  return plimsoll::run(folder, differences, minimum);
}
