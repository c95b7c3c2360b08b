#include "advisory/notable.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "core/ascii.h"
#include "core/date.h"
#include "core/severity.h"
#include "embedded/notable_advisories.h"

namespace plimsoll::advisory {
namespace {

NotableAdvisories builtin() {
  auto notable = read_notable(embedded::notable_advisories);
  if (!notable) {
    ADD_FAILURE() << notable.error().to_line();
    return {};
  }
  return std::move(*notable);
}

bool is_year(std::string_view text) {
  return text.size() == 4 && ascii::is_number(text) && (text.starts_with("19") || text[0] == '2');
}

/// "CVE-2021-44228", "GHSA-jfh8-c2jp-5v3q", "RUSTSEC-2022-0042".
bool is_well_formed(std::string_view id) {
  const auto parts = ascii::split(id, '-');
  if (parts[0] == "GHSA") {
    return parts.size() == 4 &&
           std::all_of(parts.begin() + 1, parts.end(), [](std::string_view part) {
             return part.size() == 4 && std::all_of(part.begin(), part.end(), ascii::is_alnum);
           });
  }
  static const std::set<std::string_view> kNumbered{"CVE", "PYSEC", "RUSTSEC",
                                                    "GO",  "MAL",   "PLIMSOLL"};
  return kNumbered.contains(parts[0]) && parts.size() == 3 && is_year(parts[1]) &&
         ascii::is_number(parts[2]);
}

TEST(ReadNotable, TakesABlock) {
  const auto notable = read_notable(
      "# a comment\n"
      "made 2024-01-02\n"
      "\n"
      "CVE-2020-0001 high 2020-01-31 thing: first title\n"
      "  aliases GHSA-aaaa-bbbb-cccc GO-2020-0001\n"
      "  cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n"
      "  kev 2021-01-01 2021-02-01 ransomware\n"
      "  npm thing 1.0.0..1.2.3 2.0..=2.1 ..0.9 3.0.. =4.0-beta\n"
      "  Debian:11,Debian:12 thing ..1:2-3\n"
      "\n"
      "CVE-2020-0002 low 2020-02-01 other\n"
      "  kev 2021-01-01 -\n"
      "  generic other ..\n");
  ASSERT_TRUE(notable) << notable.error().to_line();
  EXPECT_EQ(notable->made, "2024-01-02");
  ASSERT_EQ(notable->advisories.size(), 2U);
  const Advisory& first = notable->advisories[0];
  EXPECT_EQ(first.id, "CVE-2020-0001");
  EXPECT_EQ(first.severity, "high");
  EXPECT_EQ(first.published, "2020-01-31");
  EXPECT_EQ(first.summary, "thing: first title");
  EXPECT_EQ(first.cvss, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
  EXPECT_EQ(first.aliases, (std::vector<std::string>{"GHSA-aaaa-bbbb-cccc", "GO-2020-0001"}));
  ASSERT_EQ(first.affected.size(), 3U);
  EXPECT_EQ(first.affected[0].ecosystem, "npm");
  EXPECT_EQ(first.affected[0].ranges,
            (std::vector<Range>{{.introduced = "1.0.0", .fixed = "1.2.3"},
                                {.introduced = "2.0", .last_affected = "2.1"},
                                {.fixed = "0.9"},
                                {.introduced = "3.0"}}));
  EXPECT_EQ(first.affected[0].versions, (std::vector<std::string>{"4.0-beta"}));
  EXPECT_EQ(first.affected[1].ecosystem, "Debian:11");
  EXPECT_EQ(first.affected[2].ecosystem, "Debian:12");
  EXPECT_EQ(first.affected[2].ranges, (std::vector<Range>{{.fixed = "1:2-3"}}));
  EXPECT_EQ(notable->advisories[1].affected[0].ranges, (std::vector<Range>{{}}));

  ASSERT_EQ(notable->exploited.size(), 2U);
  EXPECT_EQ(notable->exploited[0].id, "CVE-2020-0001");
  EXPECT_EQ(notable->exploited[0].added, "2021-01-01");
  EXPECT_EQ(notable->exploited[0].due, "2021-02-01");
  EXPECT_TRUE(notable->exploited[0].is_used_by_ransomware);
  EXPECT_EQ(notable->exploited[0].name, "thing: first title");
  EXPECT_EQ(notable->exploited[1].due, "");
  EXPECT_FALSE(notable->exploited[1].is_used_by_ransomware);
}

TEST(ReadNotable, NamesTheLineThatIsWrong) {
  struct Case {
    std::string_view name, text;
    std::uint32_t line;
  };
  const std::string head = "CVE-2020-0001 high 2020-01-31 title\n";
  const std::string texts[] = {
      head + "  npm thing 1.0\n",  head + "  npm thing 1.0..=\n", head + "  npm thing\n",
      head + "  npm, thing ..\n",  head + "  cvss 9.8\n",         head + "  kev yesterday -\n",
      head + "  kev 2021-01-01\n", head + "  aliases\n",          head + "\n  npm thing ..\n"};
  const Case cases[] = {
      {"fact before any vulnerability", "\n  npm thing ..1\n", 2},
      {"no title", "CVE-2020-0001 high 2020-01-31\n", 1},
      {"no severity", "# c\nCVE-2020-0001 awful 2020-01-31 title\n", 2},
      {"no date", "CVE-2020-0001 high 2020-02-31 title\n", 1},
      {"made on no day", "made up\n", 1},
      {"one version that is no range", texts[0], 2},
      {"range without its end", texts[1], 2},
      {"no versions", texts[2], 2},
      {"nameless ecosystem", texts[3], 2},
      {"no vector", texts[4], 2},
      {"exploited on no day", texts[5], 2},
      {"no due day", texts[6], 2},
      {"no alias", texts[7], 2},
      {"fact after the block", texts[8], 3},
  };
  for (const Case& each : cases) {
    const auto notable = read_notable(each.text);
    ASSERT_FALSE(notable) << each.name;
    EXPECT_TRUE(notable.error().has_position) << each.name;
    EXPECT_EQ(notable.error().position.line, each.line) << each.name;
    EXPECT_FALSE(notable.error().message.empty()) << each.name;
  }
}

TEST(NotableAdvisories, AreManyAndEachOnce) {
  std::set<std::string> ids;
  for (const Advisory& advisory : builtin().advisories) {
    EXPECT_TRUE(ids.insert(advisory.id).second) << advisory.id << " twice";
  }
  EXPECT_GE(ids.size(), 500U);
}

TEST(NotableAdvisories, AreWellFormed) {
  for (const Advisory& advisory : builtin().advisories) {
    SCOPED_TRACE(advisory.id);
    EXPECT_TRUE(is_well_formed(advisory.id));
    for (const std::string& alias : advisory.aliases) EXPECT_TRUE(is_well_formed(alias)) << alias;
    EXPECT_TRUE(parse_severity(advisory.severity));
    EXPECT_FALSE(advisory.summary.empty());
    EXPECT_LE(advisory.summary.size(), 100U);
    EXPECT_FALSE(advisory.summary.ends_with('.'));
    EXPECT_FALSE(advisory.affected.empty());
  }
}

TEST(NotableAdvisories, NameEachPackageOnce) {
  for (const Advisory& advisory : builtin().advisories) {
    std::set<std::pair<std::string, std::string>> packages;
    for (const Affected& affected : advisory.affected) {
      EXPECT_TRUE(packages.emplace(affected.ecosystem, affected.package).second)
          << advisory.id << ' ' << affected.ecosystem << ' ' << affected.package;
      EXPECT_FALSE(affected.ranges.empty() && affected.versions.empty()) << advisory.id;
      const bool is_cpe_name =
          std::count(affected.package.begin(), affected.package.end(), ':') == 1;
      if (affected.ecosystem == "CPE") {
        EXPECT_TRUE(is_cpe_name) << affected.package;
      }
    }
  }
}

TEST(NotableAdvisories, AreOfKnownEcosystems) {
  const std::set<std::string_view> known{"Alpine", "AlmaLinux", "Bitnami",   "CPE",       "Debian",
                                         "Go",     "Maven",     "NuGet",     "Packagist", "PyPI",
                                         "Ubuntu", "RubyGems",  "crates.io", "generic",   "npm"};
  for (const Advisory& advisory : builtin().advisories) {
    for (const Affected& affected : advisory.affected) {
      EXPECT_TRUE(known.contains(ascii::split(affected.ecosystem, ':')[0]))
          << advisory.id << ' ' << affected.ecosystem;
    }
  }
}

/// What our classifiers of binaries may call a program, out of their sources: advisories and images
/// know nothing of one another.
std::set<std::string> names_of_classifiers() {
  namespace fs = std::filesystem;
  constexpr std::string_view kName = ".name = \"";
  std::set<std::string> names;
  for (const auto& entry :
       fs::directory_iterator(PLIMSOLL_SOURCE_DIR "/src/image/binary/classifiers")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    for (std::size_t at = text.find(kName); at != std::string::npos; at = text.find(kName, at)) {
      at += kName.size();
      names.insert(text.substr(at, text.find('"', at) - at));
    }
  }
  return names;
}

TEST(NotableAdvisories, CallProgramsAsTheClassifiersDo) {
  const std::set<std::string> names = names_of_classifiers();
  ASSERT_TRUE(names.contains("openssl"));
  for (const Advisory& advisory : builtin().advisories) {
    for (const Affected& affected : advisory.affected) {
      if (affected.ecosystem != "generic") continue;
      EXPECT_TRUE(names.contains(affected.package)) << advisory.id << ' ' << affected.package;
    }
  }
}

TEST(NotableAdvisories, HoldTheOnesThatEverybodyKnows) {
  std::set<std::string> ids;
  for (const Advisory& advisory : builtin().advisories) ids.insert(advisory.id);
  for (const char* id :
       {"CVE-2021-44228", "CVE-2022-22965", "CVE-2022-42889", "CVE-2014-0160",  "CVE-2014-6271",
        "CVE-2014-6277",  "CVE-2014-6278",  "CVE-2014-7169",  "CVE-2014-7186",  "CVE-2014-7187",
        "CVE-2024-3094",  "CVE-2019-5736",  "CVE-2024-21626", "CVE-2023-4911",  "CVE-2024-6387",
        "CVE-2021-3156",  "CVE-2021-4034",  "CVE-2023-44487", "CVE-2023-38545", "CVE-2023-4863",
        "CVE-2025-29927", "CVE-2025-55182", "CVE-2017-5638",  "CVE-2025-1974"}) {
    EXPECT_TRUE(ids.contains(id)) << id;
  }
}

class Listener : public FeedSink {
 public:
  void add(Advisory advisory) override { advisories.push_back(std::move(advisory)); }
  void add(KnownExploited entry) override { exploited.push_back(std::move(entry)); }
  void add(ExploitPrediction) override { ADD_FAILURE() << "a prediction"; }
  void add(ExploitStatus) override { ADD_FAILURE() << "a status"; }
  void skip(Error reason) override { ADD_FAILURE() << reason.to_line(); }
  void made(std::string_view date) override { day = date; }

  std::vector<Advisory> advisories;
  std::vector<KnownExploited> exploited;
  std::string day;
};

TEST(TellNotable, TellsAdvisoriesAndWhatIsExploited) {
  Listener listener;
  tell_notable(listener);
  EXPECT_EQ(listener.advisories.size(), builtin().advisories.size());
  EXPECT_TRUE(parse_date(listener.day)) << listener.day;
  EXPECT_GE(listener.exploited.size(), 80U);
  for (const KnownExploited& entry : listener.exploited) {
    EXPECT_TRUE(entry.id.starts_with("CVE-")) << entry.id;
  }
  const auto log4shell =
      std::find_if(listener.exploited.begin(), listener.exploited.end(),
                   [](const KnownExploited& entry) { return entry.id == "CVE-2021-44228"; });
  ASSERT_NE(log4shell, listener.exploited.end());
  EXPECT_EQ(log4shell->added, "2021-12-10");
  EXPECT_TRUE(log4shell->is_used_by_ransomware);
}

}  // namespace
}  // namespace plimsoll::advisory
