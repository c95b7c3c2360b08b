// How well secrets are found in the test vectors that other scanners publish.
// usage: conformance_secrets FOLDER [--differences] [--min PERCENT] [--max PERCENT] [--optional]
//                            [SUITE…]
//   FOLDER/SUITE.jsonl: {rule, should_match, text_b64, path, config, findings: [{rule, start,
//   end}]}
//
// Recall: of the cases with a secret, those where some detector reports one; for cases that list
// findings, all of these by their rule and line. False positives: of the cases without, those where
// a detector reports what that rule of the suite is about; "any" counts what others report, too. A
// suite's negatives of one rule are often positives of another, by itself or in
// secret_differences.h: those are told apart, and --max is of the ones without such a reason.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "secret/configuration.h"
#include "secret/detector.h"
#include "secret/detector_set.h"
#include "secret/secret_scan.h"
#include "secret_differences.h"

namespace {

using namespace plimsoll;
namespace fs = std::filesystem;
using Json = nlohmann::json;

struct Options {
  std::string folder;
  std::set<std::string> suites;
  bool differences = false;
  bool optional = false;
  double min = 0;
  double max = 100;
};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string decoded(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) break;
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
  }
  return out;
}

struct Count {
  int positives = 0;
  int found = 0;
  int negatives = 0;
  int wrong = 0;                   ///< by a detector of the case's rule
  int any_wrong = 0;               ///< by any
  int elsewhere = 0;               ///< of these: the same text is a positive of the detector's rule
  int explained = 0;               ///< of these: in secret_differences.h
  std::vector<std::string> known;  ///< lines that say why
  [[nodiscard]] int unexplained() const { return any_wrong - elsewhere - explained; }
};

class Suite {
 public:
  Suite(const Options& options, std::string name) : options_(options), name_(std::move(name)) {}

  Count run() {
    std::ifstream file(fs::path(options_.folder) / (name_ + ".jsonl"));
    std::vector<Json> cases;
    for (std::string line; std::getline(file, line);) cases.push_back(Json::parse(line));
    for (const Json& each : cases) {
      if (each["should_match"].get<bool>()) {
        positives_[decoded(each["text_b64"].get<std::string>())].insert(each.value("rule", ""));
      }
    }
    for (const Json& each : cases) judge(each);
    return count_;
  }

 private:
  const secret::DetectorSet& set_of(const Json& each) {
    if (!each.contains("config") || !each["config"].is_string()) return secret::builtin_detectors();
    const std::string name = fs::path(each["config"].get<std::string>()).filename();
    const SourceFile source(name, bytes_of(fs::path(options_.folder) / (name_ + "-config") / name));
    auto configuration = secret::read_configuration(source);
    if (!configuration) {
      std::cout << "  ! " << configuration.error().to_line() << '\n';
      return secret::builtin_detectors();
    }
    return *sets_.emplace_back(std::make_unique<secret::DetectorSet>(*std::move(configuration)));
  }

  [[nodiscard]] bool is_of(const secret::Hit& hit, const std::string& rule) const {
    if (hit.detector == rule) return true;
    const auto known = secret::find_detectors(name_ + ":" + rule);
    return std::any_of(known.begin(), known.end(), [&](const secret::Detector* detector) {
      return detector->id == hit.detector;
    });
  }

  [[nodiscard]] bool has_all(const Json& findings, const std::vector<secret::Hit>& hits) const {
    return std::all_of(findings.begin(), findings.end(), [&](const Json& finding) {
      const std::string start = finding["start"];
      return std::any_of(hits.begin(), hits.end(), [&](const secret::Hit& hit) {
        return is_of(hit, finding["rule"]) && std::to_string(hit.position.line) == start;
      });
    });
  }

