#include <cstddef>
#include <cstdint>
#include <string>

#include "parse/tree_invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  const SourceFile source("fuzz.json", std::string(reinterpret_cast<const char*>(data), size));
  const auto strict = parse_json(source);
  const auto relaxed = parse_json(source, {.relaxed = true});
  check_tree(*strict);
  check_tree(*relaxed);
  if (strict->documents.size() + strict->problems.size() != 1) PL_BUG("neither value nor problem");
  // JSON5 is a superset, with the same values.
  if (strict->problems.empty()) {
    if (!relaxed->problems.empty()) PL_BUG("relaxed refuses strict JSON");
    if (dump(*strict->documents[0].root) != dump(*relaxed->documents[0].root)) {
      PL_BUG("relaxed reads strict JSON otherwise");
    }
  }
  return 0;
}
