// What the executable writes, against the schemas of those who read it (tests/schema).

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "process.h"

namespace plimsoll::test {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

const fs::path kRoot = PLIMSOLL_SOURCE_DIR;
const fs::path kSchemas = kRoot / "tests/schema";

/// A Python that has what the validators import; "" when there is none.
const std::string& python() {
  static const std::string found = []() -> std::string {
    for (const char* python : {PLIMSOLL_PYTHON, "/usr/bin/python3"}) {
      if (!fs::exists(python)) continue;
      if (run({python, "-c", "import jsonschema, yaml"}).status == 0) return python;
    }
    std::cout << "SKIPPED: python3-jsonschema or python3-yaml is not installed\n";
    return {};
  }();
  return found;
}

/// What the validator has to complain of; empty when nothing, or when it is not there.
std::string faults(std::vector<std::string> validator, const std::string& document) {
  if (python().empty()) return {};
  validator.insert(validator.begin(), python());
  const Outcome outcome = run(validator, document);
  if (outcome.status == 0) return {};
  return outcome.out + outcome.err + "(status " + std::to_string(outcome.status) + ")";
}

std::vector<std::string> validator_of(const std::string& format) {
  const std::string validate = kSchemas / "validate.py";
  if (format == "sarif") return {validate, kSchemas / "sarif-2.1.0.json"};
  if (format == "gitlab") return {validate, kSchemas / "gitlab-code-quality.json"};
  if (format == "container-scanning") {
    return {validate, kSchemas / "gitlab-container-scanning.json"};
  }
  if (format == "junit") return {kSchemas / "junit.py"};
  return {validate, kRoot / "docs/report.schema.json"};
}

/// A folder whose names and texts try to break out of whatever quotes them.
class HostileNames {
 public:
  HostileNames() {
    for (const char* name :
         {"a\" b%20<b>&'", "\xFF\xFE", "]]>\n\t\x01", "\xC3\xA9#?:", "\xE2\x80\xAE"}) {
      fs::create_directory(folder_.path() + "/" + name);
      folder_.write(
          std::string(name) + "/Dockerfile",
          "FROM debian:\xFF\"</script>\nUSER root\nRUN echo '\xEF\xBF\xBE' && sudo \x1b[31m\n"
          "ENV \"DB_PASSWORD=k7Qm2xLp9wTz\" X=\x02\n");
      folder_.write(std::string(name) + "/compose.yaml",
                    "services:\n  web:\n    image: \"a<b\"\n    privileged: true\n"
                    "    user: \"0\"\n");
    }
    folder_.write("manifest.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata: {name: \"w\\\"<&>\\u0001]]>\"}\nspec:\n"
                  "  containers:\n  - {name: \"</script>\", image: \"a\\n<b\"}\n");
    folder_.write("broken.compose.yaml", "services: [\n");
  }
  [[nodiscard]] const std::string& path() const { return folder_.path(); }

 private:
  Folder folder_;
};

class Schemas : public testing::TestWithParam<const char*> {
 protected:
  static std::string audit(const std::string& target, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"audit", "--rules", "all", "--format", GetParam()});
    more.push_back(target);
    const Outcome outcome = plimsoll(more);
    EXPECT_TRUE(outcome.status == 1 || outcome.status == 3) << outcome.status << outcome.err;
    return outcome.out;
  }
};

TEST_P(Schemas, TheExamplesHold) {
  EXPECT_EQ(faults(validator_of(GetParam()), audit(kRoot / "examples/before")), "");
}

TEST_P(Schemas, HostileNamesHold) {
  const HostileNames hostile;
  EXPECT_EQ(faults(validator_of(GetParam()), audit(hostile.path(), {"--with-source"})), "");
}

TEST_P(Schemas, AComparisonHolds) {
  const Folder folder;
  const std::string before = folder.path() + "/before.json";
  const std::string after = folder.path() + "/after.json";
  (void)plimsoll(
      {"audit", "--with-source", "--format", "json", "-o", before, kRoot / "examples/before"});
  (void)plimsoll(
      {"audit", "--with-source", "--format", "json", "-o", after, kRoot / "examples/after"});
  const Outcome outcome = plimsoll({"report", "--format", GetParam(), before, after});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(faults(validator_of(GetParam()), outcome.out), "");
}

