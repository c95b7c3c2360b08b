#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll {

enum class GlobSyntax : std::uint8_t {
  kPath,  ///< `**` as a whole part of the path crosses folders (git, CI path filters); else it is
          ///< `*`
  kMoby,  ///< `**` anywhere stands for any folders, as in .dockerignore
};

/// A pattern for '/'-separated paths: `*` and `?` stay inside one part, [a-z] [!a-z] [[:alpha:]],
/// `\` takes the next byte as it is, `?` and [!…] take one UTF-8 character.
/// Matching simulates an automaton, so its time is at most pattern × path, whatever the pattern.
class Glob {
 public:
  /// Nullopt when a '[' is not closed or the pattern ends in a lone backslash.
  [[nodiscard]] static std::optional<Glob> compile(std::string_view pattern, GlobSyntax syntax);

  /// The whole path, not a part of it.
  [[nodiscard]] bool matches(std::string_view path) const;

 private:
  friend class GlobCompiler;

  enum class Step : std::uint8_t {
    kByte,       ///< this byte
    kAny,        ///< one byte, not '/'
    kClass,      ///< one byte of a class, never '/'
    kTail,       ///< any number of UTF-8 continuation bytes
    kStar,       ///< any number of bytes, not '/'
    kAll,        ///< any number of bytes
    kFolders,    ///< nothing, or what kInFolders takes
    kInFolders,  ///< any number of bytes, the last of them '/'
  };
  struct State {
    Step step = Step::kByte;
    char byte = '\0';
    std::uint32_t class_index = 0;
  };

  void enter(std::vector<std::uint8_t>& active, std::size_t state) const;
  void advance(std::vector<std::uint8_t>& next, std::size_t state, char c) const;

  std::string
      literal_;  ///< bytes every match starts with; the whole pattern when `states_` is empty
  std::string ending_;    ///< bytes every match ends with
  std::string required_;  ///< bytes that follow each other somewhere in every match
  std::vector<State> states_;
  std::vector<std::bitset<256>> classes_;
};

}  // namespace plimsoll
