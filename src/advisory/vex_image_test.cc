#include "advisory/vex_image.h"

#include <gtest/gtest.h>

namespace plimsoll::advisory {
namespace {

const VexImage& image() {
  static const VexImage kImage({.references = {"ghcr.io/acme/web:1.2", "nginx"},
                                .digests = {"sha256:aa"},
                                .purls = {"pkg:generic/acme-web@7"},
                                .cpes = {"cpe:/o:redhat:enterprise_linux:9.4::baseos"},
                                .architecture = "amd64"});
  return kImage;
}

struct Case {
  VexComponent component;
  bool is;
};

class ImageIs : public testing::TestWithParam<Case> {};

TEST_P(ImageIs, WhatIsCalledSo) {
  const VexComponent& component = GetParam().component;
  EXPECT_EQ(image().is(component), GetParam().is)
      << component.id << ' ' << component.purl << ' ' << component.digest;
}

INSTANTIATE_TEST_SUITE_P(Names, ImageIs,
                         testing::Values(Case{{.id = "ghcr.io/acme/web:1.2"}, true},
                                         Case{{.id = "ghcr.io/acme/web"}, true},
                                         Case{{.id = "ghcr.io/acme/web:1.3"}, false},
                                         Case{{.id = "docker.io/library/nginx:latest"}, true},
                                         Case{{.id = "nginx:1"}, false},
                                         Case{{.id = "https://ghcr.io/acme/web"}, false},
                                         Case{{.id = "urn:csaf:nginx"}, false},
                                         Case{{.id = "sha256:aa"}, true},
                                         Case{{.digest = "sha256:aa"}, true},
                                         Case{{.digest = "sha256:bb"}, false}, Case{{}, false}));

INSTANTIATE_TEST_SUITE_P(
    PackageUrls, ImageIs,
    testing::Values(
        Case{{.purl = "pkg:oci/web"}, true}, Case{{.purl = "pkg:oci/other"}, false},
        Case{{.purl = "pkg:oci/web@sha256%3Aaa"}, true},
        Case{{.purl = "pkg:oci/web@sha256:bb"}, false},
        Case{{.purl = "pkg:oci/web?repository_url=ghcr.io/acme/web"}, true},
        Case{{.purl = "pkg:oci/web?repository_url=quay.io/acme/web"}, false},
        Case{{.purl = "pkg:oci/nginx?repository_url=index.docker.io/library/nginx"}, true},
        Case{{.purl = "pkg:oci/web?tag=1.2"}, true}, Case{{.purl = "pkg:oci/web?tag=2"}, false},
        Case{{.purl = "pkg:oci/web?arch=amd64"}, true},
        Case{{.purl = "pkg:oci/web?arch=arm64"}, false},
        Case{{.purl = "pkg:oci/web?os=linux"}, false},
        Case{{.purl = "pkg:docker/nginx@latest"}, true},
        Case{{.purl = "pkg:docker/nginx@1.25"}, false},
        Case{{.purl = "pkg:docker/acme/web@1.2?repository_url=ghcr.io"}, true},
        Case{{.purl = "pkg:docker/x@sha256:aa"}, true},
        Case{{.purl = "pkg:generic/acme-web"}, true}, Case{{.purl = "pkg:npm/web"}, false}));

struct Cpes {
  std::string_view cpe;
  std::string_view system;
  bool is;
};

class CpeOfRelease : public testing::TestWithParam<Cpes> {};

TEST_P(CpeOfRelease, ByVendorProductAndVersion) {
  EXPECT_EQ(is_cpe_of_release(GetParam().cpe, GetParam().system), GetParam().is)
      << GetParam().cpe << " and " << GetParam().system;
}

INSTANTIATE_TEST_SUITE_P(
    All, CpeOfRelease,
    testing::Values(Cpes{"cpe:/o:acme:os:8", "cpe:/o:acme:os:8", true},
                    Cpes{"cpe:/o:acme:os:8", "cpe:/o:acme:os:8.10", true},
                    Cpes{"cpe:/o:acme:os:8", "cpe:/o:acme:os:88", false},
                    Cpes{"cpe:/o:acme:os:8.4", "cpe:/o:acme:os:8", false},
                    Cpes{"cpe:/o:acme:os:9", "cpe:/o:acme:os:8", false},
                    Cpes{"cpe:/a:acme:os:8::apps", "cpe:/o:acme:os:8::base", true},
                    Cpes{"cpe:/a:acme:tool:8", "cpe:/o:acme:os:8", false},
                    Cpes{"cpe:/o:acme:os", "cpe:/o:acme:os:8", true},
                    Cpes{"cpe:2.3:o:acme:os:8:*:*:*:*:*:*:*", "cpe:/o:acme:os:8", true},
                    Cpes{"cpe:2.3:o:*:os:8:*:*:*:*:*:*:*", "cpe:/o:acme:os:8", false},
                    Cpes{"cpe:/o:acme", "cpe:/o:acme:os:8", false},
                    Cpes{"cpe:/:::", "cpe:/:::", false}, Cpes{"", "", false}));

TEST(VexImage, IsNotTheDistributionItIsBasedOn) {
  const VexComponent rhel{.cpe = "cpe:/o:redhat:enterprise_linux:9"};
  EXPECT_TRUE(image().is_based_on(rhel));
  EXPECT_FALSE(image().is(rhel));
}

}  // namespace
}  // namespace plimsoll::advisory
