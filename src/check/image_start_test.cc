#include "check/image_start.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "image/sample_image.h"

namespace plimsoll::check {
namespace {

using image::sample_tar::file;
using image::sample_tar::header;

struct Case {
  std::string_view config;
  std::string_view want;
};
class StartedProgramsTest : public testing::TestWithParam<Case> {};

TEST_P(StartedProgramsTest, AreTheFilesThatRun) {
  std::string layer = header("usr/bin/alias", '2', 0, "/opt/real");
  for (const char* path :
       {"opt/real", "usr/bin/sh", "usr/bin/tini", "usr/bin/gosu", "usr/bin/python3.12",
        "entrypoint.sh", "app/main.py", "app/server", "usr/local/bin/server"}) {
    layer += file(path, "x");
  }
  const std::string config =
      R"("config":{"WorkingDir":"/app",)" + std::string(GetParam().config) + "},";
  const image::SampleStore store = image::sample_archive({layer}, config);
  std::string found;
  for (const ImageProgram& program : started_programs(image::inventory_of(store))) {
    found += (found.empty() ? "" : " ") + program.path;
  }
  EXPECT_EQ(found, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Words, StartedProgramsTest,
    testing::Values(
        Case{R"("Cmd":["server"])", "usr/local/bin/server"},
        Case{R"("Cmd":["./server"])", "app/server"}, Case{R"("Cmd":["alias"])", "opt/real"},
        Case{R"("Cmd":["missing"])", ""}, Case{R"("Cmd":[])", ""},
        Case{R"("Entrypoint":["tini","-g","--"],"Cmd":["server"])",
             "usr/bin/tini usr/local/bin/server"},
        Case{R"("Cmd":["gosu","app","python3.12","-u","main.py","server"])",
             "usr/bin/gosu usr/bin/python3.12 app/main.py"},
        Case{R"("Entrypoint":["/entrypoint.sh"],"Cmd":["server","-v"])",
             "entrypoint.sh usr/local/bin/server"},
        Case{R"("Entrypoint":["/app/server"],"Cmd":["sh"])", "app/server"},
        Case{R"("Cmd":["sh","-c","exec server --port 1"])", "usr/bin/sh usr/local/bin/server"},
        Case{R"("Cmd":["sh","-c","server | sh"])", "usr/bin/sh"},
        Case{R"("Cmd":["sh","-c","sh -c server"])", "usr/bin/sh usr/bin/sh usr/local/bin/server"}));

}  // namespace
}  // namespace plimsoll::check
