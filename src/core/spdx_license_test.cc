#include "core/spdx_license.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(SpdxLicense, ExpressionsAreSpeltAsTheListDoes) {
  struct Case {
    const char *text, *want;
  };
  for (const Case& each :
       {Case{"mit", "MIT"},
        Case{"mit or( apache-2.0 and bsd-3-clause )", "MIT OR (Apache-2.0 AND BSD-3-Clause)"},
        Case{"gpl-2.0-only with classpath-exception-2.0",
             "GPL-2.0-only WITH Classpath-exception-2.0"},
        Case{"((MIT))", "((MIT))"}, Case{"lgpl-2.1+", "LGPL-2.1+"},
        Case{"LicenseRef-ours", "LicenseRef-ours"}, Case{"MIT BSD", ""}, Case{"", ""},
        Case{"(MIT", ""}, Case{"MIT)", ""}, Case{"MIT AND", ""}, Case{"MIT WITH MIT", ""},
        Case{"GPL", ""}}) {
    EXPECT_EQ(spdx_expression(each.text), each.want) << each.text;
  }
}

TEST(SpdxLicense, OneOfTheListIsFoundWhateverItsCase) {
  EXPECT_EQ(spdx_license_id("apache-2.0"), "Apache-2.0");
  EXPECT_EQ(spdx_license_id("Apache"), "");
  EXPECT_EQ(spdx_license_id("MIT OR MIT"), "");
}

}  // namespace
}  // namespace plimsoll
