#include "image/reach.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "image/binary/sample_elf.h"
#include "image/sample_image.h"

namespace plimsoll::image {
namespace {

using sample_tar::file;

const std::string kLibrary = SampleElf{.soname = "libc.so"}.bytes();
const std::string kApp = SampleElf{.needed = {"libc.so"}, .imports = {"puts"}}.bytes();

std::string config(const std::string& members) {
  return "\"config\":{" + members + "},";
}

struct Case {
  const char* name;
  Package package;
  const char* when_certain;  ///< the image starts one program that opens nothing by name
  const char* when_open;     ///< it starts a script of Node
};
class ReachTest : public testing::TestWithParam<Case> {};

Inventory image_of(const std::string& start) {
  return inventory_of(sample_archive(
      {file("lib/libc.so", kLibrary) + file("lib/libother.so.1", kLibrary) + file("app", kApp) +
       file("usr/bin/node18", kApp) + file("server.js", "#!/usr/bin/node18\n") +
       file("usr/bin/tool", kApp) + file("usr/share/zones", "data")},
      config("\"Entrypoint\":[\"" + start + "\"]")));
}

TEST_P(ReachTest, Certain) {
  const Inventory inventory = image_of("/app");
  EXPECT_EQ(tier_of(GetParam().package, inventory), GetParam().when_certain);
}

TEST_P(ReachTest, Open) {
  const Inventory inventory = image_of("/server.js");
  EXPECT_EQ(tier_of(GetParam().package, inventory), GetParam().when_open);
}

INSTANTIATE_TEST_SUITE_P(
    All, ReachTest,
    testing::Values(
        Case{"NeededLibrary",
             {.name = "libc", .ecosystem = "Debian", .files = {"/lib/libc.so", "/usr/share/doc/c"}},
             "loadable",
             "loadable"},
        Case{"OtherLibrary",
             {.name = "libother", .ecosystem = "Debian", .files = {"/lib/libother.so.1"}},
             "not-in-execute-path",
             "present"},
        Case{"OtherProgram",
             {.name = "tool", .ecosystem = "Debian", .files = {"/usr/bin/tool"}},
             "not-in-execute-path",
             "present"},
        Case{"Data",
             {.name = "tzdata", .ecosystem = "Debian", .files = {"/usr/share/zones"}},
             "present",
             "present"},
        Case{"FilesNotKnown", {.name = "x", .ecosystem = "Debian"}, "present", "present"},
        Case{"ProgramItself",
             {.name = "example.org/app", .ecosystem = "Go", .path = "/app"},
             "loadable",
             "present"},
        Case{"OtherProgramItself",
             {.name = "example.org/tool", .ecosystem = "Go", .path = "/usr/bin/tool"},
             "not-in-execute-path",
             "present"},
        Case{"OfTheInterpreter",
             {.name = "express", .ecosystem = "npm", .path = "/node_modules/express/package.json"},
             "not-in-execute-path",
             "loadable"},
        Case{"OfAnotherInterpreter",
             {.name = "flask", .ecosystem = "PyPI", .path = "/usr/lib/flask.dist-info/METADATA"},
             "not-in-execute-path",
             "present"}),
    [](const auto& each) { return each.param.name; });

TEST(Reach, WhatProcessesHaveInMemoryIsInUse) {
  Inventory inventory = image_of("/app");
  inventory.image.in_use = {"/lib/libother.so.1", "/srv/app.jar"};
  EXPECT_EQ(tier_of({.name = "libother", .files = {"/lib/libother.so.1"}}, inventory), "in-use");
  EXPECT_EQ(tier_of({.name = "libc", .files = {"/lib/libc.so"}}, inventory), "loadable");
  EXPECT_EQ(tier_of({.name = "gone", .files = {"/srv/gone.jar"}}, inventory), "present");
}

TEST(Reach, OfAnImageThatStartsNothingNothingIsKnown) {
  const Inventory inventory =
      inventory_of(sample_archive({file("usr/bin/tool", kApp)}, config("\"Env\":[]")));
  EXPECT_EQ(tier_of({.name = "tool", .files = {"/usr/bin/tool"}}, inventory), "present");
}

}  // namespace
}  // namespace plimsoll::image
