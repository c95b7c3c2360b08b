#include "image/registry/reference.h"

#include <gtest/gtest.h>

namespace plimsoll::image::registry {
namespace {

const std::string kDigest = "sha256:" + std::string(64, 'a');

std::string read(std::string_view text) {
  const auto reference = parse_reference(text);
  return reference ? reference->to_string() : "refused";
}

TEST(ImageReference, NormalisesLikeDocker) {
  const std::pair<std::string, std::string> cases[] = {
      {"alpine", "docker.io/library/alpine:latest"},
      {"alpine:3.20", "docker.io/library/alpine:3.20"},
      {"team/app", "docker.io/team/app:latest"},
      {"docker.io/alpine", "docker.io/library/alpine:latest"},
      {"index.docker.io/alpine", "docker.io/library/alpine:latest"},
      {"localhost/a", "localhost/a:latest"},
      {"localhost:5000/a", "localhost:5000/a:latest"},
      {"registry.example/a/b/c:1", "registry.example/a/b/c:1"},
      {"Registry/a", "Registry/a:latest"},
      {"[::1]:5000/a:2", "[::1]:5000/a:2"},
      {"a@" + kDigest, "docker.io/library/a@" + kDigest},
      {"r.example:1/a:t@" + kDigest, "r.example:1/a:t@" + kDigest},
      {"a--b__c.d_e", "docker.io/library/a--b__c.d_e:latest"},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(read(text), want);
}

TEST(ImageReference, WhatNoImageIsCalledIsRefused) {
  for (const std::string& text : {std::string(),
                                  std::string("A"),
                                  std::string("a:"),
                                  std::string("a:.b"),
                                  std::string("a/../b"),
                                  std::string("/a"),
                                  std::string("a/"),
                                  std::string("a//b"),
                                  std::string("a..b"),
                                  std::string("a___b"),
                                  std::string("-a"),
                                  std::string("a b"),
                                  std::string("a?x"),
                                  std::string("r.example:x/a"),
                                  std::string("r.example:123456/a"),
                                  std::string("r_.example/a"),
                                  std::string("a@sha256:abc"),
                                  std::string("a@md5:abc"),
                                  std::string("a:1@"),
                                  std::string("user@host.example/a"),
                                  "a:" + std::string(129, 't'),
                                  std::string(256, 'a')}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
}

}  // namespace
}  // namespace plimsoll::image::registry
