#include <cstddef>
#include <cstdint>
#include <string>

#include "workload/command_line.h"
#include "workload/run/workload_invariants.h"

namespace {

using namespace plimsoll;

/// As a workflow's reader does it: one offset for each line.
std::vector<std::uint32_t> line_offsets(const SourceFile& file) {
  std::vector<std::uint32_t> offsets;
  for (std::uint32_t i = 0; i < file.line_count(); ++i) offsets.push_back(file.line_span(i).begin);
  return offsets;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using command_line::Host;
  const SourceFile file("fuzz", std::string(reinterpret_cast<const char*>(data), size));
  static_cast<void>(command_line::may_hold_run_lines("fuzz", file.text()));
  std::deque<Workload> out;
  for (const Host host : {Host::kShell, Host::kMakefile, Host::kMarkdown, Host::kSystemd}) {
    command_line::read(file, host, out);
  }
  command_line::read_script(file, file.text(), line_offsets(file), out);
  const run::InvariantCheck check(file);
  for (const Workload& workload : out) check(workload);
  return 0;
}
