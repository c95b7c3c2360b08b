#include "image/beam_term.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kDeepest = 256;

bool is_atom(char c) {
  return ascii::is_alnum(c) || c == '_' || c == '@' || c == '-' || c == '.' || c == '?' || c == '!';
}

class Parser {
 public:
  explicit Parser(std::string_view source) : source_(source) {
    result_.terms.push_back({.is_group = true});
    open_.push_back(0);
  }

  Result<BeamTerms> parse() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      const bool is_map = c == '%' && at_ + 1 < source_.size() && source_[at_ + 1] == '{';
      if (c == '#' || (c == '%' && !is_map)) {
        at_ = std::min(source_.find('\n', at_), source_.size());
      } else if (c == '{' || c == '[') {
        if (open_.size() > kDeepest) return fail(ErrorCode::kLimit, "terms nested too deep");
        const std::uint32_t group = add({.is_group = true});
        open_.push_back(group);
        closings_.push_back(c == '{' ? '}' : ']');
        ++at_;
      } else if (c == '}' || c == ']') {
        if (closings_.empty() || closings_.back() != c) return unmatched();
        closings_.pop_back();
        open_.pop_back();
        ++at_;
      } else if (c == '"' || c == '\'') {
        take_quoted(c);
      } else if (is_atom(c) && c != '.') {
        take_atom();
      } else {
        ++at_;
      }
    }
    if (!closings_.empty()) return unmatched();
    return std::move(result_);
  }

 private:
  static tl::unexpected<Error> unmatched() {
    return fail(ErrorCode::kInvalid, "no Erlang or Elixir term: brackets do not match");
  }

  std::uint32_t add(BeamTerm term) {
    const auto index = static_cast<std::uint32_t>(result_.terms.size());
    term.offset = static_cast<std::uint32_t>(at_);
    result_.terms.push_back(std::move(term));
    result_.terms[open_.back()].items.push_back(index);
    return index;
  }

  void take_quoted(char quote) {
    std::size_t end = at_ + 1;
    while (end < source_.size() && source_[end] != quote) end += source_[end] == '\\' ? 2U : 1U;
    end = std::min(end, source_.size());
    add({.text = source_.substr(at_ + 1, end - at_ - 1)});
    at_ = std::min(end + 1, source_.size());
  }

  void take_atom() {
    std::size_t end = at_;
    while (end < source_.size() && is_atom(source_[end])) ++end;
    add({.text = source_.substr(at_, end - at_)});
    at_ = end;
  }

  std::string_view source_;
  std::size_t at_ = 0;
  BeamTerms result_;
  std::vector<std::uint32_t> open_;
  std::vector<char> closings_;
};

}  // namespace

Result<BeamTerms> parse_beam_terms(std::string_view source) {
  return Parser(source).parse();
}

}  // namespace plimsoll::image
