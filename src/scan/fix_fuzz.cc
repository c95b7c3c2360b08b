// Whatever the file: a fix never makes it worse, and what is fixed needs no second run.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bug.h"
#include "core/layered_file_system.h"
#include "scan/fix.h"

namespace {

using namespace plimsoll;

constexpr std::array<std::string_view, 6> kNames{"Dockerfile", "compose.yaml",  "k8s.yaml",
                                                 "run.sh",     "web.container", "ci.yml"};

std::string_view name_of(std::uint8_t first) {
  return kNames[first % kNames.size()];
}

scan::FixOptions options(bool unsafe) {
  scan::FixOptions options;
  options.audit.targets = {"."};
  options.audit.jobs = 1;
  options.audit.rules.today = Date{2026, 11, 21};
  options.unsafe = unsafe;
  return options;
}

void verify(const FileSystem& files, bool unsafe) {
  const scan::FixPlan plan = scan::plan_fixes(files, options(unsafe));
  if (plan.empty()) return;
  MemoryFileSystem changed;
  for (const scan::FileChange& file : plan.files) {
    if (file.before == file.after && !file.is_new) PL_BUG("a change that changes nothing");
    if (file.fixes.empty()) PL_BUG("a change without a reason");
    changed.add(file.path, file.after);
  }
  if (plan.last->incomplete.size() > plan.incomplete.size()) PL_BUG("the result is not read whole");
  const LayeredFileSystem after(changed, files);
  const scan::FixPlan again = scan::plan_fixes(after, options(unsafe));
  // What was turned down may be tried again; what was made must stay.
  for (const scan::FileChange& file : again.files) {
    if (plan.refused == 0 && !file.is_new) PL_BUG("a second run changes the file again");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMost = 1U << 14U;
  if (size == 0 || size > kMost) return 0;
  MemoryFileSystem files;
  files.add(name_of(data[0]), std::string(reinterpret_cast<const char*>(data + 1), size - 1));
  verify(files, (data[0] & 0x80U) != 0);
  return 0;
}
