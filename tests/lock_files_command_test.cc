// `plimsoll audit` on folders with lock files, against advisories that the test writes itself.

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "process.h"

namespace plimsoll::test {
namespace {

using Json = nlohmann::json;

std::string advisory(const std::string& id, const std::string& ecosystem, const std::string& name,
                     const std::string& fixed) {
  const Json range{
      {"type", ecosystem == "npm" || ecosystem == "Go" || ecosystem == "crates.io" ? "SEMVER"
                                                                                   : "ECOSYSTEM"},
      {"events", {{{"introduced", "0"}}, {{"fixed", fixed}}}}};
  return Json{{"id", id},
              {"modified", "2024-02-01T00:00:00Z"},
              {"summary", "A fault of " + name},
              {"severity",
               {{{"type", "CVSS_V3"}, {"score", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}}},
              {"affected",
               {{{"package", {{"ecosystem", ecosystem}, {"name", name}}},
                 {"ranges", Json::array({range})}}}}}
      .dump();
}

constexpr const char* kNpmLock = R"({
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": {"name": "shop", "dependencies": {"left-pad": "^1.3.0"}},
    "node_modules/left-pad": {"version": "1.3.0"},
    "node_modules/packer": {"version": "2.0.0", "dev": true}
  }
}
)";

constexpr const char* kShop =
    "FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nUSER node\n";

struct Lock {
  const char* path;
  const char* text;
  const char* ecosystem;
  const char* name;
  const char* dockerfile;  ///< beside it
  int line;                ///< that installs
  int entry;               ///< line of the lock file
};

// Written by hand in the formats that the tools write.
constexpr Lock kLocks[] = {
    {"npm/package-lock.json", kNpmLock, "npm", "left-pad", kShop, 4, 6},
    {"yarn/yarn.lock",
     "# yarn lockfile v1\n\n\nyarn-thing@^1.0.0:\n  version \"1.0.0\"\n"
     "  resolved \"https://registry.yarnpkg.com/yarn-thing/-/yarn-thing-1.0.0.tgz#abc\"\n",
     "npm", "yarn-thing", "FROM node:22\nCOPY . .\nRUN yarn install --frozen-lockfile\n", 3, 4},
    {"pnpm/pnpm-lock.yaml",
     "lockfileVersion: '9.0'\n\nimporters:\n  .:\n    dependencies:\n      pnpm-thing:\n"
     "        specifier: ^1.0.0\n        version: 1.0.0\n\npackages:\n  pnpm-thing@1.0.0:\n"
     "    resolution: {integrity: sha512-abc}\n\nsnapshots:\n  pnpm-thing@1.0.0: {}\n",
     "npm", "pnpm-thing", "FROM node:22\nCOPY . .\nRUN pnpm install --frozen-lockfile\n", 3, 11},
    {"pip/requirements.txt", "# frozen\npip-thing==1.0.0\nrange-thing>=1\n", "PyPI", "pip-thing",
     "FROM python:3.13\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n", 3, 2},
    {"poetry/poetry.lock",
     "[[package]]\nname = \"poetry-thing\"\nversion = \"1.0.0\"\noptional = false\n\n[metadata]\n"
     "lock-version = \"2.1\"\n",
     "PyPI", "poetry-thing", "FROM python:3.13\nCOPY . .\nRUN poetry install --only main\n", 3, 2},
    {"go/go.mod", "module example.com/app\n\ngo 1.24\n\nrequire (\n\texample.com/thing v1.0.0\n)\n",
     "Go", "example.com/thing", "FROM golang:1.25\nCOPY . .\nRUN go build -o /app .\n", 3, 6},
    {"cargo/Cargo.lock",
     "version = 4\n\n[[package]]\nname = \"cargo-thing\"\nversion = \"1.0.0\"\n"
     "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n",
     "crates.io", "cargo-thing", "FROM rust:1\nCOPY . .\nRUN cargo build --release\n", 3, 4},
    {"bundler/Gemfile.lock",
     "GEM\n  remote: https://rubygems.org/\n  specs:\n    bundler-thing (1.0.0)\n\nPLATFORMS\n"
     "  ruby\n\nDEPENDENCIES\n  bundler-thing\n",
     "RubyGems", "bundler-thing", "FROM ruby:3.4\nCOPY . .\nRUN bundle install\n", 3, 4},
    {"composer/composer.lock",
     "{\n  \"packages\": [\n    {\n      \"name\": \"vendor/thing\",\n"
     "      \"version\": \"1.0.0\"\n    }\n  ],\n  \"packages-dev\": []\n}\n",
     "Packagist", "vendor/thing", "FROM php:8.4\nCOPY . .\nRUN composer install --no-dev\n", 3, 0},
    {"nuget/packages.lock.json",
     "{\n  \"version\": 1,\n  \"dependencies\": {\n    \"net9.0\": {\n      \"Nuget.Thing\": {\n"
     "        \"type\": \"Direct\",\n        \"requested\": \"[1.0.0, )\",\n"
     "        \"resolved\": \"1.0.0\",\n        \"contentHash\": \"abc\"\n      }\n    }\n  }\n}\n",
     "NuGet", "Nuget.Thing",
     "FROM mcr.microsoft.com/dotnet/sdk:9.0\nCOPY . .\nRUN dotnet restore\n", 3, 0},
};

