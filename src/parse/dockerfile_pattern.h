#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::dockerfile {

struct Trim {
  bool suffix = false;
  bool longest = false;
};

/// The patterns of ${x#p}, ${x%p} and ${x/p/r}: '*', '?', and '\' before one of * ? \ } /.
/// Bracket expressions are plain text, as in BuildKit. '?' is one UTF-8 code point.
///
/// Every function takes the comparisons it may still spend and gives nullopt when they run out:
/// a plain search costs text × pattern, which a hostile file would make billions.
class Pattern {
 public:
  /// Nullopt when '\' stands before another character.
  [[nodiscard]] static std::optional<Pattern> compile(std::string_view text);

  /// `text` without the matching start (or end); whole when nothing matches.
  [[nodiscard]] std::optional<std::string> trim(std::string_view text, Trim trim,
                                                std::size_t& steps) const;
  /// The first (or every) longest match replaced; each byte put in is a step too.
  [[nodiscard]] std::optional<std::string> replace(std::string_view text,
                                                   std::string_view replacement, bool all,
                                                   std::size_t& steps) const;

 private:
  struct Token {
    char byte = 0;
    bool any = false;  ///< '?': one code point
  };
  using Segment = std::vector<Token>;  // what stands between two '*'

  struct Match {
    bool spent = false;  ///< out of steps
    std::optional<std::size_t> end;
  };
  [[nodiscard]] static Match match_segment(const Segment& segment, std::string_view text,
                                           std::size_t at, std::size_t& steps);
  /// Where a match that starts at `at` ends.
  [[nodiscard]] Match match(std::string_view text, std::size_t at, bool longest,
                            std::size_t& steps) const;
  [[nodiscard]] std::optional<std::size_t> match_start(std::string_view text, bool longest,
                                                       std::size_t& steps) const;
  [[nodiscard]] Pattern reversed() const;

  std::vector<Segment> segments_ = std::vector<Segment>(1);
};

}  // namespace plimsoll::dockerfile
