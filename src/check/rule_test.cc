#include "check/rule.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace plimsoll::check {
namespace {

struct Case {
  std::string_view alias;
  std::string_view want;  ///< a slug; "" for none
};
class AliasTest : public testing::TestWithParam<Case> {};
TEST_P(AliasTest, FindsTheRule) {
  const auto rules = rules_for_alias(GetParam().alias);
  if (GetParam().want.empty()) {
    EXPECT_TRUE(rules.empty()) << GetParam().alias;
    return;
  }
  EXPECT_TRUE(std::any_of(rules.begin(), rules.end(), [](const Rule* rule) {
    return rule->meta.slug == GetParam().want;
  })) << GetParam().alias;
}
INSTANTIATE_TEST_SUITE_P(
    Spellings, AliasTest,
    testing::Values(
        Case{"hadolint:DL3002", "last-user-is-root"}, Case{"dl3002", "last-user-is-root"},
        Case{"trivy:DS-0002", "image-runs-as-root"},
        Case{"trivy:AVD-DS-0002", "image-runs-as-root"}, Case{"AVD-DS-0002", "image-runs-as-root"},
        Case{"avd-ds-0002", "image-runs-as-root"}, Case{"DS-0002", "image-runs-as-root"},
        Case{"DS002", "image-runs-as-root"}, Case{"trivy:ds002", "image-runs-as-root"},
        Case{"AVD-KSV-0012", "non-root-not-enforced"}, Case{"ksv012", "non-root-not-enforced"},
        Case{"CKV_K8S_16", "privileged-container"}, Case{"hadolint:DS002", ""}, Case{"DS2222", ""},
        Case{"DS02222", ""}, Case{"", ""}, Case{":", ""}, Case{"trivy:", ""}, Case{"AVD-", ""},
        Case{"hadolint:", ""}));

}  // namespace
}  // namespace plimsoll::check
