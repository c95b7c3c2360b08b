#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parse/image_reference.h"

namespace plimsoll::base {

/// What an image of a runtime is cut down to.
enum class Flavour : std::uint8_t { kFull, kSlim, kAlpine, kDistroless };
[[nodiscard]] std::string_view to_string(Flavour flavour);

/// What a tag says, and a repository such as gcr.io/distroless/python3-debian12.
/// "3.11.4-slim-bookworm" is version 3.11.4, slim, of Debian 12.
struct Tag {
  std::vector<std::uint32_t> version;  ///< {3, 11, 4}; of "bookworm" in `debian`: {12}
  bool is_early = false;               ///< a release candidate or the like
  std::string channel;  ///< in place of a version: "latest", also of "slim"; "lts"; what is unknown
  std::string snapshot;  ///< "20240110": a day's build of the version
  Flavour flavour = Flavour::kFull;
  std::string distribution;            ///< of what is inside: "debian", as endoflife.date has it
  std::vector<std::uint32_t> release;  ///< of `distribution`; empty where the tag does not say
  std::vector<std::string> variants;   ///< what is left, sorted: "fpm", "jdk"
  friend bool operator==(const Tag&, const Tag&) = default;
};

/// Any tag is answered; one that was not written is "latest".
[[nodiscard]] Tag read_tag(const ImageReference& reference);

/// What an image is there for, whoever publishes it: "python" of python, of
/// gcr.io/distroless/python3-debian12 and of cgr.dev/chainguard/python.
[[nodiscard]] std::string runtime_of(const ImageReference& reference);

/// {3, 11} of "3.11"; empty for what is no version.
[[nodiscard]] std::vector<std::uint32_t> numbers_of(std::string_view version);

}  // namespace plimsoll::base
