#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

PackageReading read_at(const std::string& path, const std::string& text) {
  return read_packages(*find_package_reader("dpkg-status"), path, text);
}

TEST(DpkgStatus, KnowsWhatIsInstalled) {
  struct Case {
    const char *status, *want;
  };
  for (const Case& each :
       {Case{"install ok installed", "a 1"}, Case{"deinstall ok installed", "a 1"},
        Case{"hold user installed", "a 1"}, Case{"install ok triggers-pending", "a 1"},
        Case{"install ok triggers-awaited", "a 1"}, Case{"install ok unpacked", ""},
        Case{"install ok half-configured", "a 1"}, Case{"install reinstreq half-installed", ""},
        Case{"deinstall ok config-files", ""}, Case{"install ok not-installed", ""}}) {
    const std::string text = std::string("Package: a\nStatus: ") + each.status + "\nVersion: 1\n";
    EXPECT_EQ(dump(read_at("var/lib/dpkg/status", text)), each.want) << each.status;
  }
}

TEST(DpkgStatus, DistrolessHasNoStatus) {
  const std::string text = "Package: a\nVersion: 1\n";
  EXPECT_EQ(dump(read_at("var/lib/dpkg/status.d/a", text)), "a 1");
  EXPECT_EQ(dump(read_at("var/lib/dpkg/status", text)), "");
  EXPECT_EQ(dump(read_at("var/lib/dpkg/status.d/a.md5sums", "00  usr/bin/a\n")), "");
}

TEST(DpkgStatus, SaysWhatAPackageWasBuiltFrom) {
  struct Case {
    const char *source, *name, *version;
  };
  for (const Case& each :
       {Case{"", "", ""}, Case{"Source: b\n", "b", ""}, Case{"Source: a (1)\n", "", ""},
        Case{"Source: a (2)\n", "a", "2"}, Case{"Source: b (1:2-3)\n", "b", "1:2-3"},
        Case{"source: b (2\n", "b", "2"}}) {
    const auto reading =
        read_at("var/lib/dpkg/status", std::string("Package: a\nStatus: install ok installed\n") +
                                           each.source + "Architecture: amd64\nVersion: 1\n");
    ASSERT_EQ(reading.packages.size(), 1U);
    EXPECT_EQ(reading.packages[0].source_name, each.name) << each.source;
    EXPECT_EQ(reading.packages[0].source_version, each.version) << each.source;
    EXPECT_EQ(reading.packages[0].architecture, "amd64");
  }
}

TEST(DpkgStatus, LinesThatGoOnAreNoFields) {
  const auto reading = read_at("var/lib/dpkg/status",
                               "\n\r\nPackage: a\r\nStatus: install ok installed\r\n"
                               "Conffiles:\r\n /etc/a 00\r\n Version: 9\r\nVersion: 1\r\n\r\n"
                               "Package: b\nVersion: 2\nStatus: install ok installed");
  EXPECT_EQ(dump(reading), "a 1, b 2");
  EXPECT_EQ(reading.packages[0].line, 3U);
  EXPECT_EQ(reading.packages[1].line, 10U);
}

TEST(DpkgStatus, AFieldThatIsTooLongLosesNoRecord) {
  EXPECT_EQ(dump(read_at("var/lib/dpkg/status",
                         "Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: " +
                             std::string(9U << 20U, 'x') + "\n")),
            "a 1");
}

TEST(DpkgStatus, OpkgIsNotDebian) {
  const auto reading =
      read_at("usr/lib/opkg/status", "Package: a\nVersion: 1\nStatus: install user installed\n");
  ASSERT_EQ(reading.packages.size(), 1U);
  EXPECT_EQ(reading.packages[0].ecosystem, "opkg");
}

TEST(DpkgStatus, RejectsOtherText) {
  EXPECT_EQ(dump(read_at("var/lib/dpkg/status", "hello: world\n")),
            " !no dpkg status: no field 'Package' in it");
  EXPECT_EQ(dump(read_at("var/lib/dpkg/status", "\n\n")), "");
}

}  // namespace
}  // namespace plimsoll::image
