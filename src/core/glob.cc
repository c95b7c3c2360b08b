#include "core/glob.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.h"

namespace plimsoll {
namespace {

struct NamedClass {
  std::string_view name;
  bool (*holds)(char);
};
constexpr std::array<NamedClass, 9> kNamedClasses = {{
    {"alnum", ascii::is_alnum},
    {"alpha", ascii::is_alpha},
    {"blank", ascii::is_blank},
    {"digit", ascii::is_digit},
    {"lower", ascii::is_lower},
    {"punct", [](char c) { return c > ' ' && c < 0x7F && !ascii::is_alnum(c); }},
    {"space", ascii::is_space},
    {"upper", ascii::is_upper},
    {"xdigit", ascii::is_hex},
}};

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::size_t index_of(char c) {
  return static_cast<unsigned char>(c);
}

}  // namespace

/// Reads a pattern once, from left to right.
///   class = "[" [ "!" | "^" ] [ "]" ] { item } "]"
///   item  = "[:" name ":]" | byte [ "-" byte ]
class GlobCompiler {
 public:
  GlobCompiler(std::string_view pattern, GlobSyntax syntax) : pattern_(pattern), syntax_(syntax) {}

  std::optional<Glob> compile() && {
    while (at_ < pattern_.size()) {
      if (!step()) return std::nullopt;
    }
    while (plain_ < glob_.states_.size() && glob_.states_[plain_].step == Glob::Step::kByte) {
      glob_.literal_ += glob_.states_[plain_++].byte;
    }
    if (plain_ == glob_.states_.size()) {
      glob_.states_.clear();
    } else {
      find_required();
    }
    return std::move(glob_);
  }

 private:
  bool step() {
    switch (pattern_[at_]) {
      case '*': stars(); return true;
      case '?':
        ++at_;
        add({.step = Glob::Step::kAny});
        add({.step = Glob::Step::kTail});
        return true;
      case '[': return read_class();
      case '\\':
        if (++at_ == pattern_.size()) return false;
        break;
      default: break;
    }
    add({.step = Glob::Step::kByte, .byte = pattern_[at_++]});
    return true;
  }

  void add(Glob::State state) { glob_.states_.push_back(state); }

  [[nodiscard]] bool at_end(std::size_t at) const { return at >= pattern_.size(); }

  void stars() {
    std::size_t after = at_;
    while (!at_end(after) && pattern_[after] == '*') ++after;
    // Moby reads `***` as `**` and `*`.
    if (syntax_ == GlobSyntax::kMoby) after = std::min(after, at_ + 2);
    const bool starts_part = at_ == 0 || pattern_[at_ - 1] == '/';
    const bool ends_part = at_end(after) || pattern_[after] == '/';
    const bool many = after - at_ >= 2;
    const bool folders = many && (syntax_ == GlobSyntax::kMoby || (starts_part && ends_part));
    at_ = after;
    if (!folders) return add({.step = Glob::Step::kStar});
    if (!at_end(at_) && pattern_[at_] == '/') ++at_;  // part of what the folders take
    if (at_end(at_) && pattern_.back() == '*') return add({.step = Glob::Step::kAll});
    add({.step = Glob::Step::kFolders});
    add({.step = Glob::Step::kInFolders});
  }

  /// Bytes that follow each other in the pattern do so in all that it matches.
  void find_required() {
    std::string run;
    for (std::size_t state = plain_; state <= glob_.states_.size(); ++state) {
      if (state < glob_.states_.size() && glob_.states_[state].step == Glob::Step::kByte) {
        run += glob_.states_[state].byte;
        continue;
      }
      if (run.size() > glob_.required_.size()) glob_.required_ = run;
      if (state == glob_.states_.size()) glob_.ending_ = run;
      run.clear();
    }
  }

  bool read_class() {
    ++at_;
    bool negated = false;
    if (!at_end(at_) && (pattern_[at_] == '!' || pattern_[at_] == '^')) {
      negated = true;
      ++at_;
    }
    std::bitset<256> bytes;
    for (bool first = true;; first = false) {
      if (at_end(at_)) return false;
      if (pattern_[at_] == ']' && !first) break;
      if (!read_item(bytes)) return false;
    }
    ++at_;
    if (negated) bytes.flip();
    bytes.reset(index_of('/'));
    // A character beyond ASCII is outside of what a class can name, byte by byte.
    if (negated) {
      for (std::size_t byte = 0x80; byte < 0xC0; ++byte) bytes.reset(byte);
    }
    add({.step = Glob::Step::kClass,
         .class_index = static_cast<std::uint32_t>(glob_.classes_.size())});
    if (negated) add({.step = Glob::Step::kTail});
    glob_.classes_.push_back(bytes);
    return true;
  }

