#include "core/publisher.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll {
namespace {

struct Built {
  std::string version;
  std::string publisher;
};

class Publishers : public testing::TestWithParam<Built> {};

TEST_P(Publishers, AreKnownByHowTheyNameTheirBuilds) {
  EXPECT_EQ(foreign_publisher(GetParam().version), GetParam().publisher) << GetParam().version;
}

INSTANTIATE_TEST_SUITE_P(
    Foreign, Publishers,
    testing::Values(Built{"20.11.1-1nodesource1", "NodeSource"},
                    Built{"15.6-1.pgdg120+2", "PostgreSQL"},
                    Built{"15.6-1PGDG.rhel9", "PostgreSQL"},
                    Built{"8.3.4-1+ubuntu22.04.1+deb.sury.org+1", "sury.org"},
                    Built{"8.2.16-1+0~20240216.39+debian12~1.gbpc88cb0", "sury.org"},
                    Built{"1:1.25.4-1.el9.ngx", "nginx.org"},
                    Built{"1.25.4-1~bookworm", "another publisher"},
                    Built{"5:25.0.3-1~debian.12~bookworm", "another publisher"},
                    Built{"1:10.11.7+maria~deb12", "MariaDB"}, Built{"8.2.16-1.el9.remi", "Remi"},
                    Built{"1:2.43.0-0ppa1~ubuntu22.04.1", "a PPA"}, Built{"1.2-1~ppa3", "a PPA"}));

INSTANTIATE_TEST_SUITE_P(Own, Publishers,
                         testing::Values(Built{"3.0.11-1~deb12u2", ""}, Built{"2.36-9+deb12u4", ""},
                                         Built{"1.22.0-6ubuntu14.4", ""},
                                         Built{"249.11-0ubuntu3.12", ""},
                                         Built{"2.4.52-1ubuntu4.7~esm1", ""},
                                         Built{"1.0-1~bpo12+1", ""}, Built{"3.0.7-27.el9", ""},
                                         Built{"5.14.0-362.el9_3", ""}, Built{"2.0-1+kappa3", ""},
                                         Built{"1.0~appa1", ""}, Built{"", ""}));

}  // namespace
}  // namespace plimsoll
