#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plimsoll::check {

/// Blank-separated words that rules look up for every word of every RUN: "apt-get apt aptitude".
/// A filter made at compile time answers nearly every miss without reading the list.
class WordList {
 public:
  constexpr WordList() = default;
  consteval WordList(const char* words) : WordList(std::string_view(words)) {}
  consteval WordList(std::string_view words) : words_(words) {
    while (!words.empty()) {
      const std::string_view word = words.substr(0, words.find(' '));
      if (!word.empty()) filter_[slot(word) / 64] |= std::uint64_t{1} << (slot(word) % 64);
      words.remove_prefix(word.size() == words.size() ? words.size() : word.size() + 1);
    }
  }

  [[nodiscard]] constexpr bool has(std::string_view word) const {
    if (word.empty()) return false;
    const std::size_t at = slot(word);
    return (filter_[at / 64] >> (at % 64) & 1U) != 0 && lists(word);
  }
  [[nodiscard]] constexpr std::string_view words() const { return words_; }

 private:
  static constexpr std::size_t slot(std::string_view word) {
    return (static_cast<unsigned char>(word.front()) * 7U +
            static_cast<unsigned char>(word.back()) * 31U + word.size() * 3U) %
           256U;
  }
  [[nodiscard]] constexpr bool lists(std::string_view word) const {
    for (std::size_t at = words_.find(word); at != std::string_view::npos;
         at = words_.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      if ((at == 0 || words_[at - 1] == ' ') && (end == words_.size() || words_[end] == ' ')) {
        return true;
      }
    }
    return false;
  }

  std::string_view words_;
  std::array<std::uint64_t, 4> filter_{};
};

[[nodiscard]] constexpr bool has_word(const WordList& list, std::string_view word) {
  return list.has(word);
}

}  // namespace plimsoll::check
