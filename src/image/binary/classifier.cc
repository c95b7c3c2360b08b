#include "image/binary/classifier.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/ascii.h"
#include "core/bug.h"
#include "core/glob.h"
#include "core/path.h"
#include "image/binary/find_bytes.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kLongestVersion = 64;
constexpr std::size_t kMostDigits = 8;

bool continues_version(char c) {
  return ascii::is_alnum(c) || c == '.' || c == '-' || c == '+' || c == '_' || c == '~';
}

/// @return where the digits from `at` on end; `at` when there are none, or too many
std::size_t skip_number(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && ascii::is_digit(text[end])) ++end;
  return end - at > kMostDigits ? at : end;
}

/// @return where "-rc.1" ends; `at` when none of the suffixes stands here
std::size_t skip_suffix(std::string_view text, std::size_t at, std::string_view suffixes) {
  for (const std::string_view suffix : ascii::split(suffixes, ' ')) {
    if (suffix.empty() || !text.substr(at).starts_with(suffix)) continue;
    std::size_t end = skip_number(text, at + suffix.size());
    if (end == at + suffix.size()) continue;
    while (end < text.size() && text[end] == '.') {
      const std::size_t next = skip_number(text, end + 1);
      if (next == end + 1) break;
      end = next;
    }
    return end;
  }
  return at;
}

/// How long the version is that `text` begins with; 0 for none.
std::size_t version_size(std::string_view text, const Evidence& evidence) {
  std::size_t at = skip_number(text, 0);
  if (at == 0) return 0;
  unsigned first = 0;
  for (std::size_t i = 0; i < at && first <= 255; ++i) {
    first = first * 10 + static_cast<unsigned>(text[i] - '0');
  }
  if (first > evidence.highest) return 0;
  std::size_t dots = 0;
  while (dots < evidence.most_dots && at < text.size() && text[at] == '.') {
    const std::size_t next = skip_number(text, at + 1);
    if (next == at + 1) break;
    at = next;
    ++dots;
  }
  if (dots < evidence.least_dots) return 0;
  if (evidence.letter && at < text.size() && ascii::is_lower(text[at]) &&
      (at + 1 == text.size() || !continues_version(text[at + 1]))) {
    ++at;
  }
  const std::size_t end = skip_suffix(text, at, evidence.suffixes);
  return evidence.needs_suffix && end == at ? 0 : end;
}

/// The version that begins at `start` and is followed by what must follow it; "" for none, or for
/// one that the window does not show whole.
std::string_view version_at(std::string_view window, std::size_t start, const Evidence& evidence,
                            bool is_last) {
  const std::size_t shown = std::min(window.size() - start, kLongestVersion);
  const std::size_t size = version_size(window.substr(start, shown), evidence);
  if (size == 0) return {};
  const std::size_t end = start + size;
  const std::string_view rest = window.substr(end);
  if (rest.size() < std::max<std::size_t>(1, evidence.behind.size()) && !is_last) return {};
  const bool good = evidence.behind.empty() ? rest.empty() || !continues_version(rest[0])
                                            : rest.starts_with(evidence.behind);
  return good ? window.substr(start, size) : std::string_view();
}

/// The version that ends where `end` is.
std::string_view version_before(std::string_view window, std::size_t end, const Evidence& evidence,
                                bool is_first) {
  std::size_t start = end;
  while (start > 0 && end - start <= kLongestVersion && continues_version(window[start - 1])) {
    --start;
  }
  if (end - start > kLongestVersion || (start == 0 && !is_first)) return {};
  const std::string_view text = window.substr(start, end - start);
  return version_size(text, evidence) == text.size() ? text : std::string_view();
}

/// "3.11." of "libpython3.11.so.1.0".
std::string version_in_name(std::string_view name) {
  const std::size_t start = std::min(name.find_first_of("0123456789"), name.size());
  std::size_t end = start;
  while (end < name.size() && (ascii::is_digit(name[end]) || name[end] == '.')) ++end;
  std::string version(name.substr(start, end - start));
  if (!version.ends_with('.')) version += '.';
  return version;
}

/// Names of files and who asks for them.
class Names {
 public:
  Names() {
    for (const ClassifierFamily* family : all_classifier_families()) {
      for (const Classifier& classifier : family->classifiers) {
        for (const std::string_view name : ascii::split(classifier.files, ' ')) {
          const std::size_t star = name.find('*');
          if (star == std::string_view::npos) {
            exact_[name].push_back(&classifier);
          } else {
            auto glob = Glob::compile(name, GlobSyntax::kPath);
            if (!glob) PL_BUG("a broken pattern in a table");
            patterns_.emplace_back(*std::move(glob), &classifier);
          }
        }
      }
    }
  }

  [[nodiscard]] std::vector<const Classifier*> of(std::string_view name, bool is_elf) const {
    std::vector<const Classifier*> found;
    if (const auto exact = exact_.find(name); exact != exact_.end()) found = exact->second;
    for (const auto& [pattern, classifier] : patterns_) {
      if (pattern.matches(name)) found.push_back(classifier);
    }
    std::erase_if(found, [is_elf](const Classifier* each) { return each->is_elf != is_elf; });
    return found;
  }

 private:
  std::unordered_map<std::string_view, std::vector<const Classifier*>> exact_;
  std::vector<std::pair<Glob, const Classifier*>> patterns_;
};

}  // namespace

std::vector<const Classifier*> classifiers_of(std::string_view path, bool is_elf) {
  static const Names kNames;
  return kNames.of(path::name(path), is_elf);
}

VersionSearch::VersionSearch(const Classifier& classifier, std::string_view path)
    : classifier_(&classifier),
      named_(version_in_name(path::name(path))),
      found_(classifier.evidence.size()) {}

void VersionSearch::look(std::string_view window, bool is_first, bool is_last) {
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const Evidence& evidence = classifier_->evidence[i];
    const bool backward = evidence.before.empty();
    const std::string literal = std::string(backward ? evidence.behind : evidence.before) +
                                (evidence.is_named ? named_ : std::string());
    const std::size_t before = evidence.before.size();
    for (std::size_t at = find_bytes(window, literal);
         at != std::string_view::npos && !found_[i].is_ambiguous;
         at = find_bytes(window, literal, at + 1)) {
      const std::string_view version = backward
                                           ? version_before(window, at, evidence, is_first)
                                           : version_at(window, at + before, evidence, is_last);
      if (version.empty()) continue;
      std::string& known = found_[i].version;
      found_[i].is_ambiguous = !known.empty() && known != version;
      known = version;
    }
  }
}

std::optional<std::string> VersionSearch::version() const {
  for (const Found& found : found_) {
    if (!found.version.empty() && !found.is_ambiguous) return found.version;
  }
  return std::nullopt;
}

}  // namespace plimsoll::image