class LockFilesCommand : public testing::Test {
 protected:
  void SetUp() override {
    for (const Lock& each : kLocks) {
      const std::string name = each.name;
      feed_.write("OSV-" + std::to_string(&each - kLocks) + ".json",
                  advisory("OSV-" + std::to_string(&each - kLocks), each.ecosystem, name,
                           name == "left-pad" ? "1.3.1" : "1.0.1"));
    }
    feed_.write("OSV-packer.json", advisory("OSV-PACKER", "npm", "packer", "2.0.1"));
    database_ = data_.path() + "/advisories.db";
    const Outcome made = plimsoll({"db", "import", feed_.path(), "--db", database_, "--quiet"});
    ASSERT_EQ(made.status, 0) << made.err;
  }

  /// In the folder, so that paths are short.
  [[nodiscard]] Outcome audit(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"audit", "--db", database_, "--no-color"});
    return plimsoll_in(folder_.path(), arguments);
  }

  [[nodiscard]] Json report(std::vector<std::string> arguments = {}) const {
    arguments.insert(arguments.end(), {"--format", "json"});
    return Json::parse(audit(arguments).out, nullptr, false);
  }

  Folder folder_;
  Folder feed_;
  Folder data_;
  std::string database_;
};

TEST_F(LockFilesCommand, EveryEcosystemIsJudgedAndJoined) {
  for (const Lock& each : kLocks) {
    const std::string path = each.path;
    folder_.write(path, each.text);
    folder_.write(path.substr(0, path.find('/')) + "/Dockerfile", each.dockerfile);
  }
  const Json json = report();
  ASSERT_TRUE(json.is_object());
  for (const Lock& each : kLocks) {
    SCOPED_TRACE(each.path);
    const auto found = std::find_if(
        json["vulnerabilities"].begin(), json["vulnerabilities"].end(), [&each](const Json& one) {
          return one["path"] == each.path && one["package"] == each.name;
        });
    ASSERT_NE(found, json["vulnerabilities"].end());
    EXPECT_EQ((*found)["tier"], "present");
    const std::string path = each.path;
    const std::string dockerfile = path.substr(0, path.find('/')) + "/Dockerfile";
    const std::string installed = "installed by " + dockerfile + ':' + std::to_string(each.line) +
                                  " into the image that runs";
    EXPECT_EQ((*found)["reasons"].back(), installed);
    const auto lock = std::find_if(json["lock_files"].begin(), json["lock_files"].end(),
                                   [&](const Json& one) { return one["path"] == path; });
    ASSERT_NE(lock, json["lock_files"].end());
    ASSERT_EQ((*lock)["installs"].size(), 1U);
    EXPECT_EQ((*lock)["installs"][0]["path"], dockerfile);
    EXPECT_EQ((*lock)["installs"][0]["line"], each.line);
    EXPECT_EQ((*lock)["installs"][0]["reach"], "image");
    const auto package = std::find_if(
        json["packages"].begin(), json["packages"].end(),
        [&](const Json& one) { return one["path"] == path && one["name"] == each.name; });
    ASSERT_NE(package, json["packages"].end());
    if (each.entry > 0) {
      EXPECT_EQ((*package)["line"], each.entry);
    }
  }
}

