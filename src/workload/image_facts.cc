#include "workload/image_facts.h"

#include <algorithm>
#include <span>

#include "workload/distribution.h"
#include "workload/image_facts_table.h"

namespace plimsoll {
namespace {

/// '*' stands for any bytes. Backtracks to the last '*' only, so at most pattern × text steps.
bool glob_matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool any_glob_matches(std::string_view globs, std::string_view text) {
  for (;;) {
    const std::size_t blank = globs.find(' ');
    if (glob_matches(globs.substr(0, blank), text)) return true;
    if (blank == std::string_view::npos) return false;
    globs.remove_prefix(blank + 1);
  }
}

using Rows = std::span<const ImageFacts>;

/// The first row about the tag; the `*` row when only a digest is known.
const ImageFacts* row_for(Rows rows, std::string_view tag) {
  if (rows.empty()) return nullptr;
  if (tag.empty()) return &rows.back();
  return &*std::find_if(rows.begin(), rows.end(),
                        [tag](const ImageFacts& row) { return any_glob_matches(row.tags, tag); });
}

/// A field of the row about the tag. Behind a digest any tag may hide, so there all rows must
/// agree.
template <class T>
T field(const ImageReference& reference, T ImageFacts::*member) {
  const Rows rows = ImageFactsTable::builtin().find(reference);
  const std::string_view tag = reference.effective_tag();
  const ImageFacts* row = row_for(rows, tag);
  if (row == nullptr) return T{};
  const bool certain =
      !tag.empty() || std::all_of(rows.begin(), rows.end(), [row, member](const ImageFacts& other) {
        return other.*member == row->*member;
      });
  return certain ? row->*member : T{};
}

/// What the words of a tag or a name say. A variant without a distribution beats the distribution
/// that it was cut from: 8.0-jammy-chiseled.
ImageFamily family_of_words(std::string_view words) {
  ImageFamily family = ImageFamily::kUnknown;
  while (!words.empty()) {
    const auto distribution = distribution_of(next_word(words));
    if (!distribution) continue;
    const bool decisive = distribution->family == ImageFamily::kDistroless ||
                          distribution->family == ImageFamily::kWindows;
    if (decisive) return distribution->family;
    if (family == ImageFamily::kUnknown) family = distribution->family;
  }
  return family;
}

bool says_minimal(std::string_view words) {
  constexpr std::string_view kMinimal[] = {"slim", "minimal", "micro", "tiny"};
  while (!words.empty()) {
    const std::string_view word = next_word(words);
    if (std::find(std::begin(kMinimal), std::end(kMinimal), word) != std::end(kMinimal)) {
      return true;
    }
  }
  return false;
}

std::string_view last_component(std::string_view repository) {
  return repository.substr(repository.rfind('/') + 1);
}

}  // namespace

const ImageFacts* find_image_facts(const ImageReference& reference) {
  return row_for(ImageFactsTable::builtin().find(reference), reference.effective_tag());
}

ImageFamily family_of(const ImageReference& reference) {
  const ImageFamily by_tag = family_of_words(reference.tag);
  if (by_tag != ImageFamily::kUnknown) return by_tag;
  if (find_image_facts(reference) != nullptr) return field(reference, &ImageFacts::family);
  return family_of_words(last_component(reference.repository));
}

bool is_minimal(const ImageReference& reference) {
  const ImageKind kind = field(reference, &ImageFacts::kind);
  if (kind == ImageKind::kDistroless || kind == ImageKind::kMinimal) return true;
  switch (family_of(reference)) {
    case ImageFamily::kAlpine:
    case ImageFamily::kDistroless:
    case ImageFamily::kScratch:
    case ImageFamily::kBusybox:
    case ImageFamily::kWolfi: return true;
    default: break;
  }
  return says_minimal(reference.tag) || says_minimal(last_component(reference.repository));
}

std::optional<bool> has_shell(const ImageReference& reference) {
  if (find_image_facts(reference) != nullptr) return field(reference, &ImageFacts::has_shell);
  switch (family_of(reference)) {
    case ImageFamily::kDistroless:
    case ImageFamily::kScratch: return false;
    case ImageFamily::kDebian:
    case ImageFamily::kAlpine:
    case ImageFamily::kUbuntu:
    case ImageFamily::kRedhat:
    case ImageFamily::kBusybox:
    case ImageFamily::kWindows: return true;
    default: return std::nullopt;
  }
}

std::string_view default_user(const ImageReference& reference) {
  return field(reference, &ImageFacts::user);
}

}  // namespace plimsoll