TEST_P(Schemas, ABaselineHolds) {
  const Folder folder;
  const std::string baseline = folder.path() + "/known.jsonl";
  (void)plimsoll({"audit", kRoot / "examples/before", "--baseline", baseline, "--update-baseline"});
  const Outcome outcome =
      plimsoll({"audit", kRoot / "examples/after", "--baseline", baseline, "--format", GetParam()});
  EXPECT_EQ(faults(validator_of(GetParam()), outcome.out), "");
}

TEST_P(Schemas, NothingFoundHolds) {
  const Folder folder;
  folder.write("Dockerfile", "FROM scratch\nUSER 1000\n");
  const Outcome outcome = plimsoll({"audit", "--format", GetParam(), folder.path()});
  EXPECT_EQ(faults(validator_of(GetParam()), outcome.out), "");
}

INSTANTIATE_TEST_SUITE_P(Formats, Schemas, testing::Values("json", "sarif", "gitlab", "junit"),
                         [](const auto& format) { return std::string(format.param); });

// The golden files are what is written, which their own test compares.
TEST(Vulnerabilities, AreWrittenAsTheSchemasWant) {
  for (const std::string name : {"vulnerable", "vulnerable_hostile"}) {
    for (const auto& [format, extension] : {std::pair{"sarif", ".sarif"},
                                            {"gitlab", ".gitlab.json"},
                                            {"container-scanning", ".container-scanning.json"},
                                            {"junit", ".junit.xml"}}) {
      std::ifstream file(kRoot / "tests/golden/report" / (name + extension), std::ios::binary);
      ASSERT_TRUE(file) << name << extension;
      const std::string text{std::istreambuf_iterator<char>(file),
                             std::istreambuf_iterator<char>()};
      EXPECT_EQ(faults(validator_of(format), text), "") << name << extension;
    }
  }
}

// A validator that takes everything would prove nothing.
TEST(Validators, RefuseWhatIsWrong) {
  if (python().empty()) return;
  EXPECT_NE(faults(validator_of("sarif"), R"({"version": "2.1.0"})"), "");
  EXPECT_NE(
      faults(validator_of("sarif"), R"({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]})"),
      "");
  EXPECT_NE(faults(validator_of("json"), "{}"), "");
  EXPECT_NE(faults(validator_of("gitlab"), R"([{"description": "a"}])"), "");
  EXPECT_NE(faults(validator_of("container-scanning"), R"({"version": "15.0.7"})"), "");
  EXPECT_NE(faults(validator_of("junit"), "<testsuites><testsuite/></testsuites>"), "");
  EXPECT_NE(faults(validator_of("junit"),
                   R"(<testsuites tests="1" failures="0" errors="0"></testsuites>)"),
            "");
}

/// GitHub resolves a URI against the repository; one with a bare space or '<' it refuses whole.
void each_uri(const Json& json, std::vector<std::string>& uris) {
  std::vector<const Json*> waiting{&json};
  while (!waiting.empty()) {
    const Json* one = waiting.back();
    waiting.pop_back();
    if (one->is_object() && one->contains("uri")) uris.push_back((*one)["uri"]);
    if (!one->is_structured()) continue;
    for (const Json& member : *one) waiting.push_back(&member);
  }
}

TEST(Sarif, EveryUriIsOne) {
  const HostileNames hostile;
  const Outcome outcome =
      plimsoll({"audit", "--rules", "all", "--format", "sarif", hostile.path()});
  std::vector<std::string> uris;
  each_uri(Json::parse(outcome.out), uris);
  EXPECT_GT(uris.size(), 10U);
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!$&'()*+,;=@%";
  for (const std::string& uri : uris) {
    EXPECT_EQ(uri.find_first_not_of(kAllowed), std::string::npos) << uri;
  }
}

TEST(Schema, TheConfigurationOfTheDocumentationHolds) {
  std::ifstream file(kRoot / "docs/configuration.md");
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  constexpr std::string_view kBegin = "```yaml\n# plimsoll.yaml";
  int examples = 0;
  for (std::size_t at = page.find(kBegin); at != std::string::npos; at = page.find(kBegin, at)) {
    at += std::string_view("```yaml\n").size();
    const std::string example = page.substr(at, page.find("```", at) - at);
    EXPECT_EQ(
        faults({kSchemas / "validate.py", kRoot / "docs/plimsoll.schema.json", "--yaml"}, example),
        "")
        << example;
    ++examples;
  }
  EXPECT_GE(examples, 3);
}

}  // namespace
}  // namespace plimsoll::test
