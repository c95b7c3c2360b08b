#pragma once

#include <cstddef>
#include <cstdint>

namespace plimsoll::archive {

/// Whether this processor has instructions for SHA-256.
[[nodiscard]] bool can_hash_pairs();

/// FIPS 180-4 §6.2.2 for two messages at once: the rounds of one wait for each other, so that a
/// second message between them costs little. Asks for can_hash_pairs().
/// @param state   eight words each, which are brought forward
/// @param blocks  of 64 bytes, in each message
void hash_pair(std::uint32_t* first_state, const char* first, std::uint32_t* second_state,
               const char* second, std::size_t blocks);

}  // namespace plimsoll::archive
