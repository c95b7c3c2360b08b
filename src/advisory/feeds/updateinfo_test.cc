#include <gtest/gtest.h>

#include "advisory/feed_xml.h"
#include "advisory/recording_sink.h"

namespace plimsoll::advisory {
namespace {

using Names = std::vector<std::string>;

/// The only advisory of an updateinfo.xml with this update in it.
Advisory read_one(const std::string& update) {
  RecordingSink sink;
  const auto read = read_feed("updateinfo.xml", "<updates>" + update + "</updates>", sink);
  EXPECT_TRUE(read);
  EXPECT_EQ(sink.advisories.size(), 1U);
  return sink.advisories.empty() ? Advisory() : sink.advisories[0];
}

/// A security update of one package: its id, what stands before the packages, and attributes.
std::string update_of(const std::string& id, const std::string& about,
                      const std::string& attributes) {
  return R"(<update type="security"><id>)" + id + "</id>" + about +
         R"(<pkglist><collection><package name="anvil" )" + attributes +
         "/></collection></pkglist></update>";
}

constexpr std::string_view kAmazon = R"(<?xml version="1.0" ?>
<updates><update author="a@example.org" from="a@example.org" status="final" type="security" version="1.4">
 <id>ALAS2023-2030-007</id>
 <title>Amazon Linux 2023 - ALAS2023-2030-007: Important priority package update for anvil</title>
 <issued date="2030-01-02 03:04" /><updated date="2030-02-03 04:05" /><severity>Important</severity>
 <description>
  Falls &lt;down&gt;.
 </description>
 <references>
  <reference href="https://cve.example/1" id="CVE-2030-0001" title="" type="cve" />
  <reference href="https://alas.example/7" id="ALAS2023-2030-007" title="" type="self" />
  <reference href="https://cve.example/2" id="CVE-2030-0002" title="" type="cve" />
 </references>
 <pkglist><collection short="amazon-linux-2023---core"><name>Amazon Linux 2023 - core</name>
  <package arch="x86_64" epoch="1" name="anvil" release="2.amzn2023.0.1" version="3.4"><filename>Packages/anvil.rpm</filename></package>
  <package arch="noarch" epoch="1" name="anvil-doc" release="2.amzn2023.0.1" version="3.4"/>
  <package arch="aarch64" epoch="1" name="anvil" release="2.amzn2023.0.1" version="3.4"/>
  <package arch="src" epoch="1" name="anvil" release="2.amzn2023.0.1" version="3.4"/>
 </collection></pkglist></update>
</updates>)";

TEST(Updateinfo, TellsAmazonsUpdates) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("updateinfo.xml", kAmazon, sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  const Advisory& advisory = sink.advisories[0];
  EXPECT_EQ(advisory.id, "ALAS2023-2030-007");
  EXPECT_EQ(advisory.severity, "Important");
  EXPECT_EQ(advisory.details, "Falls <down>.");
  EXPECT_EQ(advisory.published, "2030-01-02");
  EXPECT_EQ(advisory.modified, "2030-02-03");
  EXPECT_EQ(advisory.upstream, (Names{"CVE-2030-0001", "CVE-2030-0002"}));
  EXPECT_EQ(advisory.references.at(0), "https://alas.example/7") << "itself first";
  EXPECT_EQ(sink.made_on, "2030-02-03");
  ASSERT_EQ(advisory.affected.size(), 2U);
  EXPECT_EQ(advisory.affected[0], (Affected{.ecosystem = "Amazon Linux:2023",
                                            .package = "anvil",
                                            .ranges = {{.fixed = "1:3.4-2.amzn2023.0.1"}},
                                            .severity = "Important",
                                            .architectures = {"x86_64", "aarch64"}}));
  EXPECT_TRUE(advisory.affected[1].architectures.empty()) << "noarch";
}

TEST(Updateinfo, CountsWhatIsNoSecurityAsSkipped) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("updateinfo.xml", R"(<updates>
    <update type="bugfix"><id>FEDORA-2030-1</id></update>
    <update type="enhancement"><id>FEDORA-2030-2</id></update>
    <update type="security"/></updates>)",
                        sink));
  EXPECT_TRUE(sink.advisories.empty());
  EXPECT_EQ(sink.skipped.size(), 3U);
}

TEST(Updateinfo, FindsTheCvesOfFedorasBugs) {
  constexpr const char* kPackage = R"(version="1" release="2.fc43" arch="x86_64")";
  const Advisory bugs = read_one(update_of("FEDORA-2030-0a1b2c3d4e", R"(
      <severity>None</severity><description>also of CVE-2030-0009</description>
      <references><reference id="2400001" type="bugzilla"
        title="CVE-2030-0002 CVE-2030-0001 anvil: falls [fedora-43]"/></references>)",
                                           kPackage));
  EXPECT_EQ(bugs.upstream, (Names{"CVE-2030-0001", "CVE-2030-0002"}));
  EXPECT_EQ(bugs.severity, "") << "nobody has rated it";
  EXPECT_EQ(bugs.affected.at(0).ecosystem, "Fedora:43");
  EXPECT_EQ(bugs.affected.at(0).ranges, std::vector<Range>{{.fixed = "0:1-2.fc43"}});
  const Advisory words = read_one(
      update_of("FEDORA-2030-1", "<description>Fixes CVE-2030-0009.</description>", kPackage));
  EXPECT_EQ(words.upstream, Names{"CVE-2030-0009"}) << "no bug names one";
}

