// The house's conventions, as tests: what a review would otherwise have to say again and again.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"
#include "check/rule_page.h"
#include "core/ascii.h"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PLIMSOLL_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> sources_of(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension();
    if (extension == ".cc" || extension == ".h") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(Layers, AFolderIncludesOnlyWhatTheArrowsAllow) {
  // docs/architecture.md draws the same.
  const std::map<std::string, std::set<std::string>> allowed{
      {"core", {"core", "embedded"}},
      {"parse", {"core", "parse"}},
      {"version", {"core", "version"}},
      {"workload", {"core", "parse", "embedded", "workload"}},
      {"project", {"core", "parse", "project"}},
      {"check", {"core", "parse", "workload", "project", "image", "embedded", "check"}},
      {"config", {"core", "parse", "check", "config"}},
      {"archive", {"core", "archive"}},
      {"advisory", {"core", "parse", "archive", "version", "embedded", "advisory"}},
      {"update", {"core", "archive", "http", "advisory", "update"}},
      {"http", {"core", "http"}},
      {"engine", {"core", "parse", "http", "engine"}},
      {"secret", {"core", "parse", "secret"}},
      {"image", {"core", "parse", "archive", "http", "secret", "image"}},
      {"scan",
       {"core", "parse", "archive", "workload", "project", "image", "check", "config", "engine",
        "scan"}},
      {"report", {"core", "embedded", "report"}},
      {"base", {"core", "parse", "workload", "report", "base"}},
      {"lsp", {"core", "parse", "workload", "check", "scan", "lsp"}},
      {"cli",
       {"core", "version", "advisory", "update", "base", "check", "image", "secret", "config", "engine",
        "scan", "report", "lsp", "cli"}},
  };
  for (const auto& [folder, may] : allowed) {
    for (const fs::path& path : sources_of(kRoot / "src" / folder)) {
      std::ifstream file(path);
      for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("#include \"")) continue;
        const std::string target = line.substr(10, line.find('/') - 10);
        if (line.find('/') == std::string::npos) continue;
        EXPECT_TRUE(may.contains(target)) << path << " includes " << line;
      }
    }
  }
}

TEST(Sources, HoldNoForbiddenWords) {
  // Linear-time matching only; nothing is run through a shell; bounded reads only.
  const std::vector<std::string_view> forbidden{
      "std::"
      "regex",
      "system(\"",
      "popen"
      "(",
      "strcpy"
      "(",
      "TO"
      "DO",
      "FIX"
      "ME"};
  for (const char* folder : {"src", "fuzz", "bench", "tests"}) {
    for (const fs::path& path : sources_of(kRoot / folder)) {
      const std::string text = read(path);
      for (const std::string_view word : forbidden) {
        EXPECT_EQ(text.find(word), std::string::npos) << path << " holds " << word;
      }
    }
  }
}

TEST(Rules, SlugEqualsFileName) {
  std::set<std::string> slugs;
  for (const check::Rule* rule : check::all_rules()) {
    slugs.insert(std::string(rule->meta.slug));
    std::string file(rule->meta.slug);
    std::replace(file.begin(), file.end(), '-', '_');
    const fs::path path =
        kRoot / "src/check/rules" / std::string(check::kind_of(*rule)) / (file + ".cc");
    EXPECT_TRUE(fs::exists(path)) << path;
  }
  EXPECT_EQ(slugs.size(), check::all_rules().size()) << "two rules share a slug";
}

TEST(Rules, SaySoWhatAndWhatToDo) {
  for (const check::Rule* rule : check::all_rules()) {
    const check::Meta& meta = rule->meta;
    SCOPED_TRACE(std::string(meta.slug));
    EXPECT_FALSE(meta.title.empty());
    EXPECT_FALSE(meta.title.ends_with('.'));
    EXPECT_GE(meta.why.size(), 30U);
    EXPECT_TRUE(meta.why.ends_with('.'));
    EXPECT_FALSE(meta.fix_note.empty());
    EXPECT_FALSE(meta.sources.empty());
    for (const std::string_view source : ascii::split(meta.sources, ' ')) {
      EXPECT_TRUE(source.starts_with("https://")) << source;
    }
  }
}

TEST(Rules, HaveAFiringAndACleanExample) {
  for (const check::Rule* rule : check::all_rules()) {
    SCOPED_TRACE(std::string(rule->meta.slug));
    const auto fires = [](const check::Example& example) {
      return ascii::contains(example.before.str(), "«");
    };
    const auto& examples = rule->examples;
    // What is about a repository as a whole has no bytes to mark.
    const bool about_repository = std::holds_alternative<check::ProjectCheck>(rule->check) ||
                                  std::holds_alternative<check::ManifestsCheck>(rule->check);
    if (!about_repository) {
      EXPECT_TRUE(std::any_of(examples.begin(), examples.end(), fires)) << "no firing example";
    }
    EXPECT_FALSE(std::all_of(examples.begin(), examples.end(), fires)) << "no clean example";
  }
}

TEST(Rules, AliasesAreOfKnownPeers) {
  const std::set<std::string_view> peers{
      "hadolint",    "buildkit",   "trivy",        "checkov", "kics",       "semgrep",
      "dockle",      "cis-docker", "compose-lint", "dclint",  "kube-score", "kubesec",
      "kube-linter", "polaris",    "tally",        "zizmor",  "kubernetes", "shellcheck"};
  for (const check::Rule* rule : check::all_rules()) {
    for (const std::string_view alias : ascii::split(rule->meta.aliases, ' ')) {
      if (alias.empty()) continue;
      const std::size_t colon = alias.find(':');
      ASSERT_NE(colon, std::string_view::npos) << rule->meta.slug << ": " << alias;
      EXPECT_TRUE(peers.contains(alias.substr(0, colon))) << rule->meta.slug << ": " << alias;
    }
  }
}

TEST(Docs, RulePagesAreInSync) {
  // script/bless writes them.
  const fs::path folder = kRoot / "docs/rules";
  std::set<std::string> expected{"README.md"};
  EXPECT_EQ(read(folder / "README.md"), check::rule_index()) << "run script/bless";
  for (const check::Rule* rule : check::all_rules()) {
    const std::string name = std::string(rule->meta.slug) + ".md";
    expected.insert(name);
    EXPECT_EQ(read(folder / name), check::rule_page(*rule)) << name << ": run script/bless";
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    EXPECT_TRUE(expected.contains(entry.path().filename())) << entry.path() << " is about no rule";
  }
}

}  // namespace
}  // namespace plimsoll
