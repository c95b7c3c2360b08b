// A saved report, read again, is printed as the one that was saved: in every format, to the byte.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/document_text.h"
#include "report/format.h"
#include "report/json_document.h"
#include "report/vulnerability_findings.h"
#include "report_golden.h"
#include "vulnerability_golden.h"

namespace plimsoll::test {
namespace {

using Named = std::pair<std::string, report::Document>;

/// What those of other tests have not: lock files and their lines, the same package twice, a module
/// of a distribution, options that leave something out, a fix of no file.
report::Document folder() {
  report::Document document{.version = "1.2.3"};
  document.lock_files = {{.path = "package-lock.json",
                          .kind = "npm-package-lock",
                          .packages = 2,
                          .installs = {{.path = "Dockerfile",
                                        .line = 3,
                                        .stage = "build",
                                        .with_dev = true,
                                        .reach = InstallReach::kDevelopment}}}};
  const Package twin{.name = "left-pad",
                     .version = "1.3.0",
                     .ecosystem = "npm",
                     .purl = "pkg:npm/left-pad@1.3.0",
                     .path = "package-lock.json",
                     .line = 7};
  document.packages = {twin, twin};
  document.packages[1].line = 21;
  document.packages[1].dev = true;
  document.packages.push_back({.name = "nodejs",
                               .version = "1:18.19-1.module+el8",
                               .ecosystem = "Rocky Linux",
                               .purl = "pkg:rpm/rocky/nodejs@18.19-1.module%2Bel8",
                               .architecture = "x86_64",
                               .source_name = "nodejs-src",
                               .module_label = "nodejs:18:809:abc",
                               .licenses = {"MIT"},
                               .owner = "a",
                               .path = "var/lib/rpm/rpmdb.sqlite",
                               .tier = "loadable"});
  for (std::size_t i = 0; i < document.packages.size(); ++i) {
    document.vulnerabilities.push_back({.id = "CVE-2024-1", .package = i, .status = "affected"});
  }
  document.vulnerabilities[1].standing = Standing::kNew;
  document.vulnerabilities[2].standing = Standing::kKnown;
  document.has_baseline = true;
  document.advisories_made = "2026-03-01";
  document.matches_left_out = 3;
  document.left_out = {{"plimsoll.yaml:1:11", "vendor", 7}};
  report::Entry& of_a_file = document.findings.emplace_back();
  of_a_file.rule = "a-rule";
  of_a_file.fingerprint = "f1";
  of_a_file.path = "Dockerfile";
  of_a_file.region = {3, 1, 3, 4};
  of_a_file.excerpt = report::Excerpt{.line = 3, .text = {"RUN a"}};
  report::Entry& of_none = document.findings.emplace_back();
  of_none.rule = "a-rule";
  of_none.fingerprint = "f2";
  of_none.fix = report::Remedy{"add it", FixSafety::kSafe, {{{1, 1, 1, 1}, "x", "new.yml", true}}};
  return document;
}

std::vector<Named> all_documents() {
  unsetenv("SOURCE_DATE_EPOCH");  // the document says the time, wherever this is built
  std::vector<Named> all = report_documents();
  for (Named& each : vulnerable_documents()) all.push_back(std::move(each));
  all.emplace_back("folder", folder());
  for (Named& each : all) make_utf8(each.second);  // as every command does
  return all;
}

std::string rendered(const report::Format& format, report::Document document) {
  if (!format.tells_vulnerabilities) report::tell_vulnerabilities_as_findings(document);
  const bool with_source = report::has_source(document);
  return format.render(document,
                       {.verbose = true, .show_suppressed = true, .with_source = with_source});
}

const report::Document& document_named(std::string_view name) {
  static const std::vector<Named> all = all_documents();
  return std::find_if(all.begin(), all.end(), [name](const Named& n) { return n.first == name; })
      ->second;
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const Named& each : all_documents()) all.push_back(each.first);
  return all;
}

class SavedReport : public testing::TestWithParam<std::string> {
 protected:
  /// The rules of the document, which are of no catalogue.
  static const RuleInfo* find_rule(std::string_view slug) {
    return document_named(GetParam()).rule(slug);
  }
};

TEST_P(SavedReport, IsPrintedAsTheOneThatWasSaved) {
  const report::Document& document = document_named(GetParam());
  const auto read =
      report::from_json(report::to_json(document, report::has_source(document)), find_rule);
  ASSERT_TRUE(read) << read.error().message;
  for (const report::Format* format : report::all_formats()) {
    EXPECT_EQ(rendered(*format, *read), rendered(*format, document)) << format->name;
  }
  EXPECT_EQ(read->matches_left_out, document.matches_left_out);
}

INSTANTIATE_TEST_SUITE_P(Documents, SavedReport, testing::ValuesIn(names()),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace plimsoll::test
