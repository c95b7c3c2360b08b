#include <gtest/gtest.h>

#include <string>

#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {
namespace {

TEST(DockerfileNames, AreRecognised) {
  for (const char* name :
       {"Dockerfile", "dockerfile", "DOCKERFILE", "Containerfile", "Dockerfile.prod",
        "Dockerfile-dev", "Dockerfile_ci", "api.Dockerfile", "x.y.containerfile",
        "Containerfile.ubi9", "Dockerfile.go", "Dockerfile.alpine3.20", "dockerfile.test"}) {
    EXPECT_TRUE(is_dockerfile_name(name)) << name;
  }
}

TEST(DockerfileNames, OthersAreNot) {
  for (const char* name :
       {"", "Dockerfile.dockerignore", ".dockerignore", "dockerfile.go", "Dockerfile.md",
        "Dockerfile.j2", "Dockerfiles", "mydockerfile", ".Dockerfile", "Dockerfile.",
        "Dockerfile.orig~", "Makefile", "api.Dockerfile.dockerignore"}) {
    EXPECT_FALSE(is_dockerfile_name(name)) << name;
  }
}

TEST(DockerfileContent, IsRecognised) {
  for (const char* text :
       {"FROM a\n", "\xEF\xBB\xBF# syntax=x\n\nfrom a:1@sha256:00 as b\r\n",
        "ARG A\nARG B=c \\\n  D\nFROM --platform=$P x/${A:-b}\n", "FROM \\\n  a", "FROM scratch"}) {
    EXPECT_TRUE(looks_like_dockerfile(text)) << text;
  }
}

TEST(DockerfileContent, OthersAreNot) {
  for (const std::string& text :
       {std::string(), std::string("# FROM a\n"), std::string("from: a\n"),
        std::string("services:\n  a:\n    image: b\n"), std::string("#!/bin/sh\nset -e\n"),
        std::string("from os import path\n"), std::string("From the start, it was late\n"),
        std::string("ARG\nFROM a\n"), std::string("RUN x\nFROM a\n"), std::string("ARG A\n"),
        std::string("{\"FROM\": 1}\n"), std::string("FROM (SELECT 1)\n"),
        std::string("FROM a\n\0", 8)}) {
    EXPECT_FALSE(looks_like_dockerfile(text)) << text;
  }
}

}  // namespace
}  // namespace plimsoll::dockerfile
