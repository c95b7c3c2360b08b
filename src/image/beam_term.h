#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace plimsoll::image {

/// A literal of Erlang or Elixir, as rebar.lock and mix.lock are written. Both are read alike:
/// tuples, lists, maps and binaries' brackets hold items; strings and atoms are texts; commas,
/// colons and `=>` only part them. So {:hex, :a, "1"} has the items hex, a, 1.
struct BeamTerm {
  bool is_group = false;
  std::string_view text;  ///< of a string or atom; escapes as written
  std::uint32_t offset = 0;
  std::vector<std::uint32_t> items;  ///< indices in BeamTerms::terms
};

struct BeamTerms {
  std::vector<BeamTerm> terms;  ///< the first is what holds all others
  [[nodiscard]] const BeamTerm& root() const { return terms.front(); }
  [[nodiscard]] const BeamTerm* item(const BeamTerm& group, std::size_t index) const {
    return index < group.items.size() ? &terms[group.items[index]] : nullptr;
  }
  /// "" when there is no such item or it is a group.
  [[nodiscard]] std::string_view text(const BeamTerm& group, std::size_t index) const {
    const BeamTerm* found = item(group, index);
    return found == nullptr ? std::string_view{} : found->text;
  }
};

/// The texts are of `source`, which must outlive them.
/// @error kInvalid  brackets do not match    @error kLimit  more than 256 deep
[[nodiscard]] Result<BeamTerms> parse_beam_terms(std::string_view source);

}  // namespace plimsoll::image