TEST_F(LockFilesCommand, TheTableNamesTheEntryAndWhoInstallsIt) {
  folder_.write("package-lock.json", kNpmLock);
  folder_.write("Dockerfile", kShop);
  const Outcome outcome = audit({});
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.out.find("upgrade left-pad 1.3.0 to 1.3.1"), std::string::npos) << outcome.out;
  EXPECT_NE(
      outcome.out.find("package-lock.json:6, installed by Dockerfile:4 into the image that runs"),
      std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("package-lock.json:7, for development, which Dockerfile:4 leaves out"),
            std::string::npos)
      << outcome.out;
}

TEST_F(LockFilesCommand, WhatIsForDevelopmentComesLaterOrNotAtAll) {
  folder_.write("package-lock.json", kNpmLock);
  folder_.write("Dockerfile", kShop);
  const Json json = report();
  ASSERT_EQ(json["vulnerabilities"].size(), 2U);
  EXPECT_EQ(json["vulnerabilities"][0]["package"], "left-pad");
  EXPECT_EQ(json["vulnerabilities"][1]["package"], "packer");
  EXPECT_EQ(json["vulnerabilities"][1]["tier"], "build-only");
  EXPECT_LT(json["vulnerabilities"][1]["priority"], json["vulnerabilities"][0]["priority"]);
  const Outcome omitted = audit({"--omit", "dev"});
  EXPECT_EQ(omitted.out.find("packer"), std::string::npos) << omitted.out;
  EXPECT_NE(omitted.err.find("1 package for development left out"), std::string::npos)
      << omitted.err;
}

TEST_F(LockFilesCommand, FindingsAndScoreStayThoseOfTheFiles) {
  folder_.write("Dockerfile", "FROM node\nCOPY . .\nRUN npm ci\n");
  const Json without = report();
  folder_.write("package-lock.json", kNpmLock);
  const Json with = report();
  EXPECT_EQ(with["findings"], without["findings"]);
  EXPECT_EQ(with["score"], without["score"]);
  EXPECT_TRUE(without["vulnerabilities"].empty());
  EXPECT_FALSE(without.contains("lock_files"));
  EXPECT_FALSE(without.contains("advisories_made"));
  EXPECT_EQ(with["vulnerabilities"].size(), 2U);
  const Json left = report({"--no-vulnerabilities"});
  EXPECT_EQ(left, without);
}

TEST_F(LockFilesCommand, GatesAsNpmsUsersTypeThem) {
  folder_.write("package-lock.json", kNpmLock);
  EXPECT_EQ(audit({}).status, 1);
  EXPECT_EQ(audit({"--audit-level", "critical"}).status, 1);
  EXPECT_EQ(audit({"--audit-level", "moderate"}).status, 1);
  EXPECT_EQ(audit({"--audit-level", "none"}).status, 0);
  EXPECT_EQ(audit({"--fail-on", "none"}).status, 0);
  EXPECT_EQ(audit({"--fail-on", "none", "--audit-level", "low"}).status, 1);
  EXPECT_EQ(audit({"--audit-level", "high", "--exit-code", "9"}).status, 9);
  EXPECT_EQ(audit({"--no-vulnerabilities"}).status, 0);
  EXPECT_EQ(audit({"--audit-level", "loud"}).status, 2);
}

TEST_F(LockFilesCommand, OneLockFileMayBeNamed) {
  folder_.write("web/package-lock.json", kNpmLock);
  folder_.write("requirements.txt", "pip-thing==1.0.0\n");
  const Json json = report({"web/package-lock.json"});
  EXPECT_EQ(json["complete"], true) << json.dump(2);
  ASSERT_EQ(json["lock_files"].size(), 1U);
  EXPECT_EQ(json["lock_files"][0]["packages"], 2);
  EXPECT_EQ(json["subjects"][0]["kind"], "lock-file");
}

TEST_F(LockFilesCommand, OtherPeoplesCopiesAreNotRead) {
  for (const char* folder : {"node_modules/x/", "vendor/x/", ".git/", "venv/site-packages/"}) {
    folder_.write(std::string(folder) + "package-lock.json", kNpmLock);
  }
  folder_.write("excluded/package-lock.json", kNpmLock);
  folder_.write("plimsoll.yaml", "exclude:\n  - excluded\n");
  folder_.write("real/package-lock.json", kNpmLock);
  const Json json = report();
  ASSERT_EQ(json["lock_files"].size(), 1U) << json["lock_files"].dump(2);
  EXPECT_EQ(json["lock_files"][0]["path"], "real/package-lock.json");
}

