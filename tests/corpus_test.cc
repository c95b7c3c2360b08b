// Real files: no crash, nothing unread without a reason, no secret printed, and a quiet default.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "core/ascii.h"
#include "core/file_system.h"
#include "scan/audit.h"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

const fs::path kCorpus = PLIMSOLL_SOURCE_DIR "/../shared/corpus";

std::vector<std::string> files_of(const char* folder) {
  std::vector<std::string> files;
  if (!fs::exists(kCorpus / folder)) {
    std::cout << "skipped: no corpus at ../shared/corpus/" << folder << '\n';
    return files;
  }
  for (const auto& entry : fs::directory_iterator(kCorpus / folder)) {
    if (entry.path().extension() != ".csv") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Report audit(const std::string& file, bool all_rules) {
  const DiskFileSystem disk;
  scan::AuditOptions options;
  options.targets = {file};
  options.all_rules = all_rules;
  options.jobs = 1;
  options.rules.today = Date{2026, 11, 21};
  return scan::audit(disk, options);
}

class CorpusTest : public testing::TestWithParam<const char*> {};

TEST_P(CorpusTest, EveryFileIsReadAndTheDefaultIsQuiet) {
  const std::vector<std::string> files = files_of(GetParam());
  if (files.empty()) return;
  std::vector<std::size_t> counts;
  for (const std::string& file : files) {
    const Report report = audit(file, false);
    for (const Incomplete& part : report.incomplete) {
      // A Compose file alone may refer to files of its repository, and one writes `external: name`;
      // nothing else may be unread.
      const bool reasoned =
          part.stage == "read" || ascii::contains(part.limit, "'external' must be true or false");
      EXPECT_TRUE(reasoned) << file << ": " << part.limit;
    }
    counts.push_back(report.findings.size());
  }
  std::sort(counts.begin(), counts.end());
  EXPECT_LE(counts[counts.size() / 2], 4U) << "findings of the median file";
}

TEST_P(CorpusTest, NoSecretValueIsPrinted) {
  for (const std::string& file : files_of(GetParam())) {
    for (const Finding& finding : audit(file, true).findings) {
      if (finding.control != Control::kNoSecrets || finding.file == nullptr) continue;
      // What stands behind '=' or ':' in the reported bytes is the value.
      const std::string_view text = finding.file->slice(finding.span);
      const std::size_t at = text.find_first_of("=:");
      if (at == std::string_view::npos) continue;
      std::string_view value = ascii::trim(text.substr(at + 1));
      while (!value.empty() && (value.front() == '"' || value.front() == '\''))
        value.remove_prefix(1);
      while (!value.empty() && (value.back() == '"' || value.back() == '\''))
        value.remove_suffix(1);
      // Words that a message says anyway are no leak.
      if (value == "secret" || value == "password") continue;
      if (value.size() < 6 || value.find_first_of("$/ ") != std::string_view::npos) continue;
      EXPECT_FALSE(ascii::contains(finding.message, value))
          << finding.rule << " in " << file << " prints what it found";
      for (const Fact& fact : finding.evidence) {
        EXPECT_FALSE(ascii::contains(fact.value, value)) << finding.rule << " in " << file;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, CorpusTest,
                         testing::Values("dockerfiles", "compose", "kubernetes", "ci"));

}  // namespace
}  // namespace plimsoll
