#include "parse/yaml_text.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/ascii.h"

namespace plimsoll::yaml {
namespace {

using Kind = NewNode::Kind;

/// "512m", "30s", "64Mi"; not "1e3", "0x1f".
bool is_amount(std::string_view text) {
  const std::size_t unit = text.find_first_not_of("0123456789");
  constexpr std::string_view kUnits[] = {"b",  "k", "m",  "g",  "B",  "K",  "M",  "G", "s",
                                         "ms", "h", "Ki", "Mi", "Gi", "kb", "mb", "gb"};
  return unit != std::string_view::npos && unit > 0 &&
         std::find(std::begin(kUnits), std::end(kUnits), text.substr(unit)) != std::end(kUnits);
}

/// What every reader of YAML 1.1 and 1.2 takes for just these characters, in a block.
bool is_plain_safe(std::string_view text) {
  if (text.empty()) return false;
  const auto fine = [](char c) {
    return ascii::is_alnum(c) ||
           std::string_view("_./-+=@:%,()$~ ").find(c) != std::string_view::npos;
  };
  if (!std::all_of(text.begin(), text.end(), fine)) return false;
  if (is_amount(text)) return true;
  // Another digit in front may be a number, a date or base 60.
  const bool begins_well = ascii::is_alpha(text.front()) || text.front() == '/' ||
                           text.front() == '_' || text.starts_with("./");
  if (!begins_well) return false;
  if (text.find(": ") != std::string_view::npos || text.ends_with(':') || text.ends_with(' ')) {
    return false;
  }
  constexpr std::string_view kWords[] = {"true", "false", "yes", "no", "on",
                                         "off",  "null",  "y",   "n"};
  return std::none_of(std::begin(kWords), std::end(kWords),
                      [text](std::string_view word) { return ascii::iequals(word, text); });
}

std::string_view eol_of(const SourceFile& file) {
  const std::size_t first = file.text().find('\n');
  return first != std::string_view::npos && first > 0 && file.text()[first - 1] == '\r' ? "\r\n"
                                                                                        : "\n";
}

/// Indentation as this file does it: of a first key that stands deeper than its parent, and of a
/// first dash.
void learn_style(const SourceFile& file, Spelling& spelling) {
  constexpr std::uint32_t kLines = 200;
  const std::uint32_t lines = std::min(file.line_count(), kLines);
  bool knows_step = false;
  bool knows_dash = false;
  std::size_t parent = std::string_view::npos;  // indentation of a line that ends in ':'
  for (std::uint32_t i = 0; i < lines && !(knows_step && knows_dash); ++i) {
    const std::string_view line = file.slice(file.line_span(i));
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos || line[begin] == '#') continue;
    const bool item = line[begin] == '-' && line.substr(begin).starts_with("- ");
    if (parent != std::string_view::npos) {
      if (item && !knows_dash && begin >= parent) {
        spelling.dash_indented = begin > parent;
        knows_dash = true;
      } else if (!item && !knows_step && begin > parent && begin - parent <= 8) {
        spelling.step = std::string(begin - parent, ' ');
        knows_step = true;
      }
    }
    const std::size_t last = line.find_last_not_of(' ');
    parent = line[last] == ':' && !item ? begin : std::string_view::npos;
  }
}

const Node* first_key(const Node& mapping) {
  const auto own = std::find_if(mapping.entries.begin(), mapping.entries.end(),
                                [](const Node::Entry& entry) { return !entry.merged; });
  return own == mapping.entries.end() ? nullptr : own->key;
}

}  // namespace

std::string in_double_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string Spelling::scalar(const NewNode& node) const {
  if (node.kind == Kind::kLiteral) return node.text;
  if (json) return in_double_quotes(node.text);
  if (flow && node.text.find(',') != std::string::npos) return in_double_quotes(node.text);
  return quoted(node.text);
}

