#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::image {

/// Where a program says its version: "nginx version: nginx/" <version> "". The language is small on
/// purpose: a literal, a version, a literal, found with plain searches in one pass.
///
///   version := number { "." number } [ letter ] [ suffix digits { "." digits } ]
///
/// An empty `behind` asks that the version ends there: no letter, digit, '.', '-', '+', '_' or '~'
/// follows. With an empty `before` it is `behind` that is searched, and the version must begin
/// where no such character stands before it.
struct Evidence {
  std::string_view before;
  std::string_view behind = {};
  std::uint8_t least_dots = 2;
  std::uint8_t most_dots = 2;
  std::string_view suffixes = {};  ///< blank separated: "-rc beta"
  bool needs_suffix = false;
  bool letter = false;         ///< "1.1.1w"
  std::uint8_t highest = 255;  ///< of the first number: not a year
  /// The file's name says how it begins, and numbers follow: "3.11" of "libpython3.11.so.1.0".
  bool is_named = false;
};

/// How one program is told that no package manager brought.
struct Classifier {
  std::string_view name;   ///< "nginx", also in the package URL: pkg:generic/nginx@1.25.3
  std::string_view files;  ///< blank separated globs of names: "php-fpm*"
  std::span<const Evidence> evidence;  ///< the first that is found once decides
  bool is_elf = true;                  ///< else it is some text
};

struct ClassifierFamily {
  std::span<const Classifier> classifiers;
};
/// One per file of classifiers/.
[[nodiscard]] const std::vector<const ClassifierFamily*>& all_classifier_families();

/// Which classifiers ask for a file of this name; asked of every file.
[[nodiscard]] std::vector<const Classifier*> classifiers_of(std::string_view path, bool is_elf);

/// Looks for one classifier's evidence in a file that passes in windows, each of which begins with
/// kOverlap bytes of the one before.
class VersionSearch {
 public:
  /// No evidence is longer.
  static constexpr std::size_t kOverlap = 512;

  VersionSearch(const Classifier& classifier, std::string_view path);
  /// @param is_first, is_last  of the file
  void look(std::string_view window, bool is_first, bool is_last);
  [[nodiscard]] const Classifier& classifier() const { return *classifier_; }
  /// Of the first evidence that says one version and no other.
  [[nodiscard]] std::optional<std::string> version() const;

 private:
  struct Found {
    std::string version;
    bool is_ambiguous = false;
  };
  const Classifier* classifier_;
  std::string named_;         ///< "3.11." of the file's name
  std::vector<Found> found_;  ///< as the evidence
};

}  // namespace plimsoll::image
