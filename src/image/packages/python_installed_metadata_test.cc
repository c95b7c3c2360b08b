#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

TEST(PythonInstalledMetadata, ReadsHeadersUpToTheDescription) {
  EXPECT_EQ(dump(read_kind("python-installed-metadata",
                           "Metadata-Version: 2.1\r\nname: A.b\r\nVersion: 1.0\r\n"
                           "wrapped wrongly\r\nVersion: 2.0\r\n\r\nName: c\n")),
            "A.b 1.0");
}

TEST(PythonInstalledMetadata, TakesTheBestWayTheLicenceIsSaid) {
  struct Case {
    const char *headers, *want;
  };
  for (const Case& each : {
           Case{"License-Expression: MIT\nLicense: x\n", "MIT"},
           Case{"License: long text\nClassifier: License :: OSI Approved :: BSD License\n",
                "BSD License"},
           Case{"License: ISC\nClassifier: License :: OSI Approved\n", "ISC"},
           Case{"License: UNKNOWN\n", ""},
       }) {
    const auto reading =
        read_kind("python-installed-metadata", std::string("Name: a\nVersion: 1\n") + each.headers);
    ASSERT_EQ(reading.packages.size(), 1U);
    const auto& licenses = reading.packages[0].licenses;
    EXPECT_EQ(licenses.empty() ? "" : licenses[0], each.want);
  }
}

TEST(PythonInstalledMetadata, RejectsOtherText) {
  EXPECT_EQ(dump(read_kind("python-installed-metadata", "hello\n")),
            " !no metadata of a Python package: no name");
  EXPECT_EQ(dump(read_kind("python-installed-metadata", "PK\x03\x04 cut off")),
            " !no ZIP archive: it has no directory");
}

}  // namespace
}  // namespace plimsoll::image
