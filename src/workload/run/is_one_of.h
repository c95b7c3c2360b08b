#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace plimsoll::run {

[[nodiscard]] inline bool is_one_of(std::string_view text,
                                    std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace plimsoll::run