TEST_F(LockFilesCommand, ADamagedOneIsNamedAndTheRestGoesOn) {
  folder_.write("a/package-lock.json", "{ \"lockfileVersion\": 3, \"packages\": ");
  folder_.write("b/package-lock.json", kNpmLock);
  const Outcome outcome = audit({"--fail-on", "none"});
  EXPECT_EQ(outcome.status, 4) << outcome.err;
  EXPECT_NE(outcome.err.find("a/package-lock.json: its packages could not be read"),
            std::string::npos)
      << outcome.err;
  EXPECT_NE(outcome.out.find("b/package-lock.json:6"), std::string::npos) << outcome.out;
  EXPECT_EQ(audit({"--fail-on", "none", "--incomplete-ok"}).status, 0);
}

TEST_F(LockFilesCommand, WithoutADatabaseTheNotableOnesAreLookedFor) {
  folder_.write("package-lock.json", kNpmLock);
  const Outcome outcome = plimsoll_in(folder_.path(), {"audit", "--no-color"});
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  const std::string note = "there is no database of advisories";
  const std::size_t first = outcome.err.find(note);
  ASSERT_NE(first, std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find(note, first + 1), std::string::npos) << outcome.err;
}

TEST_F(LockFilesCommand, ADatabaseThatIsNamedMustBeThere) {
  const std::vector<std::string> arguments{"audit", "--db", "no/such.db"};
  folder_.write("Dockerfile", "FROM scratch\n");
  EXPECT_NE(plimsoll_in(folder_.path(), arguments).status, 5) << "nobody asks it";
  folder_.write("package-lock.json", kNpmLock);
  EXPECT_EQ(plimsoll_in(folder_.path(), arguments).status, 5);
}

TEST_F(LockFilesCommand, WhatIsAcceptedIsMarked) {
  folder_.write("package-lock.json", kNpmLock);
  folder_.write(".trivyignore", "OSV-0\nOSV-PACKER\n");
  const Outcome outcome = audit({});
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("2 suppressed"), std::string::npos) << outcome.out;
  EXPECT_EQ(audit({"--no-ignorefile"}).status, 1);
}

TEST_F(LockFilesCommand, OtherFormatsPointAtTheEntry) {
  folder_.write("package-lock.json", kNpmLock);
  folder_.write("Dockerfile", kShop);
  const Json sarif = Json::parse(audit({"--format", "sarif"}).out, nullptr, false);
  const Json& results = sarif["runs"][0]["results"];
  const auto found = std::find_if(results.begin(), results.end(), [](const Json& one) {
    return one["ruleId"] == "OSV-0";
  });
  ASSERT_NE(found, results.end());
  const Json& place = (*found)["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "package-lock.json");
  EXPECT_EQ(place["region"]["startLine"], 6);
}

TEST_F(LockFilesCommand, ASavedReportIsReadAgain) {
  folder_.write("package-lock.json", kNpmLock);
  folder_.write("Dockerfile", kShop);
  const std::string saved = data_.write("saved.json", report().dump());
  const Outcome again = plimsoll({"report", saved, "--format", "json"});
  const Json json = Json::parse(again.out, nullptr, false);
  EXPECT_EQ(json["lock_files"], report()["lock_files"]) << again.err;
  EXPECT_EQ(json["packages"], report()["packages"]);
}

TEST_F(LockFilesCommand, TheNumberOfThreadsChangesNothing) {
  for (int i = 0; i < 20; ++i) {
    folder_.write("p" + std::to_string(i) + "/package-lock.json", kNpmLock);
    folder_.write("p" + std::to_string(i) + "/Dockerfile", kShop);
  }
  EXPECT_EQ(report({"--jobs", "1"}), report({"--jobs", "7"}));
}

TEST_F(LockFilesCommand, FixLeavesLockFilesAlone) {
  folder_.write("package-lock.json", "{ damaged");
  folder_.write("Dockerfile", kShop);
  const Outcome outcome = plimsoll_in(folder_.path(), {"fix", "--diff"});
  EXPECT_EQ(outcome.err.find("package-lock"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace plimsoll::test
