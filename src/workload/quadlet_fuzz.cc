#include <cstddef>
#include <cstdint>
#include <string>

#include "workload/quadlet.h"
#include "workload/run/workload_invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  const SourceFile file("fuzz.container", std::string(reinterpret_cast<const char*>(data), size));
  if (const auto workload = quadlet::read(file)) run::InvariantCheck{file}(*workload);
  return 0;
}
