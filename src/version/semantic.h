#pragma once

#include <compare>
#include <cstddef>
#include <string_view>

namespace plimsoll::version {

/// A version that is more or less one of Semantic Versioning, in views into its text. Any text
/// gives one: the numbers are what stands before the first character that is neither digit nor dot,
/// what follows them is a pre-release, even without hyphen, and `+` begins the build.
struct Semantic {
  std::string_view numbers;     ///< "1.2.3"
  std::string_view prerelease;  ///< "rc.1"
  std::string_view build;
  bool is_prerelease = false;  ///< also when it is empty: "1.2.3-"
};

/// @param text  may have blanks around it, and a `v`, `V` or `=` before it
[[nodiscard]] Semantic parse_semantic(std::string_view text);

/// By number; those that are missing are 0.
[[nodiscard]] std::weak_ordering compare_dotted_numbers(std::string_view a, std::string_view b);

/// Whether their first `count` numbers are the same. With it an upper bound like `<1.3.0` of `~1.2`
/// needs no number one higher.
[[nodiscard]] bool starts_alike(std::string_view a, std::string_view b, std::size_t count);

/// How many numbers of "0.2.3" `^` keeps: up to the first that is not 0, else all.
[[nodiscard]] std::size_t caret_numbers(std::string_view numbers);

[[nodiscard]] std::size_t count_numbers(std::string_view numbers);

using CompareText = std::weak_ordering (*)(std::string_view a, std::string_view b);
/// Dot separated: numbers as numbers and before words; the longer of equal beginnings is later.
[[nodiscard]] std::weak_ordering compare_identifiers(std::string_view a, std::string_view b,
                                                     CompareText compare_words);

/// Numbers, then the pre-release, which is before the release. The build does not count.
[[nodiscard]] std::weak_ordering compare_semantic(const Semantic& a, const Semantic& b);
[[nodiscard]] std::weak_ordering compare_semantic(std::string_view a, std::string_view b);

/// What is taken off the letter of Semantic Versioning 2.
struct SemanticRules {
  bool leading_v = false;
  bool leading_zeros = false;
  std::size_t fewest_numbers = 3;
  std::size_t most_numbers = 3;
};
[[nodiscard]] bool is_semantic(std::string_view text, const SemanticRules& rules = {});

}  // namespace plimsoll::version
