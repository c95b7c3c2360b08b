#include <gtest/gtest.h>

#include "archive/sample_zip.h"
#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

using archive::sample_zip::archive;
using archive::sample_zip::File;

std::string read(const std::string& path, const std::string& bytes) {
  return dump(read_packages(*find_package_reader("java-archive"), path, bytes));
}

File properties(const std::string& artifact, const std::string& version) {
  return {"META-INF/maven/org.a/" + artifact + "/pom.properties",
          "groupId=org.a\nartifactId=" + artifact + "\nversion=" + version + '\n'};
}

File manifest(const std::string& text) {
  return {"META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + text + '\n'};
}

TEST(JavaArchive, IsWhatItsPropertiesSay) {
  EXPECT_EQ(read("lib/renamed.jar", archive({properties("b", "1.0")})), "org.a:b 1.0");
  EXPECT_EQ(read("b-1.0.jar", archive({manifest("Implementation-Version: 9\n"),
                                       properties("b", "1.0"), properties("shaded", "2.0")})),
            "org.a:b 1.0, org.a:shaded 2.0");
}

TEST(JavaArchive, SeveralForeignPropertiesDoNotNameIt) {
  EXPECT_EQ(read("all-3.jar", archive({properties("b", "1.0"), properties("c", "2.0")})),
            "all 3, org.a:b 1.0, org.a:c 2.0");
}

TEST(JavaArchive, IsElseWhatItsPomOrManifestSays) {
  EXPECT_EQ(read("x.jar", archive({{"META-INF/maven/org.a/b/pom.xml",
                                    "<project><parent><groupId>org.a</groupId><version>1.0"
                                    "</version></parent><artifactId>b</artifactId></project>"}})),
            "org.a:b 1.0");
  EXPECT_EQ(read("b-1.0.jar", archive({manifest("Bundle-SymbolicName: org.a.b\n")})),
            "org.a:b 1.0");
  EXPECT_EQ(read("app.jar", archive({manifest("Main-Class: A\n")})), "");
}

TEST(JavaArchive, ItsClassesTellTheGroup) {
  EXPECT_EQ(read("robin-core-9.5.0.jar", archive({{"module-info.class", ""},
                                                  {"META-INF/versions/9/x/Y.class", ""},
                                                  {"org/nest/robin/index/A.class", ""},
                                                  {"org/nest/robin/in/B.class", ""}})),
            "org.nest.robin:robin-core 9.5.0");
  EXPECT_EQ(read("robin-core-9.5.0.jar",
                 archive({{"org/nest/robin/A.class", ""}, {"net/other/B.class", ""}})),
            "robin-core 9.5.0");
  std::vector<File> mostly{{"org/nest/robin/0.class", ""}, {"net/other/B.class", ""}};
  for (const char* each : {"1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
    mostly.push_back({std::string("org/nest/robin/") + each + ".class", ""});
  }
  EXPECT_EQ(read("robin-core-9.5.0.jar", archive(mostly)), "org.nest.robin:robin-core 9.5.0");
  EXPECT_EQ(read("robin-1.jar", archive({{"A.class", ""}, {"org/nest/robin/A.class", ""}})),
            "robin 1");
}

TEST(JavaArchive, ReadsArchivesInside) {
  const std::string inner = archive({properties("b", "1.0")});
  const std::string war = archive({{"WEB-INF/lib/b.JAR", inner}, {"WEB-INF/lib/bad.jar", "?"}});
  const PackageReading reading =
      read_packages(*find_package_reader("java-archive"), "a/app.ear", archive({{"app.war", war}}));
  ASSERT_EQ(reading.packages.size(), 1U);
  EXPECT_EQ(reading.packages[0].path, "a/app.ear!/app.war!/WEB-INF/lib/b.JAR");
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_EQ(reading.problems[0].path, "a/app.ear");
  EXPECT_EQ(reading.problems[0].message,
            "no ZIP archive: it has no directory (in 'app.war!/WEB-INF/lib/bad.jar')");
}

TEST(JavaArchive, DepthIsBound) {
  std::string bytes = archive({properties("b", "1.0")});
  for (int depth = 2; depth <= 8; ++depth) bytes = archive({{"in.jar", bytes}});
  EXPECT_EQ(read("x.jar", bytes), "org.a:b 1.0");
  const std::string deeper = read("x.jar", archive({{"in.jar", bytes}}));
  EXPECT_TRUE(deeper.starts_with(" !archives in archives deeper than are read")) << deeper;
}

TEST(JavaArchive, WhatUnpacksToFarMoreIsRefused) {
  // 3 MiB of zeros by zlib, raw: a ratio of a thousand.
  const std::string zeros = std::string(
                                "\xED\xC1\x01\r\x00\x00\x00\xC2\xA0\xF7Om\x0E"
                                "7\xA0",
                                15) +
                            std::string(3048, '\0') + "\xBE\r";
  std::string bytes = archive({{"big.jar", zeros}, {"b.jar", archive({properties("b", "1.0")})}});
  // Its method is DEFLATE.
  bytes[bytes.find(std::string("PK\x01\x02", 4), bytes.size() - 200) + 10] = 8;
  EXPECT_EQ(read("x.jar", bytes), "org.a:b 1.0 !unpacks to more than is read (in 'big.jar')");
}

TEST(JavaArchive, OverlappingFilesAreRefused) {
  std::string bytes = archive({properties("b", "1.0"), properties("c", "1.0")});
  // The second entry of the directory points to the first file.
  const std::size_t entry = bytes.rfind(std::string("PK\x01\x02", 4));
  for (std::size_t i = 0; i < 4; ++i) bytes[entry + 42 + i] = '\0';
  EXPECT_EQ(read("x.jar", bytes), " !files of the archive share bytes");
}

}  // namespace
}  // namespace plimsoll::image
