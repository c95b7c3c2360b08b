#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

TEST(PomXml, PutsItsPropertiesIn) {
  EXPECT_EQ(dump(read_kind("pom-xml", R"(<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>org.a</groupId><version>7</version></parent>
  <properties><b>1.${c}</b><c>2</c><loop>${pool}</loop><pool>${loop}</pool></properties>
  <dependencies>
    <dependency><groupId>${project.groupId}</groupId><artifactId>own</artifactId>
      <version>${project.version}</version></dependency>
    <dependency><groupId>g</groupId><artifactId>b</artifactId><version>${b}</version>
      <scope>test</scope></dependency>
    <dependency><groupId>g</groupId><artifactId>l</artifactId><version>${loop}</version></dependency>
    <dependency><groupId>g</groupId><artifactId>r</artifactId><version>[1.0, 2)</version></dependency>
    <dependency><groupId>g</groupId><artifactId>m</artifactId></dependency>
    <dependency><groupId>${who}</groupId><artifactId>n</artifactId></dependency>
  </dependencies>
  <dependencyManagement><dependencies>
    <dependency><groupId>g</groupId><artifactId>m</artifactId><version>3</version>
      <scope>test</scope></dependency>
    <dependency><groupId>g</groupId><artifactId>b</artifactId><version>4</version></dependency>
  </dependencies></dependencyManagement>
  <profiles><profile><activation><activeByDefault>true</activeByDefault></activation>
    <dependencies><dependency><groupId>g</groupId><artifactId>p</artifactId><version>5</version>
    </dependency></dependencies></profile>
    <profile><dependencies><dependency><groupId>g</groupId><artifactId>q</artifactId>
    </dependency></dependencies></profile></profiles>
</project>)")),
            "g:b 1.2 (dev), g:l, g:m 3 (dev), g:p 5, g:r 1.0, org.a:own 7");
}

TEST(PomXml, ValuesDoNotGrowWithoutBound) {
  std::string text = "<project><properties><p0>0123456789</p0>";
  for (int i = 1; i < 30; ++i) {
    const std::string last = "${p" + std::to_string(i - 1) + '}';
    const std::string name = 'p' + std::to_string(i);
    text += '<' + name + '>' + last + last + "</" + name + '>';
  }
  text +=
      "</properties><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId>"
      "<version>${p29}</version></dependency></dependencies></project>";
  EXPECT_EQ(dump(read_kind("pom-xml", text)), "g:a");
}

TEST(PomXml, AnotherFileIsInvalidAndADeepOneALimit) {
  EXPECT_EQ(dump(read_kind("pom-xml", "<settings/>")), " !no pom.xml: no 'project' in it");
  EXPECT_EQ(read_kind("pom-xml", "<project>").problems.at(0).code, ErrorCode::kInvalid);
  std::string deep = "<project>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_EQ(read_kind("pom-xml", deep + "</project>").problems.at(0).code, ErrorCode::kLimit);
}

TEST(PomXml, NothingOfADocumentTypeIsRead) {
  EXPECT_EQ(dump(read_kind("pom-xml",
                           "<!DOCTYPE project [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                           "<project><dependencies><dependency><groupId>g</groupId>"
                           "<artifactId>a</artifactId><version>&e;</version></dependency>"
                           "</dependencies></project>")),
            "g:a &e;");
}

TEST(PomXml, SaysTheLine) {
  const PackageReading reading = read_kind("pom-xml",
                                           "<project>\n<dependencies>\n<dependency>"
                                           "<groupId>g</groupId><artifactId>a"
                                           "</artifactId></dependency></dependencies>"
                                           "</project>");
  ASSERT_EQ(reading.packages.size(), 1U);
  EXPECT_EQ(reading.packages[0].line, 3U);
}

TEST(GradleLockfile, WhatOnlyTestsUseIsForDeveloping) {
  EXPECT_EQ(dump(read_kind("gradle-lockfile",
                           "# a:b:1=x\n a:b:1=compileClasspath,testRuntimeClasspath\r\n"
                           "a:c:2=testCompileClasspath,testRuntimeClasspath\n"
                           "a:d:3\nempty=\na:b=x\na b:c:4=x\n")),
            "a:b 1, a:c 2 (dev), a:d 3 !no 'group:artifact:version'");
  EXPECT_EQ(dump(read_kind("gradle-lockfile", "# made by Gradle\na:b:1=x\nempty=c,d\n")), "a:b 1");
}

TEST(GradleLockfile, NamesTheLineThatIsNone) {
  const PackageReading reading = read_kind("gradle-lockfile", "a:b:1=x\n\n<<<<<<< HEAD\nb:c:2=x");
  EXPECT_EQ(dump(reading), "a:b 1, b:c 2 !no 'group:artifact:version'");
  EXPECT_EQ(reading.problems[0].to_line().substr(0, 10), "a/file:3:1");
}

TEST(GradleVerificationMetadata, ReadsComponents) {
  EXPECT_EQ(dump(read_kind("gradle-verification-metadata",
                           "<verification-metadata><components>"
                           "<component version='1' name='b' group='a'/><component name='c'/>"
                           "</components></verification-metadata>")),
            "a:b 1");
}

TEST(BazelMaven, FollowsConstants) {
  EXPECT_EQ(dump(read_kind("bazel-maven", R"(
V = "1." + "2"
MORE = ["g:a:" + V] + ["g:b:jar:3"]
maven = use_extension("@rules_jvm_external//:extensions.bzl", "maven")
maven.install(
    artifacts = MORE + [
        "g:c:jar:sources:4",  # with a classifier
        maven.artifact("g", "d", "5"),
        maven.artifact(group = "g", artifact = "e", version = V, testonly = True),
        "g:%s:1" % V,
    ],
    repositories = ["https://x.example:8080/a"],
)
maven.artifact(group = "g", artifact = "f", version = "6")
[maven_install(name = n, artifacts = ["g:h:7"]) for n in NAMES]
)")),
            "g:a 1.2, g:b 3, g:c 4, g:d 5, g:e 1.2 (dev), g:f 6, g:h 7");
}

TEST(BazelMaven, ListsDoNotGrowWithoutBound) {
  std::string text = "a = [\"g:a:1\"]\n";
  for (int i = 0; i < 60; ++i) text += "a = a + a\n";
  const PackageReading reading = read_kind("bazel-maven", text + "maven_install(artifacts = a)\n");
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_EQ(reading.problems[0].code, ErrorCode::kLimit);
}

TEST(BazelMaven, DepthIsBound) {
  for (const char* open : {"[", "(", "a(", "a(b=", "{a:", "a+[", "a.b("}) {
    std::string text = "a = ";
    for (int i = 0; i < 100'000; ++i) text += open;
    const PackageReading reading = read_kind("bazel-maven", text);
    ASSERT_EQ(reading.problems.size(), 1U) << open;
    EXPECT_EQ(reading.problems[0].code, ErrorCode::kLimit) << open;
  }
}

}  // namespace
}  // namespace plimsoll::image
