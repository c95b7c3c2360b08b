#include <algorithm>
#include <map>
#include <utility>

#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

// Of all that a file's lists and texts grow to: `a = a + a` doubles with every line.
constexpr std::size_t kMostItems = 1'000'000;
constexpr std::size_t kMostTextBytes = 4'096;
constexpr std::size_t kMostDepth = 64;

struct Token {
  enum class Kind : std::uint8_t { kName, kText, kSign, kNewLine, kEnd } kind = Kind::kEnd;
  std::string_view text;  ///< without quotes
  std::uint32_t line = 0;
};

/// Starlark's words. Lines end statements only outside of brackets.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    skip_blanks();
    if (at_ >= text_.size()) return {.line = line_};
    const char c = text_[at_];
    if (c == '\n') {
      ++at_;
      return {Token::Kind::kNewLine, {}, line_++};
    }
    if (c == '"' || c == '\'') return literal(c);
    if (ascii::is_name_start(c)) return name();
    if (c == '(' || c == '[' || c == '{') ++open_;
    if ((c == ')' || c == ']' || c == '}') && open_ > 0) --open_;
    return {Token::Kind::kSign, text_.substr(at_++, 1), line_};
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else if (c == '\n' && open_ > 0) {
        ++line_;
        ++at_;
      } else if (c == '\\' || (c != '\n' && ascii::is_space(c))) {
        ++at_;
        if (c == '\\' && at_ < text_.size() && text_[at_] == '\n') {
          ++line_;
          ++at_;
        }
      } else {
        return;
      }
    }
  }

  Token literal(char quote) {
    const std::uint32_t first = line_;
    const bool is_long = text_.substr(at_, 3) == std::string(3, quote);
    const std::string mark(is_long ? 3 : 1, quote);
    at_ += mark.size();
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_.substr(at_, mark.size()) != mark) {
      if (text_[at_] == '\n') {
        if (!is_long) break;
        ++line_;
      }
      const bool is_escape = text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n';
      at_ += is_escape ? 2U : 1U;
    }
    const std::size_t end = std::min(at_, text_.size());
    const bool is_closed = text_.substr(end, mark.size()) == mark;
    at_ = is_closed ? end + mark.size() : end;
    return {Token::Kind::kText, text_.substr(begin, end - begin), first};
  }

  Token name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && ascii::is_name(text_[at_])) ++at_;
    return {Token::Kind::kName, text_.substr(begin, at_ - begin), line_};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t open_ = 0;
  std::uint32_t line_ = 1;
};

/// A text or a list of texts; anything else is an empty list.
struct Value {
  struct Item {
    std::string text;
    std::uint32_t line = 0;
    bool dev = false;
  };
  bool is_list = true;
  std::vector<Item> items;
};

/// statement := name "=" expression | expression
/// expression := operand { "+" operand }
/// operand := text | name { "." name } [ "(" arguments ")" ] | "[" expressions "]" | …
/// Nothing is run: functions, loops and conditions are passed over.
class Reading {
 public:
  Reading(std::string_view text, PackageList& list) : lexer_(text), list_(list) { step(); }

  /// False when the file says more than is read.
  bool run() {
    while (token_.kind != Token::Kind::kEnd && !is_over_) statement();
    return !is_over_;
  }

 private:
  void step() { token_ = lexer_.next(); }
  [[nodiscard]] bool is_sign(char c) const {
    return token_.kind == Token::Kind::kSign && token_.text[0] == c;
  }

  void statement() {
    if (token_.kind == Token::Kind::kName) {
      const std::string_view name = token_.text;
      step();
      if (is_sign('=')) {
        step();
        variables_.insert_or_assign(name, expression(0));
        return;
      }
      static_cast<void>(call_or_variable(name, 0));
      return;
    }
    step();
  }

  Value expression(std::size_t depth) {
    Value sum = operand(depth);
    while (is_sign('+') && !is_over_) {
      step();
      append(sum, operand(depth));
    }
    return sum;
  }

  void append(Value& sum, Value more) {
    if (!sum.is_list && !more.is_list && !sum.items.empty() && !more.items.empty()) {
      Value::Item& item = sum.items.front();
      item.text += more.items.front().text;
      if (item.text.size() > kMostTextBytes) item.text.clear();
      return;
    }
    sum.is_list = true;
    for (Value::Item& each : more.items) sum.items.push_back(std::move(each));
    spend(more.items.size());
  }

  Value operand(std::size_t depth) {
    if (depth > kMostDepth) is_over_ = true;
    if (is_over_) return {};
    const Token token = token_;
    if (token.kind == Token::Kind::kText) {
      step();
      spend(1);
      return {false, {{std::string(token.text), token.line}}};
    }
    if (token.kind == Token::Kind::kName) {
      step();
      return call_or_variable(token.text, depth);
    }
    if (is_sign('[') || is_sign('(') || is_sign('{')) return bracketed(depth);
    if (token.kind == Token::Kind::kSign) step();
    return {};
  }

