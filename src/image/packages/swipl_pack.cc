#include <algorithm>

#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// Prolog text up to the facts `functor(argument, …).` of a pack's metadata.
class Facts {
 public:
  explicit Facts(std::string_view text) : text_(text) {}

  struct Fact {
    std::string_view functor;
    std::string_view argument;  ///< the first, without quotes; "" when it is no atom or string
    std::uint32_t offset = 0;
  };

  /// False at the end.
  bool next(Fact& fact) {
    skip_layout();
    if (at_ >= text_.size()) return false;
    fact = {.offset = static_cast<std::uint32_t>(at_)};
    fact.functor = word();
    skip_layout();
    if (at_ < text_.size() && text_[at_] == '(') {
      ++at_;
      skip_layout();
      fact.argument = word();
    }
    skip_clause();
    return true;
  }

 private:
  static bool is_quote(char c) { return c == '\'' || c == '"' || c == '`'; }

  void skip_layout() {
    while (at_ < text_.size()) {
      if (text_[at_] == '%') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (text_.substr(at_, 2) == "/*") {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else if (ascii::is_space(text_[at_])) {
        ++at_;
      } else {
        return;
      }
    }
  }

  /// Just past the quote that closes the one here.
  void skip_quoted() {
    const char quote = text_[at_];
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    at_ = std::min(at_ + 1, text_.size());
  }

  std::string_view word() {
    const std::size_t begin = at_;
    if (begin < text_.size() && is_quote(text_[begin])) {
      skip_quoted();
      const std::size_t length = at_ - begin;
      return length < 2 ? std::string_view{} : text_.substr(begin + 1, length - 2);
    }
    while (at_ < text_.size() && (ascii::is_name(text_[at_]) || text_[at_] == '.') &&
           !is_end(at_)) {
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }

  /// A clause ends in a '.' before layout.
  [[nodiscard]] bool is_end(std::size_t at) const {
    return text_[at] == '.' &&
           (at + 1 == text_.size() || ascii::is_space(text_[at + 1]) || text_[at + 1] == '%');
  }

  void skip_clause() {
    while (at_ < text_.size()) {
      skip_layout();
      if (at_ >= text_.size()) return;
      if (is_quote(text_[at_])) {
        skip_quoted();
      } else if (is_end(at_++)) {
        return;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

Result<void> read(PackageFile& file, PackageList& list) {
  Facts facts(file.bytes());
  Package package;
  for (Facts::Fact fact; facts.next(fact);) {
    if (fact.functor == "name") {
      package.name = fact.argument;
      package.line = file.line_of(fact.offset);
    }
    if (fact.functor == "version") package.version = fact.argument;
  }
  if (package.name.empty() || package.version.empty()) {
    return fail(ErrorCode::kInvalid, "no pack: it has no 'name' or no 'version'", file.path());
  }
  list.add(std::move(package));
  return {};
}

}  // namespace

const PackageReader& swipl_pack() {
  static constexpr PackageReader kReader{
      .kind = "swipl-pack",
      .ecosystem = "swipl",
      .files = "**/pack/*/pack.pl",  // Perl's scripts end in .pl too
      .read = read,
      .source = "https://www.swi-prolog.org/pldoc/man?section=prologpack"};
  return kReader;
}

}  // namespace plimsoll::image::packages
