// The hostile kit beside the project: files made to crash, stall, exhaust or fool us. Each case's
// sidecar says what must happen.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "process.h"

namespace plimsoll::test {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr int kSeconds = 20;
constexpr long kMaxKib = 1024 * 1024;

const fs::path kKit = PLIMSOLL_SOURCE_DIR "/../shared/hostile/make_hostile.py";

struct Kit {
  Folder folder;
  std::vector<Json> cases;
};

const Kit& kit() {
  static const Kit& made = []() -> const Kit& {
    static Kit kit;
    if (!fs::exists(kKit)) return kit;
    const Outcome outcome =
        run({"/usr/bin/python3", kKit.string(), kit.folder.path() + "/kit"}, "", {}, 300);
    if (outcome.status != 0) return kit;
    // What this build can judge; the rest of the kit is about commands that are still to come.
    const std::set<std::string> kinds{"dockerfile", "compose", "k8s", "inspect", "image"};
    std::ifstream lines(kit.folder.path() + "/kit/cases.jsonl");
    for (std::string line; std::getline(lines, line);) {
      Json one = Json::parse(line);
      if (kinds.contains(one["kind"].get<std::string>())) kit.cases.push_back(std::move(one));
    }
    return kit;
  }();
  return made;
}

void check(const Json& one) {
  SCOPED_TRACE(one["name"].get<std::string>());
  const std::string file = kit().folder.path() + "/kit/" + one["file"].get<std::string>();
  std::vector<std::string> arguments{"audit", file};
  if (one["kind"] == "inspect") arguments.insert(arguments.begin() + 1, "--inspect");
  if (one["kind"] == "image") {
    const bool lists = one["target_command"].get<std::string>().starts_with("sbom");
    arguments = {lists ? "sbom" : "image", file, "--no-cache"};
  }
  const Outcome outcome = plimsoll(arguments, "", kSeconds);
  EXPECT_EQ(outcome.signal, 0);
  EXPECT_FALSE(outcome.timed_out);
  EXPECT_LT(outcome.peak_kib, kMaxKib);
  EXPECT_GE(outcome.status, 0);
  EXPECT_LE(outcome.status, 5);
  const std::string expectation = one["expectation"];
  if (expectation == "accept") {
    EXPECT_TRUE(outcome.status == 0 || outcome.status == 1) << outcome.status;
  } else if (expectation == "reject") {
    EXPECT_EQ(outcome.status, 3);
    EXPECT_FALSE(outcome.err.empty());
  } else if (expectation == "incomplete") {
    EXPECT_TRUE(outcome.status == 3 || outcome.status == 4) << outcome.status;
    EXPECT_FALSE(outcome.err.empty());
  }
  for (const Json& text : one["must_contain"]) {
    EXPECT_NE(outcome.out.find(text.get<std::string>()), std::string::npos) << text;
  }
  for (const Json& text : one["must_not_contain"]) {
    EXPECT_EQ((outcome.out + outcome.err).find(text.get<std::string>()), std::string::npos) << text;
  }
}

TEST(Hostile, EveryCaseBehavesAsItsSidecarSays) {
  if (!fs::exists(kKit)) {
    std::cout << "skipped: no hostile kit at ../shared/hostile\n";
    return;
  }
  ASSERT_FALSE(kit().cases.empty());
  for (const Json& one : kit().cases) check(one);
}

}  // namespace
}  // namespace plimsoll::test