  static char closing(char open) { return open == '(' ? ')' : open == '[' ? ']' : '}'; }

  Value bracketed(std::size_t depth) {
    const char close = closing(token_.text[0]);
    Value all;
    step();
    while (!is_sign(close) && token_.kind != Token::Kind::kEnd && !is_over_) {
      const Token before = token_;
      append(all, expression(depth + 1));
      if (token_.text.data() == before.text.data() && token_.kind == before.kind) step();
    }
    step();
    return all;
  }

  /// After its first name.
  Value call_or_variable(std::string_view name, std::size_t depth) {
    std::string_view last = name;
    bool is_path = false;
    while (is_sign('.')) {
      step();
      is_path = true;
      if (token_.kind != Token::Kind::kName) return {};
      last = token_.text;
      step();
    }
    if (is_sign('(')) return call(last, is_path, depth);
    const auto found = is_path ? variables_.end() : variables_.find(name);
    if (found == variables_.end()) return name == "True" ? Value{false, {{"True"}}} : Value{};
    spend(found->second.items.size());
    return is_over_ ? Value{} : found->second;
  }

  Value call(std::string_view function, bool is_method, std::size_t depth) {
    if (depth > kMostDepth) is_over_ = true;
    const std::uint32_t line = token_.line;
    std::map<std::string_view, Value> named;
    Value plain;
    step();
    while (!is_sign(')') && token_.kind != Token::Kind::kEnd && !is_over_) {
      const Token before = token_;
      argument(named, plain, depth);
      if (token_.text.data() == before.text.data() && token_.kind == before.kind) step();
    }
    step();
    if ((is_method && function == "install") || function == "maven_install") {
      for (const Value::Item& each : named["artifacts"].items) add(each);
      return {};
    }
    if (is_method && function == "artifact") return artifact(named, plain, line, depth);
    return {};
  }

  void argument(std::map<std::string_view, Value>& named, Value& plain, std::size_t depth) {
    if (token_.kind == Token::Kind::kName) {
      const std::string_view name = token_.text;
      step();
      if (is_sign('=')) {
        step();
        named.insert_or_assign(name, expression(depth + 1));
        return;
      }
      append(plain, call_or_variable(name, depth + 1));
    } else {
      append(plain, expression(depth + 1));
    }
  }

  /// maven.artifact("group", "artifact", "version"), inside of a list or as a tag of its own.
  Value artifact(std::map<std::string_view, Value>& named, const Value& plain, std::uint32_t line,
                 std::size_t depth) {
    const auto part = [&](std::string_view key, std::size_t place) -> std::string {
      const auto found = named.find(key);
      if (found != named.end() && !found->second.items.empty()) {
        return found->second.items.front().text;
      }
      return place < plain.items.size() ? plain.items[place].text : std::string();
    };
    Value::Item item{part("group", 0) + ':' + part("artifact", 1) + ':' + part("version", 2), line,
                     part("testonly", kMostItems) == "True"};
    if (depth == 0) {
      add(item);
      return {};
    }
    return {false, {std::move(item)}};
  }

  /// "group:artifact:version", "group:artifact:packaging[:classifier]:version".
  void add(const Value::Item& item) {
    const std::vector<std::string_view> parts = ascii::split(item.text, ':');
    // "%s" and "{}" wait for a format.
    const bool is_whole = item.text.find_first_of("%{") == std::string::npos;
    if (!is_whole || parts.size() < 2 || parts[0].empty() || parts[1].empty()) return;
    list_
        .add(std::string(parts[0]) + ':' + std::string(parts[1]),
             parts.size() > 2 ? parts.back() : std::string_view{}, item.line)
        .dev = item.dev;
  }

  void spend(std::size_t items) {
    spent_ += items;
    is_over_ = is_over_ || spent_ > kMostItems;
  }

  Lexer lexer_;
  PackageList& list_;
  Token token_;
  std::map<std::string_view, Value> variables_;
  std::size_t spent_ = 0;
  bool is_over_ = false;
};

Result<void> read(PackageFile& file, PackageList& list) {
  if (Reading(file.bytes(), list).run()) return {};
  return fail(ErrorCode::kLimit, "Starlark that says more than is read", file.path());
}

}  // namespace

const PackageReader& bazel_maven() {
  static constexpr PackageReader kReader{
      .kind = "bazel-maven",
      .ecosystem = "Maven",
      .presence = Presence::kDeclared,
      .files = "**/MODULE.bazel **/WORKSPACE **/WORKSPACE.bazel",
      .read = read,
      .source = "https://github.com/bazel-contrib/rules_jvm_external/blob/master/docs/bzlmod.md"};
  return kReader;
}

}  // namespace plimsoll::image::packages
