#include "archive/inflate.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstdint>
#include <memory>

namespace plimsoll::archive {
namespace {

constexpr std::size_t kStep = 64U << 10U;
constexpr std::size_t kMostAtOnce = 1U << 30U;  // its counters have 32 bits

}  // namespace

Result<std::string> inflate(std::string_view deflated, std::size_t most) {
  const auto state = std::make_unique<inflate_state>();  // more than a stack should hold
  isal_inflate_init(state.get());
  state->crc_flag = ISAL_DEFLATE;
  std::string out;
  while (state->block_state != ISAL_BLOCK_FINISH) {
    const std::size_t before = out.size();
    // One byte past the limit, to see that there is more.
    const std::size_t room = std::min(std::max(kStep, before), most - before + 1);
    out.resize(before + room);
    const std::size_t taken = std::min(deflated.size(), kMostAtOnce);
    // Without const in its interface; it only reads.
    state->next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(deflated.data()));
    state->avail_in = static_cast<std::uint32_t>(taken);
    state->next_out = reinterpret_cast<std::uint8_t*>(out.data()) + before;
    state->avail_out = static_cast<std::uint32_t>(room);
    if (isal_inflate(state.get()) < 0) return fail(ErrorCode::kInvalid, "broken DEFLATE data");
    deflated.remove_prefix(taken - state->avail_in);
    out.resize(out.size() - state->avail_out);
    if (out.size() > most) return fail(ErrorCode::kTooLarge, "more bytes than may be unpacked");
    const bool is_over = deflated.empty() && state->block_state != ISAL_BLOCK_FINISH;
    if (is_over && out.size() == before) return fail(ErrorCode::kInvalid, "broken DEFLATE data");
  }
  return out;
}

}  // namespace plimsoll::archive
