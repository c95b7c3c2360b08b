#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bug.h"
#include "image/binary/binary_collector.h"
#include "image/wire.h"

namespace plimsoll::image {
namespace {

std::string facts_of(std::string_view name, std::string_view bytes, std::size_t piece,
                     const BinaryCollector::Limits& limits) {
  LayerAnalysis analysis;
  BinaryCollector collector(analysis.binaries, limits);
  Entry entry{.path = "bin/" + std::string(name), .mode = 0755, .size = bytes.size()};
  if (collector.begin(entry, bytes.substr(0, 256U << 10U))) {
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      collector.piece(bytes.substr(at, piece));
    }
    collector.end(entry, true);
  }
  return to_bytes(analysis);
}

}  // namespace
}  // namespace plimsoll::image

/// A line with a file's name, then its content: how it is cut into pieces changes nothing, whether
/// it is kept whole or searched while it passes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll::image;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line_end = std::min(input.find('\n'), input.size());
  const std::string_view name = input.substr(0, line_end);
  const std::string_view bytes = input.substr(std::min(line_end + 1, input.size()));
  const BinaryCollector::Limits kAll[] = {{}, {.most_kept = 0, .window = 600}};
  for (const BinaryCollector::Limits& limits : kAll) {
    const std::string once = facts_of(name, bytes, bytes.size() + 1, limits);
    for (const std::size_t piece : {std::size_t{1} + size % 7, std::size_t{700}}) {
      if (facts_of(name, bytes, piece, limits) != once) PL_BUG("pieces change what is found");
    }
  }
  return 0;
}