  void judge(const Json& each) {
    const std::string path = each.value("path", "");
    const std::string text = decoded(each["text_b64"].get<std::string>());
    const secret::DetectorSet& set = set_of(each);
    std::vector<secret::Hit> hits;
    if (secret::why_skipped(set, path).empty()) hits = secret::scan_text(set, path, text).hits;
    const std::string rule = each.value("rule", "");
    if (each["should_match"].get<bool>()) {
      ++count_.positives;
      const bool found =
          each.contains("findings") ? has_all(each["findings"], hits) : !hits.empty();
      count_.found += found ? 1 : 0;
      if (!found) tell('-', each, text, hits);
      return;
    }
    ++count_.negatives;
    const bool own = std::any_of(hits.begin(), hits.end(), [&](const secret::Hit& hit) {
      return rule.empty() || is_of(hit, rule);
    });
    count_.wrong += own ? 1 : 0;
    if (hits.empty()) return;
    ++count_.any_wrong;
    const std::string_view reason = own ? std::string_view() : reason_of(rule, text, hits);
    count_.elsewhere += reason == kElsewhere ? 1 : 0;
    if (!reason.empty() && reason != kElsewhere) {
      ++count_.explained;
      count_.known.push_back(name_ + '/' + rule + '\t' + std::string(reason));
    }
    tell(own ? '+' : '~', each, text, hits, reason);
  }

  /// Why what is no secret of that rule is one for all that; "" where nothing says it.
  [[nodiscard]] std::string_view reason_of(const std::string& rule, const std::string& text,
                                           const std::vector<secret::Hit>& hits) const {
    const auto others = positives_.find(text);
    const auto is_elsewhere = [&](const secret::Hit& hit) {
      return others != positives_.end() &&
             std::any_of(others->second.begin(), others->second.end(),
                         [&](const std::string& other) { return is_of(hit, other); });
    };
    if (std::all_of(hits.begin(), hits.end(), is_elsewhere)) return kElsewhere;
    for (const SecretDifference& known : kSecretDifferences) {
      if (known.suite == name_ && known.rule == rule && hits.size() == 1 &&
          hits.front().detector == known.detector) {
        return known.reason;
      }
    }
    return {};
  }

  void tell(char sign, const Json& each, const std::string& text,
            const std::vector<secret::Hit>& hits, std::string_view reason = {}) const {
    if (!options_.differences) return;
    std::cout << "  " << sign << ' ' << each.value("rule", each.value("case", "")) << ": "
              << Json(text.substr(0, 200)).dump(-1, ' ', true, Json::error_handler_t::replace);
    for (const secret::Hit& hit : hits) {
      std::cout << " [" << hit.detector << " line " << hit.position.line << ']';
    }
    if (!reason.empty()) std::cout << ": " << reason;
    std::cout << '\n';
  }

  const Options& options_;
  std::string name_;
  Count count_;
  std::map<std::string, std::set<std::string>> positives_;  ///< by text, the rules
  std::vector<std::unique_ptr<secret::DetectorSet>> sets_;
};

Options options_of(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--differences") {
      options.differences = true;
    } else if (words[i] == "--optional") {
      options.optional = true;
    } else if (words[i] == "--min" && i + 1 < words.size()) {
      options.min = std::stod(words[++i]);
    } else if (words[i] == "--max" && i + 1 < words.size()) {
      options.max = std::stod(words[++i]);
    } else if (options.folder.empty()) {
      options.folder = words[i];
    } else {
      options.suites.insert(words[i]);
    }
  }
  return options;
}

double percent(int part, int whole) {
  return whole == 0 ? 0 : 100.0 * part / whole;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = options_of({argv + 1, argv + argc});
  if (!fs::exists(options.folder)) {
    std::cerr << "skipped: no vectors of secrets at '" << options.folder << "'\n";
    return options.optional ? 0 : 5;
  }
  std::printf("%zu detectors\n", secret::all_detectors().size());
  bool good = true;
  std::vector<std::string> known;
  for (const char* name : {"detect-secrets", "gitleaks", "trivy"}) {
    if (!options.suites.empty() && !options.suites.contains(name)) continue;
    const Count count = Suite(options, name).run();
    std::cout << std::flush;
    std::printf(
        "%s\trecall %d/%d %.1f %%\tfalse positives %d/%d %.1f %%\tof any detector %d: "
        "%d are another rule's secrets, %d are for a reason, %d are wrong\n",
        name, count.found, count.positives, percent(count.found, count.positives), count.wrong,
        count.negatives, percent(count.wrong, count.negatives), count.any_wrong, count.elsewhere,
        count.explained, count.unexplained());
    good = good && percent(count.found, count.positives) >= options.min &&
           percent(count.unexplained(), count.negatives) <= options.max;
    known.insert(known.end(), count.known.begin(), count.known.end());
  }
  if (!known.empty()) std::printf("\nsecrets of another kind:\n");
  for (const std::string& each : known) std::printf("%s\n", each.c_str());
  return good ? 0 : 1;
}
