#include "report/comparison.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "report/comparison_view.h"

namespace plimsoll::report {
namespace {

using Kind = PackageChange::Kind;

/// By length, then by bytes: good enough for 1 … 10.
std::optional<int> by_number(std::string_view, std::string_view a, std::string_view b) {
  if (a == "?" || b == "?") return std::nullopt;
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

/// "a1 b2": packages by name and version, CVE-… by id.
Document document(std::string_view text) {
  Document made{.version = "1", .advisories_made = "2026-11-22"};
  made.image = ImageSummary{.reference = "app:1"};
  std::string word;
  for (const char c : std::string(text) + ' ') {
    if (c != ' ') {
      word += c;
      continue;
    }
    if (word.starts_with("CVE-")) {
      Vulnerability one;
      one.id = word;
      one.severity = Severity::kHigh;
      made.vulnerabilities.push_back(one);
    } else if (!word.empty()) {
      made.packages.push_back(
          {.name = word.substr(0, 1), .version = word.substr(1), .ecosystem = "npm"});
    }
    word.clear();
  }
  return made;
}

/// "+a1 -b2 c1>2 d2<1": what changed.
std::string dump(const Comparison& comparison) {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : " ") + part; };
  for (const PackageChange& each : comparison.packages) {
    switch (each.kind) {
      case Kind::kAdded: add('+' + each.after->name + each.after->version); break;
      case Kind::kRemoved: add('-' + each.before->name + each.before->version); break;
      case Kind::kUpgraded:
        add(each.before->name + each.before->version + '>' + each.after->version);
        break;
      case Kind::kDowngraded:
        add(each.before->name + each.before->version + '<' + each.after->version);
        break;
      case Kind::kChanged:
        add(each.before->name + each.before->version + '~' + each.after->version);
        break;
    }
  }
  for (const Vulnerability* each : comparison.fresh) add("new " + each->id);
  for (const Vulnerability* each : comparison.gone) add("gone " + each->id);
  return text;
}

struct Case {
  std::string_view before, after, want;
};
class ComparisonTest : public testing::TestWithParam<Case> {};

TEST_P(ComparisonTest, SaysWhatChanged) {
  const Document before = document(GetParam().before);
  const Document after = document(GetParam().after);
  EXPECT_EQ(dump(compare({&before}, {&after}, by_number)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Documents, ComparisonTest,
                         testing::Values(Case{"a1", "a1", ""}, Case{"a1", "a2", "a1>2"},
                                         Case{"a10", "a9", "a10<9"}, Case{"a1", "b1", "+b1 -a1"},
                                         Case{"a?", "a2", "a?~2"}, Case{"a1 a1", "a1", ""},
                                         Case{"a1 a2", "a2 a3", "a1>3"},
                                         Case{"a1 a2", "a3", "-a2 a1>3"},
                                         Case{"", "a2 a10", "+a2 +a10"},
                                         Case{"CVE-1 CVE-2", "CVE-2 CVE-3", "new CVE-3 gone CVE-1"},
                                         Case{"CVE-1", "CVE-1 CVE-1", ""}));

TEST(ComparisonTest, PackagesOfTheNextReleaseAreTheSamePackages) {
  Document before = document("a1");
  Document after = document("a2");
  before.packages.front().ecosystem = "Debian:11";
  after.packages.front().ecosystem = "Debian:12";
  EXPECT_EQ(dump(compare({&before}, {&after}, by_number)), "a1>2");
}

TEST(ComparisonTest, WhatIsSuppressedIsNeitherNewNorGone) {
  const Document none = document("a1");
  Document accepted = document("a1 CVE-1");
  accepted.vulnerabilities.front().suppressed = Suppression{"ignorefile", "", ""};
  EXPECT_EQ(dump(compare({&none}, {&accepted}, by_number)), "");
  EXPECT_EQ(dump(compare({&accepted}, {&none}, by_number)), "");
}

/// A random image of a few names and versions.
Document random_document(std::mt19937& random) {
  std::string text;
  const std::size_t size = random() % 12;
  for (std::size_t i = 0; i < size; ++i) {
    text += static_cast<char>('a' + random() % 4);
    text += std::to_string(random() % 12) + ' ';
  }
  for (std::size_t i = 0; i < size; ++i) text += "CVE-" + std::to_string(random() % 9) + ' ';
  return document(text);
}

Kind mirrored(Kind kind) {
  switch (kind) {
    case Kind::kAdded: return Kind::kRemoved;
    case Kind::kRemoved: return Kind::kAdded;
    case Kind::kUpgraded: return Kind::kDowngraded;
    case Kind::kDowngraded: return Kind::kUpgraded;
    case Kind::kChanged: break;
  }
  return Kind::kChanged;
}

/// Changes as a set of texts, whichever way they were asked for.
std::multiset<std::string> changes_of(const Comparison& comparison, bool mirror) {
  std::multiset<std::string> texts;
  for (const PackageChange& each : comparison.packages) {
    const Package* before = mirror ? each.after : each.before;
    const Package* after = mirror ? each.before : each.after;
    const auto text = [](const Package* package) {
      return package == nullptr ? std::string("none") : package->name + package->version;
    };
    texts.insert(std::string(to_string(mirror ? mirrored(each.kind) : each.kind)) + ' ' +
                 text(before) + ' ' + text(after));
  }
  for (const Vulnerability* each : comparison.fresh) {
    texts.insert((mirror ? "gone " : "new ") + each->id);
  }
  for (const Vulnerability* each : comparison.gone) {
    texts.insert((mirror ? "new " : "gone ") + each->id);
  }
  return texts;
}

TEST(ComparisonProperty, AnImageIsTheSameAsItself) {
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    const Document one = random_document(random);
    const Comparison same = compare({&one}, {&one}, by_number);
    EXPECT_TRUE(same.empty()) << dump(same);
    EXPECT_EQ(same.counts_before, same.counts_after);
  }
}

TEST(ComparisonProperty, TheMirroredQuestionHasTheMirroredAnswer) {
  std::mt19937 random(2);
  for (int i = 0; i < 300; ++i) {
    const Document a = random_document(random);
    const Document b = random_document(random);
    EXPECT_EQ(changes_of(compare({&a}, {&b}, by_number), false),
              changes_of(compare({&b}, {&a}, by_number), true));
  }
}

TEST(ComparisonTest, AFindingInOtherWordsIsTheSame) {
  Document before = document("");
  Document after = document("");
  before.findings = {{.rule = "setuid-file-in-image", .message = "11 programs"},
                     {.rule = "run-as-root", .message = "runs as root"}};
  after.findings = {{.rule = "setuid-file-in-image", .message = "12 programs"},
                    {.rule = "setuid-file-in-image", .message = "another"}};
  const Comparison comparison = compare({&before}, {&after}, by_number);
  ASSERT_EQ(comparison.findings_gone.size(), 1U);
  EXPECT_EQ(comparison.findings_gone.front()->rule, "run-as-root");
  ASSERT_EQ(comparison.findings_fresh.size(), 1U);
  EXPECT_EQ(comparison.findings_fresh.front()->message, "another");
}

TEST(SettingsTest, ValuesThatMayBeSecretsAreNotShown) {
  EXPECT_EQ(shown_environment({"PATH=/bin", "TOKEN=x", "GO_VERSION=1", "EMPTY"}),
            (std::vector<std::string>{"PATH=/bin", "TOKEN", "GO_VERSION=1", "EMPTY"}));
}

TEST(SettingsTest, SayWhatChanged) {
  Document before = document("");
  Document after = document("");
  before.image->user = "app";
  before.image->os = "debian 11";
  after.image->os = "debian 12";
  const Settings old{.environment = {"TOKEN", "A_VERSION=1", "OLD"}, .ports = {"80/tcp"}};
  const Settings now{.environment = {"TOKEN", "A_VERSION=2", "NEW"}, .has_healthcheck = true};
  const auto changes = compare_settings({&before, &old}, {&after, &now});
  const std::vector<SettingChange> want{{"distribution", "debian 11", "debian 12"},
                                        {"user", "app", "root"},
                                        {"ports", "80/tcp", ""},
                                        {"healthcheck", "", "yes"},
                                        {"A_VERSION", "1", "2"},
                                        {"OLD", "set", ""},
                                        {"NEW", "", "set"}};
  EXPECT_EQ(changes, want);
  EXPECT_EQ(compare_settings({&before}, {&after}).size(), 1U) << "a bill says no settings";
}

TEST(SettingsTest, TheUserZeroIsRoot) {
  Document before = document("");
  Document after = document("");
  const Settings none;
  for (const char* root : {"0", "0:0", "root"}) {
    after.image->user = root;
    EXPECT_TRUE(compare_settings({&before, &none}, {&after, &none}).empty()) << root;
  }
}

TEST(ComparisonViews, EscapeWhatImagesSay) {
  Document before = document("");
  Document after = document("a1");
  after.packages.front().name = "x\x1b[31m|@team<b>";
  after.packages.front().version = "1\n2";
  const Comparison comparison = compare({&before}, {&after}, by_number);
  const Appearance look;
  EXPECT_EQ(comparison_view(comparison, Painter(look)).find('\x1b'), std::string::npos);
  const std::string markdown = comparison_markdown(comparison);
  EXPECT_EQ(markdown.find('\x1b'), std::string::npos);
  EXPECT_EQ(markdown.find("1\n2"), std::string::npos);
  EXPECT_TRUE(nlohmann::json::accept(comparison_json(comparison)));
}

TEST(ComparisonViews, MarkdownFitsIntoAComment) {
  Document before = document("");
  Document after = document("");
  for (int i = 0; i < 20'000; ++i) {
    after.packages.push_back(
        {.name = "package-" + std::to_string(i), .version = "1", .ecosystem = "npm"});
    Vulnerability one;
    one.id = "CVE-" + std::to_string(i);
    after.vulnerabilities.push_back(one);
  }
  const Comparison comparison = compare({&before}, {&after}, by_number);
  EXPECT_LT(comparison_markdown(comparison).size(), 65'000U);
}

}  // namespace
}  // namespace plimsoll::report