  bool read_item(std::bitset<256>& bytes) {
    if (pattern_.substr(at_).starts_with("[:")) return read_named(bytes);
    const auto low = read_byte();
    if (!low) return false;
    auto high = low;
    const bool range = !at_end(at_ + 1) && pattern_[at_] == '-' && pattern_[at_ + 1] != ']';
    if (range) {
      ++at_;
      high = read_byte();
      if (!high) return false;
    }
    for (std::size_t byte = index_of(*low); byte <= index_of(*high); ++byte) bytes.set(byte);
    return true;
  }

  std::optional<char> read_byte() {
    if (pattern_[at_] == '\\') ++at_;
    if (at_end(at_)) return std::nullopt;
    return pattern_[at_++];
  }

  bool read_named(std::bitset<256>& bytes) {
    const std::size_t end = pattern_.find(":]", at_);
    if (end == std::string_view::npos) return false;
    const std::string_view name = pattern_.substr(at_ + 2, end - at_ - 2);
    at_ = end + 2;
    for (const NamedClass& named : kNamedClasses) {
      if (named.name != name) continue;
      for (std::size_t byte = 0; byte < 0x80; ++byte) {
        if (named.holds(static_cast<char>(byte))) bytes.set(byte);
      }
      return true;
    }
    return false;
  }

  std::string_view pattern_;
  GlobSyntax syntax_;
  std::size_t at_ = 0;
  std::size_t plain_ = 0;  ///< states that went into the literal; they stay, to keep indices simple
  Glob glob_;
};

std::optional<Glob> Glob::compile(std::string_view pattern, GlobSyntax syntax) {
  return GlobCompiler(pattern, syntax).compile();
}

/// Makes `state` active, and with it those that may follow without a byte.
void Glob::enter(std::vector<std::uint8_t>& active, std::size_t state) const {
  for (;; ++state) {
    if (active[state] != 0) return;
    active[state] = 1;
    if (state == states_.size()) return;
    const Step step = states_[state].step;
    if (step == Step::kFolders) {
      active[++state] = 1;  // kInFolders; going on behind it needs its '/', or no byte at all
      continue;
    }
    if (step != Step::kTail && step != Step::kStar && step != Step::kAll) return;
  }
}

void Glob::advance(std::vector<std::uint8_t>& next, std::size_t state, char c) const {
  const State& at = states_[state];
  switch (at.step) {
    case Step::kByte:
      if (c == at.byte) enter(next, state + 1);
      break;
    case Step::kAny:
      if (c != '/' && !is_continuation(c)) enter(next, state + 1);
      break;
    case Step::kClass:
      if (classes_[at.class_index].test(index_of(c))) enter(next, state + 1);
      break;
    case Step::kTail:
      if (is_continuation(c)) enter(next, state);
      break;
    case Step::kStar:
      if (c != '/') enter(next, state);
      break;
    case Step::kAll: enter(next, state); break;
    case Step::kFolders: break;
    case Step::kInFolders:
      next[state] = 1;
      if (c == '/') enter(next, state + 1);
      break;
  }
}

bool Glob::matches(std::string_view path) const {
  if (!path.starts_with(literal_)) return false;
  if (states_.empty()) return path.size() == literal_.size();
  // Most of what is asked for is told apart by these.
  if (!path.ends_with(ending_)) return false;
  if (path.find(required_) == std::string_view::npos) return false;
  std::vector<std::uint8_t> active(states_.size() + 1, 0);
  std::vector<std::uint8_t> next(states_.size() + 1, 0);
  enter(active, literal_.size());
  for (const char c : path.substr(literal_.size())) {
    std::fill(next.begin(), next.end(), std::uint8_t{0});
    for (std::size_t state = literal_.size(); state < states_.size(); ++state) {
      if (active[state] != 0) advance(next, state, c);
    }
    std::swap(active, next);
  }
  return active.back() != 0;
}

}  // namespace plimsoll
