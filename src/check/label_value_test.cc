#include "check/label_value.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

struct Case {
  std::string_view type;
  std::string_view value;
  bool fits;
};
class LabelValue : public testing::TestWithParam<Case> {};

TEST_P(LabelValue, FitsItsType) {
  EXPECT_EQ(fits_label_type(GetParam().value, GetParam().type), GetParam().fits)
      << GetParam().type << ": " << GetParam().value;
}

INSTANTIATE_TEST_SUITE_P(Url, LabelValue,
                         testing::Values(Case{"url", "https://example.com/a?b=%20#c", true},
                                         Case{"url", "ssh://git@example.com/x", true},
                                         Case{"url", "not a url", false},
                                         Case{"url", "not-url", false},
                                         Case{"url", "http://", false}, Case{"url", "", false},
                                         Case{"url", "https://a b", false}));
INSTANTIATE_TEST_SUITE_P(
    Time, LabelValue,
    testing::Values(Case{"rfc3339", "2021-03-10T10:26:33Z", true},
                    Case{"rfc3339", "2021-03-10T10:26:33.564595127+01:00", true},
                    Case{"rfc3339", "2021-03-10", false},
                    Case{"rfc3339", "2021-03-10T10:26:33", false},
                    Case{"rfc3339", "2021-13-10T10:26:33Z", false},
                    Case{"rfc3339", "2021-03-10T24:26:33Z", false},
                    Case{"rfc3339", "2021-03-10T10:26:33.Z", false},
                    Case{"rfc3339", "yesterday", false}, Case{"rfc3339", "", false}));
INSTANTIATE_TEST_SUITE_P(
    Spdx, LabelValue,
    testing::Values(Case{"spdx", "MIT", true}, Case{"spdx", "apache-2.0", true},
                    Case{"spdx", "GPL-2.0-only WITH Classpath-exception-2.0", true},
                    Case{"spdx", "(MIT OR Apache-2.0) AND BSD-3-Clause", true},
                    Case{"spdx", "MPL-1.1+", true}, Case{"spdx", "LicenseRef-ours", true},
                    Case{"spdx", "DocumentRef-x:LicenseRef-ours", true},
                    Case{"spdx", "not-spdx", false}, Case{"spdx", "MIT OR", false},
                    Case{"spdx", "MIT MIT", false}, Case{"spdx", "(MIT", false},
                    Case{"spdx", "MIT)", false}, Case{"spdx", "()", false},
                    Case{"spdx", "MIT WITH MIT", false}, Case{"spdx", "", false}));
INSTANTIATE_TEST_SUITE_P(
    Hash, LabelValue,
    testing::Values(Case{"hash", "2dbfae9", true},
                    Case{"hash", "43c572f1272b6b3171dd1db9e41b7027128ce080", true},
                    Case{"hash", "2dbfae", false}, Case{"hash", "v1.2.3", false},
                    Case{"hash", "43c572f1272b6b3171dd1db9e41b7027128ce08000", false}));
INSTANTIATE_TEST_SUITE_P(
    Semver, LabelValue,
    testing::Values(Case{"semver", "1.0.0", true}, Case{"semver", "1.0.0-rc.1+build.007", true},
                    Case{"semver", "1.0.0+a-b", true}, Case{"semver", "1.0", false},
                    Case{"semver", "v1.0.0", false}, Case{"semver", "1.0.0-01", false},
                    Case{"semver", "01.0.0", false}, Case{"semver", "1.0.0-", false},
                    Case{"semver", "1.0.0.0", false}, Case{"semver", "", false}));
INSTANTIATE_TEST_SUITE_P(
    Email, LabelValue,
    testing::Values(Case{"email", "ada@example.com", true}, Case{"email", "a+b@localhost", true},
                    Case{"email", "ada", false}, Case{"email", "Ada <ada@example.com>", false},
                    Case{"email", "ada@", false}, Case{"email", "@a", false},
                    Case{"email", "a@b@c", false}, Case{"email", "ada@example..com", false}));
INSTANTIATE_TEST_SUITE_P(Other, LabelValue,
                         testing::Values(Case{"text", "anything", true}, Case{"new", "x", true}));

}  // namespace
}  // namespace plimsoll::check
