#include <gtest/gtest.h>

#include "advisory/recording_sink.h"

namespace plimsoll::advisory {
namespace {

std::string definition_of(std::string_view attributes, std::string_view metadata,
                          std::string_view criteria) {
  return "<definition id=\"d\" " + std::string(attributes) + "><metadata>" + std::string(metadata) +
         "</metadata>" + std::string(criteria) + "</definition>";
}

std::string document_of(std::string_view definitions, std::string_view product = "",
                        std::string_view tests = "") {
  return "<?xml version=\"1.0\"?>\n<oval_definitions xmlns:oval=\"x\"><generator>"
         "<oval:product_name>" +
         std::string(product) +
         "</oval:product_name><oval:timestamp>2030-01-02T00:00:00</oval:timestamp></generator>"
         "<definitions>" +
         std::string(definitions) + "</definitions>" + std::string(tests) + "</oval_definitions>";
}

constexpr std::string_view kOracle = R"(
  <title>
ELSA-2030-0001:  anvil security update (MODERATE)
</title>
  <affected family="unix"><platform>Oracle Linux 8</platform></affected>
  <reference source="elsa" ref_id="ELSA-2030-0001" ref_url="https://e/1"/>
  <reference source="CVE" ref_id="CVE-2030-0001" ref_url="https://c/1"/>
  <description>falls</description>
  <advisory><severity>MODERATE</severity><issued date="2030-01-01"/></advisory>)";

TEST(Oval, ReadsUpdatesOfOracle) {
  RecordingSink sink;
  const std::string text = document_of(definition_of(R"(class="patch")", kOracle, R"(
    <criteria operator="AND"><criterion comment="Oracle Linux 8 is installed"/>
      <criterion comment="Oracle Linux arch is x86_64"/>
      <criterion comment="Module bells:3 is enabled"/>
      <criteria operator="OR">
        <criteria operator="AND">
          <criterion comment="anvil is earlier than 2:1.2-3.el8"/>
          <criterion comment="anvil is signed with the key"/></criteria>
        <criteria operator="AND">
          <criterion comment="anvil is earlier than 2:1.2-3.ksplice1.el8"/></criteria>
        <criteria operator="AND">
          <criterion comment="bell is earlier than 10:7-1.el8_fips"/></criteria>
      </criteria></criteria>)"));
  ASSERT_TRUE(read_feed("oval.xml", text, sink));
  EXPECT_EQ(sink.made_on, "2030-01-02T00:00:00");
  ASSERT_EQ(sink.advisories.size(), 1U);
  const Advisory& advisory = sink.advisories[0];
  EXPECT_EQ(advisory.id, "ELSA-2030-0001");
  EXPECT_EQ(advisory.upstream, std::vector<std::string>{"CVE-2030-0001"});
  EXPECT_EQ(advisory.references, (std::vector<std::string>{"https://e/1", "https://c/1"}));
  EXPECT_EQ(advisory.published, "2030-01-01");
  ASSERT_EQ(advisory.affected.size(), 1U);
  const Affected& anvil = advisory.affected[0];
  EXPECT_EQ(anvil.ecosystem, "Oracle Linux:8");
  EXPECT_EQ(anvil.package, "anvil");
  EXPECT_EQ(anvil.ranges, std::vector<Range>{{.fixed = "2:1.2-3.el8"}});
  EXPECT_EQ(anvil.module, "bells:3");
  EXPECT_EQ(anvil.architectures, std::vector<std::string>{"x86_64"});
  EXPECT_EQ(anvil.severity, "MODERATE");
  ASSERT_EQ(sink.skipped.size(), 1U);
  EXPECT_EQ(sink.skipped[0].message, "d: 2 builds for ksplice or FIPS, whose versions stand alone");
}

constexpr std::string_view kSuse = R"(
  <title>CVE-2030-0001</title>
  <affected><platform>SUSE Linux Enterprise Server 15 SP9</platform></affected>
  <advisory><severity>Important</severity></advisory>)";

TEST(Oval, KeepsTheVersionOfEachBinaryAndItsDistributions) {
  RecordingSink sink;
  const std::string text =
      document_of(definition_of(R"(class="vulnerability")", kSuse, R"(
    <criteria operator="OR">
      <criteria operator="AND">
        <criteria operator="OR">
          <criterion comment="SUSE Linux Enterprise Module for Smiths 15 is installed"/>
          <criterion comment="openSUSE Leap 15.9 is installed"/></criteria>
        <criteria operator="OR">
          <criterion test_ref="t1" comment="anvil is earlier than 1-2"/>
          <criterion test_ref="t2" comment="anvil-kmp-default-1.5-2 is installed"/>
          <criterion test_ref="t3" comment="hammer-1-2 is installed"/>
          <criterion comment="bell is not affected"/></criteria></criteria>
      <criteria operator="AND">
        <criterion comment="anvil-sub is earlier than 9-9"/>
        <criterion comment="gong is affected"/></criteria></criteria>)"),
                  "", R"(<tests><rpminfo_test id="t1"><state state_ref="s1"/></rpminfo_test>
        <rpminfo_test id="t2"><state state_ref="s2"/></rpminfo_test></tests>
      <states><rpminfo_state id="s1"><arch operation="pattern match">(aarch64|x86_64)</arch>
        <evr operation="less than">0:1-2</evr></rpminfo_state>
        <rpminfo_state id="s2"><evr operation="less than">0:1.5-2</evr></rpminfo_state></states>)");
  ASSERT_TRUE(read_feed("suse.xml", text, sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  EXPECT_EQ(sink.advisories[0].id, "CVE-2030-0001");
  const auto& affected = sink.advisories[0].affected;
  ASSERT_EQ(affected.size(), 8U);
  EXPECT_EQ(affected[2].package, "anvil-kmp-default");
  EXPECT_EQ(affected[2].ranges, std::vector<Range>{{.fixed = "0:1.5-2"}});
  ASSERT_EQ(sink.skipped.size(), 1U) << "a build whose test is missing may be anything";
  EXPECT_EQ(affected[0].ecosystem, "SUSE:Linux Enterprise Module for Smiths 15");
  EXPECT_EQ(affected[0].ranges, std::vector<Range>{{.fixed = "0:1-2"}}) << "of the test";
  EXPECT_EQ(affected[0].architectures, (std::vector<std::string>{"aarch64", "x86_64"}));
  EXPECT_EQ(affected[1].ecosystem, "openSUSE:Leap 15.9");
  EXPECT_EQ(affected[4].package, "bell");
  EXPECT_EQ(affected[4].status, Status::kNotAffected);
  EXPECT_EQ(affected[6].ecosystem, "SUSE:Linux Enterprise Server 15 SP9") << "of the metadata";
  EXPECT_EQ(affected[6].ranges, std::vector<Range>{{.fixed = "9-9"}});
  EXPECT_EQ(affected[7].status, Status::kAffected);
  EXPECT_TRUE(affected[7].ranges.empty());
}

TEST(Oval, TakesAzuresReleaseFromTheFile) {
  const std::string text =
      document_of(definition_of(R"(class="vulnerability")",
                                R"(<title>CVE-2030-0001 affecting package anvil</title>
                       <patchable>true</patchable><severity>High</severity>)",
                                R"(<criteria operator="AND">
      <criterion comment="Package anvil is earlier than 1.5-1, affected by CVE-2030-0001"/>
      <criterion comment="Package anvil is greater than 1.4.0, affected by CVE-2030-0001"/>
      </criteria>)") + definition_of(R"(class="vulnerability")",
                                     R"(<title>CVE-2030-0002 affecting package bell</title>
                           <patchable>Not Applicable</patchable>)",
                                     R"(<criteria operator="AND">
      <criterion comment="Package bell is installed with version 2-1 or earlier"/></criteria>)"),
                  "Azure Linux OVAL Definition Generator");
  RecordingSink sink;
  ASSERT_TRUE(read_feed("feeds/azurelinux-3.0-oval.xml", text, sink));
  ASSERT_EQ(sink.advisories.size(), 2U);
  const Affected& anvil = sink.advisories[0].affected.at(0);
  EXPECT_EQ(anvil.ecosystem, "Azure Linux:3");
  EXPECT_EQ(anvil.ranges, (std::vector<Range>{{.introduced = "1.4.0", .fixed = "1.5-1"}}));
  EXPECT_EQ(anvil.architectures, std::vector<std::string>{"src"});
  EXPECT_EQ(sink.advisories[1].affected.at(0).status, Status::kNotAffected);
  EXPECT_FALSE(read_feed("unnamed.xml", text, sink));
}

TEST(Oval, BoundsHowDeepItGoes) {
  std::string criteria;
  for (int i = 0; i < 5000; ++i) criteria += "<criteria>";
  criteria += R"(<criterion comment="anvil is earlier than 1-2"/>)";
  for (int i = 0; i < 5000; ++i) criteria += "</criteria>";
  RecordingSink sink;
  ASSERT_TRUE(read_feed("oval.xml",
                        document_of(definition_of(R"(class="patch")", kOracle, criteria)), sink));
  EXPECT_TRUE(sink.advisories.empty());
  EXPECT_EQ(sink.skipped.size(), 1U);
}

TEST(Oval, RefusesWhatIsCutOff) {
  RecordingSink sink;
  EXPECT_FALSE(read_feed("oval.xml", "<oval_definitions><definitions>", sink));
}

}  // namespace
}  // namespace plimsoll::advisory
