#include "image/waste.h"

#include <gtest/gtest.h>

#include "image/sample_image.h"

namespace plimsoll::image {
namespace {

using sample_tar::file;
using sample_tar::header;

std::string text_of(std::size_t size, char c = 'x') {
  return std::string(size, c);
}

/// "id what bytes layer; " of each group.
std::string listed(const Waste& waste) {
  std::string text;
  for (const WasteGroup& group : waste.groups) {
    text += std::string(id(group.kind)) + (group.what.empty() ? "" : " " + group.what) + ' ' +
            std::to_string(group.bytes) + " layer " + std::to_string(group.layer) + "; ";
  }
  return text;
}

Waste waste_of(const std::vector<std::string>& layers) {
  return find_waste(inventory_of(sample_archive(layers)));
}

TEST(Waste, WhatNoContainerSees) {
  const Waste waste = waste_of({file("a", text_of(6000)) + file("b", text_of(2000, 'b')),
                                file("a", text_of(3000, 'y')), file(".wh.b", "")});
  EXPECT_EQ(listed(waste), "replaced-later 6000 layer 0; removed-later 2000 layer 0; ");
  EXPECT_EQ(waste.bytes, 11000U);
  EXPECT_EQ(waste.hidden, 8000U);
  EXPECT_NEAR(waste.efficiency(), 3.0 / 11, 0.001);
  EXPECT_EQ(waste.layers[0].hidden, 8000U);
}

TEST(Waste, AFileWithAnotherNameIsStillSeen) {
  const Waste waste =
      waste_of({file("a", text_of(6000)) + header("b", '1', 0, "a"), file(".wh.a", "")});
  EXPECT_EQ(listed(waste), "");
  EXPECT_EQ(waste.efficiency(), 1);
}

TEST(Waste, CachesDocumentationAndTranslations) {
  EXPECT_EQ(listed(waste_of({file("var/lib/apt/lists/x", text_of(9000)),
                             file("root/.cache/pip/x", text_of(8000, 'p')),
                             file("home/app/.npm/_cacache/x", text_of(7000, 'n')),
                             file("usr/share/doc/a/README", text_of(6000, 'd')) +
                                 file("usr/share/doc/a/copyright", text_of(6000, 'c')),
                             file("usr/share/locale/de/x", text_of(5000, 'l'))})),
            "cache apt 9000 layer 0; cache pip 8000 layer 1; cache npm 7000 layer 2; "
            "documentation 6000 layer 3; locales 5000 layer 4; ");
}

TEST(Waste, CopiesOfAContent) {
  EXPECT_EQ(listed(waste_of({file("a", text_of(6000)),
                             file("b", text_of(6000)) + file("c", "x") + file("d", "x")})),
            "duplicates 6000 layer 1; ")
      << "small ones do not count";
}

TEST(Waste, PackagesThatOnlyBuildsNeed) {
  const Waste waste =
      waste_of({file("lib/apk/db/installed",
                     "P:gcc\nV:1\nF:usr/bin\nR:gcc\n\nP:musl\nV:1\nF:lib\nR:libc.so\n\n") +
                file("usr/bin/gcc", text_of(6000)) + file("lib/libc.so", text_of(7000, 'm'))});
  EXPECT_EQ(listed(waste), "development 6000 layer 0; ");
  EXPECT_EQ(waste.groups[0].paths, (std::vector<std::string>{"gcc"}));
}

TEST(Waste, AnEmptyImageWastesNothing) {
  EXPECT_EQ(waste_of({}).efficiency(), 1);
}

}  // namespace
}  // namespace plimsoll::image
