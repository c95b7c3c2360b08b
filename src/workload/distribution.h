#pragma once

#include <optional>
#include <string_view>

#include "workload/end_of_life.h"
#include "workload/image_facts.h"

namespace plimsoll {

/// Cuts the next word off the front of a tag or repository name: "8u292-b10_jre" is three words.
[[nodiscard]] std::string_view next_word(std::string_view& rest);

/// A version at the start of a word, "v" skipped: "14.17.0" of "14.17.0", "8" of "8u292", "3.9" of
/// "3.9rc1"; "" of anything else, such as the hash "5b3f2a".
[[nodiscard]] std::string_view version_of(std::string_view word);

/// What one word of a tag says about the operating system inside.
struct Distribution {
  ImageFamily family = ImageFamily::kUnknown;
  const EndOfLife* release = nullptr;  ///< null when the word names no known release
};

/// "alpine3.12", "debian-11", "bullseye", "ubi8", "windowsservercore"; nothing for any other word.
[[nodiscard]] std::optional<Distribution> distribution_of(std::string_view word);

}  // namespace plimsoll
