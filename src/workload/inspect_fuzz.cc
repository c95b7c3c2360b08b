#include <cstddef>
#include <cstdint>
#include <string>

#include "workload/inspect.h"
#include "workload/run/workload_invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  const SourceFile file("fuzz.json", std::string(reinterpret_cast<const char*>(data), size));
  const auto tree = parse_json(file);
  for (const Document& document : tree->documents) {
    static_cast<void>(inspect::looks_like_inspect(*document.root));
  }
  std::deque<Workload> out;
  static_cast<void>(inspect::read(*tree, out));
  const run::InvariantCheck check(file);
  for (const Workload& workload : out) check(workload);
  return 0;
}