std::string Spelling::key(std::string_view name) const {
  return json ? in_double_quotes(name) : quoted(name);
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as what a fix writes
std::string Spelling::inline_text(const NewNode& node) const {
  Spelling inner = *this;
  inner.flow = true;
  std::string out;
  if (node.kind == Kind::kMapping) {
    for (const auto& [name, value] : node.entries) {
      out += (out.empty() ? "" : ", ") + key(name) + ": " + inner.inline_text(value);
    }
    return '{' + out + '}';
  }
  if (node.kind == Kind::kSequence) {
    for (const NewNode& item : node.items)
      out += (out.empty() ? "" : ", ") + inner.inline_text(item);
    return '[' + out + ']';
  }
  return inner.scalar(node);
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as what a fix writes
std::string Spelling::after_key(const NewNode& node, const std::string& at) const {
  if (node.on_one_line) return ' ' + inline_text(node);
  std::string out;
  if (node.kind == Kind::kMapping) {
    for (const auto& [name, value] : node.entries) {
      out += std::string(eol) + at + step + key(name) + ':' + after_key(value, at + step);
    }
    return out;
  }
  if (node.kind == Kind::kSequence) {
    for (const NewNode& item : node.items) out += item_line(item, dash(at));
    return out;
  }
  return ' ' + scalar(node);
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as what a fix writes
std::string Spelling::item_line(const NewNode& item, const std::string& at) const {
  std::string out = std::string(eol) + at + "- ";
  if (item.kind == Kind::kSequence) return out + inline_text(item);
  if (item.kind != Kind::kMapping) return out + scalar(item);
  const std::string inner = at + "  ";
  bool first = true;
  for (const auto& [name, value] : item.entries) {
    if (!first) out += std::string(eol) + inner;
    out += key(name) + ':' + after_key(value, inner);
    first = false;
  }
  return out;
}

std::string Spelling::dash(const std::string& at) const {
  return dash_indented ? at + step : at;
}

NewNode NewNode::of(std::string_view text) {
  NewNode node;
  node.text = text;
  return node;
}

NewNode NewNode::literal(std::string_view text) {
  NewNode node = of(text);
  node.kind = Kind::kLiteral;
  return node;
}

NewNode NewNode::mapping(std::vector<Entry> entries) {
  NewNode node;
  node.kind = Kind::kMapping;
  node.entries = std::move(entries);
  return node;
}

NewNode NewNode::list(const std::vector<std::string>& texts) {
  NewNode node;
  node.kind = Kind::kSequence;
  for (const std::string& text : texts) node.items.push_back(of(text));
  return node;
}

std::string quoted(std::string_view text) {
  return is_plain_safe(text) ? std::string(text) : in_double_quotes(text);
}

std::uint32_t line_begin(const SourceFile& file, std::uint32_t offset) {
  return file.line_span(file.line_index(offset)).begin;
}

std::optional<std::string> indentation_at(const SourceFile& file, std::uint32_t offset) {
  const std::string_view before = file.slice({line_begin(file, offset), offset});
  std::string indent;
  for (const char c : before) {
    if (c != ' ' && c != '-') return std::nullopt;  // a tab, a tag, an anchor, "? "
    indent += ' ';
  }
  return indent;
}

tl::expected<Spelling, std::string> spelling_in(const SourceFile& file, const Node& mapping) {
  Spelling spelling;
  spelling.eol = eol_of(file);
  const Node* key = first_key(mapping);
  if (mapping.style == Node::Style::kFlow) {
    spelling.flow = true;
    spelling.json = key != nullptr
                        ? key->style == Node::Style::kDoubleQuoted
                        : file.text().find_first_not_of(" \t\r\n") == file.text().find('{');
    return spelling;
  }
  if (key == nullptr) return tl::unexpected<std::string>("it holds nothing of its own");
  auto indent = indentation_at(file, key->span.begin);
  if (!indent) return tl::unexpected<std::string>("its indentation is not plain");
  spelling.indent = *std::move(indent);
  learn_style(file, spelling);
  return spelling;
}

}  // namespace plimsoll::yaml
