#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

const std::string kDigest = "sha256:" + std::string(64, 'a');
const std::string kCommit(40, 'b');

TEST(ComposeImage, ReadsWhatEachServiceRuns) {
  EXPECT_EQ(dump(read_kind("compose-image",
                           "x-b: &b\n  image: base:1\n"
                           "services:\n  a:\n    <<: *b\n  b:\n    image: localhost:5000/x/y\n"
                           "  c:\n    image: ${C:-c:2}\n  d:\n    image: d:${D}\n"
                           "  e:\n    build: .\n  f:\n    image: f:1@" +
                               kDigest + "\n  g:\n    image: 'Not One'\n")),
            "base 1, c 2, f " + kDigest + ", localhost:5000/x/y latest");
}

TEST(ComposeImage, SaysWhere) {
  const auto reading = read_kind("compose-image", "services:\n  a:\n    image: a:1\n");
  ASSERT_EQ(reading.packages.size(), 1U);
  EXPECT_EQ(reading.packages[0].line, 3U);
  EXPECT_EQ(reading.packages[0].ecosystem, "OCI");
}

TEST(DockerfileBaseImage, ReadsWhatIsPulled) {
  struct Case {
    std::string text, want;
  };
  for (const Case& each :
       {Case{"ARG V=3.20\nFROM alpine:${V} AS a\nFROM a\nFROM scratch\nFROM b@" + kDigest,
             "alpine 3.20, b " + kDigest},
        Case{"FROM docker.io/library/debian\n", "debian latest"},
        Case{"ARG V\nFROM a:$V\nFROM --platform=linux/arm64 c:1\n", "c 1"}}) {
    EXPECT_EQ(dump(read_kind("dockerfile-base-image", each.text)), each.want) << each.text;
  }
}

TEST(DockerfileBaseImage, AnIgnoreFileIsNoDockerfile) {
  const PackageReader& reader = *find_package_reader("dockerfile-base-image");
  EXPECT_EQ(dump(read_packages(reader, "Dockerfile.dockerignore", "*.md\n")), "");
}

TEST(GithubActions, ReadsStepsAndCalledWorkflows) {
  EXPECT_EQ(dump(read_kind("github-actions",
                           "jobs:\n  a:\n    steps:\n"
                           "    - uses: o/r/sub@v1\n    - uses: ./local\n    - uses: docker://a:1\n"
                           "    - uses: o/\n    - uses: /r@1\n    - uses: o/r@\n    - run: x\n"
                           "  b:\n    uses: p/q/.github/workflows/w.yml@main\n")),
            "o/r v1, p/q main");
  EXPECT_EQ(dump(read_kind("github-actions", "runs:\n  steps:\n  - uses: o/r@v2\n")), "o/r v2");
}

TEST(GithubActions, ACommitsVersionStandsInTheComment) {
  struct Case {
    std::string after, want;
  };
  for (const Case& each : {Case{"", kCommit}, Case{" # v4.1.1", "v4.1.1"}, Case{" #v5", "v5"},
                           Case{" # tag=v2.1. more", "v2.1"}, Case{" # ratchet: 3", "3"},
                           Case{" # pinned", kCommit}}) {
    const std::string text = "runs:\n  steps:\n  - uses: o/r@" + kCommit + each.after + "\n";
    EXPECT_EQ(dump(read_kind("github-actions", text)), "o/r " + each.want) << each.after;
  }
  EXPECT_EQ(dump(read_kind("github-actions", "runs:\n  steps:\n  - uses: o/r@v1 # v9\n")),
            "o/r v1");
}

}  // namespace
}  // namespace plimsoll::image
