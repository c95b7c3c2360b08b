#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "check/install/installs.h"
#include "core/bug.h"
#include "core/limits.h"

// A Dockerfile of any bytes, in a folder with a lock file of every tool.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace plimsoll;
  namespace install = check::install;
  const SourceFile source("Dockerfile", std::string(reinterpret_cast<const char*>(data), size));
  const dockerfile::Dockerfile file = dockerfile::parse(source);
  const SourceFile ignore_source(".dockerignore", "ignored\n!ignored/Cargo.lock\n");
  const IgnoreFile ignore = parse_ignore(ignore_source, IgnoreSyntax::kDocker);
  const install::BuildContext context{
      .files = {"Cargo.lock", "", "Gemfile.lock", "a/b/package-lock.json", "composer.lock",
                "go.mod", "ignored/Cargo.lock", "package-lock.json", "packages.lock.json",
                "poetry.lock", "requirements.txt", "uv.lock", "web/yarn.lock"},
      .ignore = &ignore};
  std::size_t steps = limits::kInstallSteps / 100;
  std::size_t last = 0;
  for (const install::Install& each : install::find_installs(file, context, {"dev"}, steps)) {
    if (each.file >= context.files.size() || context.files[each.file].empty()) {
      PL_BUG("an install of no lock file");
    }
    if (each.file < last) PL_BUG("installs are not in the order of their files");
    if (each.run == nullptr || each.run->keyword != dockerfile::Keyword::kRun) {
      PL_BUG("something else than RUN installs");
    }
    last = each.file;
  }
  return 0;
}
