#include "parse/interpolate.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"

namespace plimsoll::interpolate {
namespace {

/// A "${name<op>word}" taken apart. Offsets are into the whole text.
struct Braced {
  std::string_view name;
  std::string_view op;  ///< "", "-", ":-", "?", ":?", "+", ":+"
  std::uint32_t word_begin = 0;
  std::uint32_t word_end = 0;
  std::uint32_t end = 0;  ///< after the '}'
};

///   text      = { literal | "$$" | "$" name | "${" name [ op word ] "}" }
///   op        = [ ":" ] ( "-" | "?" | "+" )
///   word      = text, up to the matching "}"
/// A stack of open words instead of recursion; each word is read once, when its turn comes.
class Interpolator {
 public:
  Interpolator(std::string_view text, Lookup lookup) : text_(text), lookup_(lookup) {}

  Result run() && {
    match_braces();
    words_.push_back({0, size()});
    while (!words_.empty() && !stopped_) {
      Word& word = words_.back();
      if (word.at >= word.end) {
        words_.pop_back();
      } else {
        step(word);
      }
    }
    return std::move(result_);
  }

 private:
  struct Word {
    std::uint32_t at = 0;
    std::uint32_t end = 0;
  };
  struct Pair {
    std::uint32_t open = 0;
    std::optional<std::uint32_t> close;
  };

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }

  void step(Word& word) {
    const std::string_view rest = text_.substr(word.at, word.end - word.at);
    const std::size_t dollar = rest.find('$');
    if (dollar != 0) {
      const std::string_view literal = rest.substr(0, dollar);
      append(literal);
      word.at += static_cast<std::uint32_t>(literal.size());
    } else if (rest.starts_with("$$")) {
      append("$");
      word.at += 2;
    } else if (rest.starts_with("${")) {
      braced(word);
    } else {
      named(word);
    }
  }

  void append(std::string_view text) {
    if (result_.text.size() + text.size() > limits::kExpandedValueBytes) {
      stop({0, size()},
           "expands to more than " + std::to_string(limits::kExpandedValueBytes) + " bytes");
      return;
    }
    result_.text += text;
  }

  void stop(Span span, std::string message) {
    result_.errors.push_back({span, std::move(message)});
    result_.known = false;
    stopped_ = true;
  }

  [[nodiscard]] std::uint32_t name_end(std::uint32_t at, std::uint32_t end) const {
    if (at >= end || !ascii::is_name_start(text_[at])) return at;
    while (at < end && ascii::is_name(text_[at])) ++at;
    return at;
  }

  void named(Word& word) {
    const std::uint32_t begin = word.at + 1;
    const std::uint32_t end = name_end(begin, word.end);
    if (end == begin) return refuse(word, "'$' must be followed by a name, '{' or another '$'");
    Variable variable{.name = text_.substr(begin, end - begin), .span = {word.at, end}};
    word.at = end;
    const auto value = lookup(variable.name);
    variable.set = value.has_value();
    result_.known = result_.known && variable.set;
    result_.variables.push_back(variable);
    if (value) append(*value);
  }

  void refuse(Word& word, std::string message) {
    result_.errors.push_back({{word.at, word.at + 1}, std::move(message)});
    result_.known = false;
    append("$");
    ++word.at;
  }

  [[nodiscard]] std::optional<std::string> lookup(std::string_view name) const {
    return lookup_.get == nullptr ? std::nullopt : lookup_.get(lookup_.context, name);
  }

  /// Finds the '}' of every "${" in one pass: searching for each would take quadratic time.
  void match_braces() {
    std::vector<std::size_t> open;  // indices into pairs_
    for (std::uint32_t at = 0; at < size(); ++at) {
      const std::string_view rest = text_.substr(at);
      if (rest.starts_with("$$")) {
        ++at;
      } else if (rest.starts_with("${")) {
        open.push_back(pairs_.size());
        pairs_.push_back({at++, std::nullopt});
      } else if (rest.front() == '}' && !open.empty()) {
        pairs_[open.back()].close = at;
        open.pop_back();
      }
    }
  }

  /// Of the "${" at `open`.
  [[nodiscard]] std::optional<std::uint32_t> find_close(std::uint32_t open) const {
    const auto found =
        std::lower_bound(pairs_.begin(), pairs_.end(), open,
                         [](const Pair& pair, std::uint32_t offset) { return pair.open < offset; });
    return found == pairs_.end() || found->open != open ? std::nullopt : found->close;
  }

  [[nodiscard]] std::optional<Braced> read_braced(const Word& word) const {
    Braced braced;
    const std::uint32_t begin = word.at + 2;
    std::uint32_t at = name_end(begin, word.end);
    braced.name = text_.substr(begin, at - begin);
    const std::uint32_t op = at;
    if (at < word.end && text_[at] == ':') ++at;
    if (at < word.end && std::string_view("-?+").find(text_[at]) != std::string_view::npos) ++at;
    braced.op = text_.substr(op, at - op);
    braced.word_begin = at;
    if (braced.name.empty() || braced.op == ":") return std::nullopt;
    if (braced.op.empty()) {
      if (at >= word.end || text_[at] != '}') return std::nullopt;
      braced.word_end = at;
    } else {
      const auto close = find_close(word.at);
      if (!close || *close < at) return std::nullopt;
      braced.word_end = *close;
    }
    braced.end = braced.word_end + 1;
    return braced;
  }

  void braced(Word& word) {
    const auto read = read_braced(word);
    if (!read) return refuse(word, "'${' must hold a name and end in '}'");
    const auto value = lookup(read->name);
    Variable variable{
        .name = read->name,
        .span = {word.at, read->end},
        .set = value.has_value(),
        .default_text = text_.substr(read->word_begin, read->word_end - read->word_begin)};
    word.at = read->end;
    const char kind = read->op.empty() ? '\0' : read->op.back();
    const bool given = value && (!read->op.starts_with(':') || !value->empty());
    variable.required = kind == '?';
    variable.used_default = (kind == '-' && !given) || (kind == '+' && given);
    const bool lacks_value = !given && (kind == '\0' || kind == '?');
    result_.known = result_.known && !lacks_value;
    result_.variables.push_back(variable);
    if (variable.used_default) return open_word({read->word_begin, read->word_end}, variable.span);
    if (given && kind != '+') append(*value);
  }

  void open_word(Word word, Span span) {
    if (words_.size() > limits::kInterpolationDepth) {
      return stop(span,
                  "variables nested deeper than " + std::to_string(limits::kInterpolationDepth));
    }
    words_.push_back(word);
  }

  std::string_view text_;
  Lookup lookup_;
  Result result_;
  std::vector<Word> words_;
  std::vector<Pair> pairs_;  ///< sorted by `open`
  bool stopped_ = false;
};

}  // namespace

Result interpolate(std::string_view text, Lookup lookup) {
  return Interpolator(text, lookup).run();
}

}  // namespace plimsoll::interpolate
