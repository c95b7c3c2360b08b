#include "cli/peer_options.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/ascii.h"

namespace plimsoll::cli {
namespace {

constexpr NeedlessOption kNeedless[] = {
    {"--offline,--offline-scan", "", "no network is asked for advisories"},
    {"--skip-db-update,--skip-java-db-update,--skip-vex-repo-update", "",
     "only `plimsoll db update` downloads advisories"},
    {"--no-progress", "", "`--quiet` leaves the progress out; nothing but a terminal sees it"},
    {"--by-cve", "", "vulnerabilities go by their CVE wherever they have one"},
    {"--epss", "", "how likely each is to be used is told always"},
    {"--include-dev-deps,--app-vulns", "", "all packages are judged"},
    {"--add-cpes-if-none", "", "programs without a package are looked for by their CPE always"},
    {"--scope", "squashed", "what a container sees is judged"},
    {"--detection-priority", "precise",
     "packages that the distribution ships are judged by its advisories"},
    {"--nested-jars-depth", "*", "jars within jars are read, as deep as they are"},
    {"--archive,--recursive", "", "what the target is, is told from its bytes"},
    {"--all-vulns", "", "nothing is left out unless an option says so"},
    {"--cache-backend", "fs", "layers are kept in files"},
};

constexpr MissingOption kMissing[] = {
    {"--server --token --token-header --custom-headers",
     "there is no server: everything runs here"},
    {"--ignore-policy",
     "accept vulnerabilities in `plimsoll.yaml`, in an ignore file or in a VEX document"},
    {"--template -t", "`--format json` is made for other programs"},
    {"--db-repository --java-db-repository --download-db-only --download-java-db-only "
     "--download-offline-databases --offline-vulnerabilities --local-db-path",
     "`plimsoll db update` downloads advisories, and `--db` names the file they are in"},
    {"--compliance", "`plimsoll rules cis-docker:4.1` names the rules of a control"},
    {"--sbom-sources", "name the bill of materials: `sbom:FILE`"},
    {"--vuln-severity-source",
     "the distribution's word comes first, then the highest CVSS; `--verbose` says whose it is"},
    {"--dependency-tree --pkg-relationships",
     "which package asked for another is not known; `--locations` tells file and layer"},
    {"--file-patterns", "`plimsoll sbom --as KIND FILE` reads a file of any name"},
    {"--removed-pkgs", "what an earlier layer removed is in no container"},
    {"--max-image-size", "`plimsoll image --max-size` fails on large images"},
    {"--table-mode --report", "`plimsoll quickview` sums up, and `--verbose` lists all"},
    {"--only-stage --multi-stage",
     "layers of other stages are in no image; `--base-only` and `--ignore-base` part it"},
    {"--epss-date", "scores are those of the last `plimsoll db update`"},
    {"--call-analysis --no-call-analysis",
     "functions of Go programs are compared always, and lower only the priority"},
    {"--licenses", "`plimsoll sbom` lists the licences"},
    {"--lockfile -L", "`plimsoll audit FILE` judges lock files"},
    {"--serve", "`--format html --output report.html` is a page to open"},
};

}  // namespace

std::span<const NeedlessOption> needless_options() {
  return kNeedless;
}

std::span<const MissingOption> missing_options() {
  return kMissing;
}

void declare_needless(CLI::App& app) {
  for (const NeedlessOption& each : kNeedless) {
    const std::string names(each.names);
    if (each.values.empty()) {
      app.add_flag_callback(names, [] {})->group("");
      continue;
    }
    app.add_option_function<std::string>(
           names,
           [&each](const std::string& value) {
             if (each.values == "*") return;
             const auto words = ascii::split(each.values, '|');
             if (std::find(words.begin(), words.end(), value) == words.end()) {
               throw CLI::ValidationError(
                   std::string(each.names),
                   "'" + value + "' cannot be had: " + std::string(each.why));
             }
           })
        ->group("");
  }
}

std::string advice_for(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    const std::string_view name = std::string_view(argument).substr(0, argument.find('='));
    for (const MissingOption& each : kMissing) {
      const auto names = ascii::split(each.names, ' ');
      if (std::find(names.begin(), names.end(), name) == names.end()) continue;
      return std::string(name) + ": " + std::string(each.instead);
    }
  }
  return {};
}

}  // namespace plimsoll::cli