TEST(Updateinfo, KeepsModulesApart) {
  const Advisory advisory = read_one(R"(<update type="security"><id>ALSA-2030:1</id><pkglist>
    <collection><name>a</name><module name="bells" stream="3" arch="x86_64"/>
      <package name="bell" version="1" release="1.module_el8.4.0+1" arch="x86_64"/></collection>
    <collection><name>b</name>
      <package name="anvil" version="1" release="1.el8" arch="x86_64"/></collection>
    </pkglist></update>)");
  ASSERT_EQ(advisory.affected.size(), 2U);
  EXPECT_EQ(advisory.affected[0].module, "bells:3");
  EXPECT_EQ(advisory.affected[1].module, "");
  EXPECT_EQ(advisory.affected[1].ecosystem, "AlmaLinux:8");
}

TEST(Updateinfo, AdvisoriesOfAmazonsExtrasBeginWithTheirVersion) {
  struct Row {
    const char* id;
    const char* attributes;
    Range range;
  };
  const Row kRows[] = {
      {"ALAS2KERNEL-5.10-2030-001",
       R"(epoch="0" version="5.10.35" release="1.amzn2")",
       {.introduced = "0:5.10", .fixed = "0:5.10.35-1.amzn2"}},
      {"ALAS2PHP8.0-2030-001",
       R"(epoch="1" version="8.0.30" release="1.amzn2")",
       {.introduced = "1:8.0", .fixed = "1:8.0.30-1.amzn2"}},
      {"ALAS2PHP8.0-2030-001", R"(version="1.10" release="1.amzn2")", {.fixed = "0:1.10-1.amzn2"}},
      {"ALAS2REDIS6-2030-001", R"(version="60.1" release="1.amzn2")", {.fixed = "0:60.1-1.amzn2"}},
      {"ALAS2DOCKER-2030-001", R"(version="20.1" release="1.amzn2")", {.fixed = "0:20.1-1.amzn2"}},
      {"ALAS2023-2030-001",
       R"(version="2030" release="1.amzn2023")",
       {.fixed = "0:2030-1.amzn2023"}},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(read_one(update_of(row.id, "", row.attributes)).affected.at(0).ranges,
              std::vector<Range>{row.range})
        << row.id;
  }
}

TEST(Updateinfo, LeavesOutWhatCannotBeCompared) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed(
      "updateinfo.xml",
      "<updates>" + update_of("ELSA-2030-1", "", R"(version="1" release="1.ksplice1.el8")") +
          update_of("SUSE-2030-1", "", R"(version="1" release="150500.1.1")") + "</updates>",
      sink));
  EXPECT_TRUE(sink.advisories.empty());
  EXPECT_EQ(sink.skipped.size(), 2U);
}

TEST(Updateinfo, ReadsOnAfterABrokenUpdate) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("updateinfo.xml",
                        "<!-- <update type='security'> --><updates>" +
                            update_of("ALAS2-2030-1", "<title>", R"(version="1" release="1")") +
                            update_of("ALAS2-2030-2", "", R"(version="1" release="1")") +
                            "</updates>",
                        sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  EXPECT_EQ(sink.advisories[0].id, "ALAS2-2030-2");
  EXPECT_EQ(sink.advisories[0].affected[0].ecosystem, "Amazon Linux:2") << "by its id";
  EXPECT_EQ(sink.skipped.size(), 1U);
}

TEST(Updateinfo, SaysWhereItWasCutOff) {
  const std::string update = update_of("ALAS2-2030-1", "", R"(version="1" release="1.amzn2")");
  for (const std::string& text :
       {"<updates>" + update, "<updates>" + update + update.substr(0, update.size() - 3)}) {
    RecordingSink sink;
    EXPECT_FALSE(read_feed("updateinfo.xml", text, sink)) << text;
    EXPECT_EQ(sink.advisories.size(), 1U) << "what was read is kept";
  }
  RecordingSink sink;
  EXPECT_TRUE(read_feed("updateinfo.xml", "<updates/>", sink));
}

TEST(RootName, PassesOverWhatStandsBefore) {
  for (const auto& [head, name] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"<updates>", "updates"},
           {"<?xml version=\"1.0\"?>\n<!DOCTYPE a>\n<!-- <no> -->\n<u:updates x=\"y\"", "updates"},
           {"<updates", "updates"},
           {"<a<b>", "a"},
           {"<!-- <updates>", ""},
           {"<", ""},
           {"", ""}}) {
    EXPECT_EQ(xml::root_name(head), name) << head;
  }
}

TEST(Elements, AreCutOutOneByOne) {
  constexpr std::string_view kText =
      "<r><a/><ab>1</ab><a x='1'>2</ab></a ><!--<a>--><a>3</a><a>4</r>";
  xml::Elements elements(kText, "a");
  for (const char* want : {"<a/>", "<a x='1'>2</ab></a >", "<a>3</a>"}) {
    ASSERT_TRUE(elements.next());
    EXPECT_EQ(elements.element(), want);
  }
  EXPECT_FALSE(elements.next());
  EXPECT_TRUE(elements.is_cut());
  EXPECT_FALSE(elements.next());
}

}  // namespace
}  // namespace plimsoll::advisory
