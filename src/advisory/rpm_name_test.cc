#include "advisory/rpm_name.h"

#include <gtest/gtest.h>

#include "advisory/rpm_release.h"

namespace plimsoll::advisory {
namespace {

TEST(RpmName, ReadsPackageUrls) {
  const auto rpm = rpm_of_purl("pkg:rpm/redhat/anvil@1.2-3%2Bb?arch=src&epoch=4&rpmmod=a:1:2:3");
  ASSERT_TRUE(rpm);
  EXPECT_EQ(rpm->name, "anvil");
  EXPECT_EQ(rpm->evr, "4:1.2-3+b");
  EXPECT_EQ(rpm->architecture, "src");
  EXPECT_EQ(rpm->module, "a:1");
  EXPECT_EQ(rpm_of_purl("pkg:rpm/redhat/anvil")->evr, "");
  EXPECT_EQ(rpm_of_purl("pkg:rpm/redhat/anvil@rhel8?rpmmod=rhel10")->evr, "") << "a stream";
  EXPECT_EQ(rpm_of_purl("pkg:rpm/redhat/anvil@rhel8?rpmmod=rhel10")->module, "");
  EXPECT_FALSE(rpm_of_purl("pkg:oci/anvil"));
  EXPECT_FALSE(rpm_of_purl("pkg:rpm/"));
  EXPECT_EQ(rpm_of_purl("pkg:rpm/anvil%2")->name, "anvil%2");
  EXPECT_EQ(module_of_purl("pkg:rpmmod/redhat/bells@3:9030:ab?x=y"), "bells:3");
  EXPECT_EQ(module_of_purl("pkg:rpmmod/redhat/bells"), "");
}

TEST(RpmName, ReadsFileNames) {
  const auto rpm = rpm_of_file_name("anvil-libs-32:9.11-3.el8.x86_64.rpm");
  ASSERT_TRUE(rpm);
  EXPECT_EQ(rpm->name, "anvil-libs");
  EXPECT_EQ(rpm->evr, "32:9.11-3.el8");
  EXPECT_EQ(rpm->architecture, "x86_64");
  EXPECT_EQ(rpm_of_file_name("anvil-1-2.noarch")->evr, "0:1-2");
  for (const char* other : {"", "anvil", "anvil-1", "-1-2.x", "a.b", "1-2.x"}) {
    EXPECT_FALSE(rpm_of_file_name(other)) << other;
  }
}

struct Case {
  std::string_view text;
  std::string_view ecosystem;  ///< "" for none
};
class RpmRelease : public testing::TestWithParam<Case> {};

TEST_P(RpmRelease, HasOneName) {
  const std::string_view text = GetParam().text;
  const auto found =
      text.starts_with("cpe:") ? redhat_ecosystem(text) : ecosystem_of_platform(text);
  EXPECT_EQ(found.value_or(""), GetParam().ecosystem);
}

INSTANTIATE_TEST_SUITE_P(
    Known, RpmRelease,
    testing::Values(
        Case{"cpe:/a:redhat:enterprise_linux:8::appstream", "Red Hat:enterprise_linux:8"},
        Case{"cpe:/o:redhat:enterprise_linux:10.1", "Red Hat:enterprise_linux:10"},
        Case{"cpe:/o:redhat:rhel_eus:9.2::baseos", "Red Hat:rhel_eus:9.2"},
        Case{"cpe:2.3:a:redhat:openshift:4.16:*:el9:*:*:*:*:*", "Red Hat:openshift:4.16"},
        Case{"cpe:/a:redhat:ocp_tools", "Red Hat:ocp_tools"}, Case{"cpe:/o:suse:sles:15", ""},
        Case{"cpe:", ""},
        Case{"SUSE Linux Enterprise Server 15 SP5", "SUSE:Linux Enterprise Server 15 SP5"},
        Case{"openSUSE Leap 15.5", "openSUSE:Leap 15.5"}, Case{"Oracle Linux 8", "Oracle Linux:8"},
        Case{"Oracle Linux arch", ""}, Case{"Photon OS 3", "Photon OS:3.0"},
        Case{"Photon 3", "Photon OS:3.0"},
        Case{"Red Hat Enterprise Linux 8.1", "Red Hat:enterprise_linux:8"}, Case{"bind", ""}));

}  // namespace
}  // namespace plimsoll::advisory
