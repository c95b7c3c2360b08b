#include <cstddef>
#include <cstdint>
#include <string>

#include "core/bug.h"
#include "parse/dotenv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  const SourceFile source(".env", std::string(reinterpret_cast<const char*>(data), size));
  const dotenv::File file = dotenv::parse(source);
  std::uint32_t last = 0;
  for (const dotenv::Entry& entry : file.entries) {
    if (entry.span.begin < last || entry.span.end > size) PL_BUG("entries overlap");
    last = entry.span.end;
    if (source.slice(entry.key_span) != entry.key) PL_BUG("a key's span is not its text");
    if (!entry.span.contains(entry.key_span)) PL_BUG("key outside its entry");
    if (!entry.span.contains(entry.value_span)) PL_BUG("value outside its entry");
    const bool plain = entry.quotes == dotenv::Quotes::kNone;
    if (plain && source.slice(entry.value_span) != entry.value) PL_BUG("plain value changed");
  }
  for (const dotenv::Problem& problem : file.problems) {
    if (problem.span.end > size || problem.span.begin > problem.span.end) {
      PL_BUG("problem outside the file");
    }
  }
  return 0;
}
