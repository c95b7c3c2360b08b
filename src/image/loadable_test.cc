#include "image/loadable.h"

#include <gtest/gtest.h>

#include "image/binary/sample_elf.h"
#include "image/sample_image.h"

namespace plimsoll::image {
namespace {

using sample_tar::file;

std::string link(const std::string& name, const std::string& target) {
  return sample_tar::header(name, '2', 0, target);
}

std::string config(const std::string& members) {
  return "\"config\":{" + members + "},";
}

Loadable loadable_of(const std::string& layer, const std::string& members) {
  return find_loadable(inventory_of(sample_archive({layer}, config(members))));
}

const std::string kUnused = SampleElf{.needed = {"libc.so"}}.bytes();
const std::string kLibrary = SampleElf{.soname = "libc.so"}.bytes();

TEST(Loadable, LibrariesAreFollowed) {
  const std::string app = SampleElf{
      .interpreter = "/lib/ld.so",
      .needed = {"liba.so.1"},
      .runpath = "$ORIGIN/../private",
      .imports = {"puts"}}.bytes();
  const std::string a = SampleElf{.needed = {"libc.so"}, .soname = "liba.so.1"}.bytes();
  const Loadable loadable = loadable_of(
      link("lib", "usr/lib") + file("usr/lib/ld.so", kLibrary) + file("usr/lib/libc.so", kLibrary) +
          file("opt/bin/app", app) + file("opt/private/liba.so.1.2", a) +
          link("opt/private/liba.so.1", "liba.so.1.2") + file("usr/bin/other", kUnused),
      R"("Entrypoint":["app"],"Env":["PATH=/bin:/opt/bin"])");
  EXPECT_EQ(loadable.paths, (std::set<std::string>{"opt/bin/app", "opt/private/liba.so.1.2",
                                                   "usr/lib/ld.so", "usr/lib/libc.so"}));
  EXPECT_TRUE(loadable.is_complete);
  EXPECT_EQ(loadable.unreachable_bytes, kUnused.size());
}

struct OpenCase {
  const char* name;
  SampleElf app;
  const char* members;
};
class OpenTest : public testing::TestWithParam<OpenCase> {};
TEST_P(OpenTest, IsNeverCertain) {
  const Loadable loadable =
      loadable_of(file("lib/libc.so", kLibrary) + file("app", GetParam().app.bytes()) +
                      file("script", "#!/bin/sh\n") + file("bin/sh", kLibrary),
                  GetParam().members);
  EXPECT_FALSE(loadable.is_complete);
}
INSTANTIATE_TEST_SUITE_P(
    All, OpenTest,
    testing::Values(
        OpenCase{"opens", {.needed = {"libc.so"}, .imports = {"dlopen"}}, R"("Cmd":["/app"])"},
        OpenCase{"starts", {.needed = {"libc.so"}, .imports = {"system"}}, R"("Cmd":["/app"])"},
        OpenCase{"lacks", {.needed = {"libc.so", "libnone.so"}}, R"("Cmd":["/app"])"},
        OpenCase{"other machine", {.machine = 3, .needed = {"libc.so"}}, R"("Cmd":["/app"])"},
        OpenCase{"script", {.needed = {"libc.so"}}, R"("Cmd":["/script"])"},
        OpenCase{"nothing", {.needed = {"libc.so"}}, R"("Cmd":[])"},
        OpenCase{"audit", {.needed = {"libc.so"}}, R"("Cmd":["/app"],"Env":["LD_AUDIT=/x.so"])"},
        OpenCase{"health",
                 {.needed = {"libc.so"}},
                 R"("Cmd":["/app"],"Healthcheck":{"Test":["CMD-SHELL","app"]})"}),
    [](const auto& each) {
      std::string name = each.param.name;
      std::replace(name.begin(), name.end(), ' ', '_');
      return name;
    });

TEST(Loadable, ConfiguredFoldersAndHealthChecksCount) {
  const std::string app = SampleElf{.needed = {"liba.so"}}.bytes();
  const Loadable loadable =
      loadable_of(file("etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\n") +
                      file("etc/ld.so.conf.d/x.conf", "/opt/x  # ours\n") +
                      file("opt/x/liba.so", kLibrary) + file("app", app) + file("check", app),
                  R"("Cmd":["/app"],"Healthcheck":{"Test":["CMD","/check"]})");
  EXPECT_TRUE(loadable.is_complete);
  EXPECT_EQ(loadable.unreachable_bytes, 0U);
}

TEST(Loadable, NameServicesOfGlibcCount) {
  const Loadable loadable = loadable_of(
      file("app", SampleElf{.needed = {"libc.so.6"}}.bytes()) + file("lib/libc.so.6", kLibrary) +
          file("lib/libnss_x.so.2", kLibrary) + file("lib/gconv/KOI8.so", kLibrary),
      R"("Cmd":["/app"])");
  EXPECT_TRUE(loadable.is_complete);
  EXPECT_EQ(loadable.unreachable_bytes, 0U);
}

}  // namespace
}  // namespace plimsoll::image
