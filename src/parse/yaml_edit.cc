#include "parse/yaml_edit.h"

#include <algorithm>
#include <optional>

#include "core/ascii.h"
#include "parse/yaml_text.h"

namespace plimsoll::yaml {
namespace {

using Kind = NewNode::Kind;

tl::unexpected<std::string> refuse(std::string why) {
  return tl::unexpected<std::string>(std::move(why));
}

bool is_flow(const Node& node) {
  return node.style == Node::Style::kFlow;
}

/// The value stands elsewhere, behind an alias.
bool is_alias(const Node& mapping, const Node::Entry& entry) {
  return entry.merged || !mapping.span.contains(entry.value->span) ||
         entry.value->span.begin < entry.key->span.end;
}

const Node* last_leaf(const Node& node) {
  const Node* at = &node;
  for (int depth = 0; depth < 200; ++depth) {
    if (is_flow(*at)) return at;
    if (at->is_mapping()) {
      const Node::Entry* last = nullptr;
      for (const Node::Entry& entry : at->entries) {
        if (!entry.merged) last = &entry;
      }
      if (last == nullptr) return nullptr;
      if (is_alias(*at, *last)) return last->value->is_null() ? last->key : nullptr;
      if (last->value->is_null() && last->value->span.empty()) return last->key;
      at = last->value;
    } else if (at->is_sequence()) {
      if (at->items.empty() || !at->span.contains(at->items.back()->span)) return nullptr;
      at = at->items.back();
    } else {
      return at;
    }
  }
  return nullptr;
}

bool ends_in_block_scalar(const Node& node) {
  const Node* leaf = last_leaf(node);
  return leaf == nullptr || leaf->style == Node::Style::kLiteral ||
         leaf->style == Node::Style::kFolded;
}

/// Where the line of `offset` ends, if nothing but a comment follows.
std::optional<std::uint32_t> rest_of_line(const SourceFile& file, std::uint32_t offset) {
  const Span line = file.line_span(file.line_index(offset));
  const std::string_view rest = file.slice({offset, line.end});
  const std::size_t text = rest.find_first_not_of(" \t");
  if (text != std::string_view::npos && rest[text] != '#') return std::nullopt;
  return line.end;
}

/// The end of the last line of an entry that stands wholly in `mapping`.
std::optional<std::uint32_t> end_of(const SourceFile& file, const Node& mapping,
                                    const Node::Entry& entry) {
  if (entry.merged) return std::nullopt;
  if (is_alias(mapping, entry) || (entry.value->is_null() && entry.value->span.empty())) {
    // `key: *alias`, `key:`
    const Span line = file.line_span(file.line_index(entry.key->span.end));
    return line.end;
  }
  if (entry.value->is_scalar() || entry.value->is_null() || is_flow(*entry.value)) {
    if (ends_in_block_scalar(*entry.value)) return std::nullopt;
    return rest_of_line(file, entry.value->span.end);
  }
  if (ends_in_block_scalar(*entry.value)) return std::nullopt;
  return rest_of_line(file, entry.value->span.end);
}

/// Where a new last entry of a block mapping goes. Entries that end in a block scalar are stepped
/// over: what belongs to those is a matter of blank lines.
std::optional<std::uint32_t> place_for_entry(const SourceFile& file, const Node& mapping) {
  for (auto entry = mapping.entries.rbegin(); entry != mapping.entries.rend(); ++entry) {
    if (entry->merged) continue;
    if (const auto end = end_of(file, mapping, *entry)) return end;
  }
  return std::nullopt;
}

/// Adds entries to a flow mapping, before its closing brace.
Edits put_in_flow(const SourceFile& file, const Node& mapping, const Spelling& spelling,
                  const std::string& entry) {
  if (mapping.span.size() < 2 || file.text()[mapping.span.end - 1] != '}') {
    return refuse("it has no braces of its own");
  }
  const Node::Entry* last = nullptr;
  for (const Node::Entry& each : mapping.entries) {
    if (!each.merged) last = &each;
  }
  if (last == nullptr) return std::vector<Edit>{{mapping.span, '{' + entry + '}'}};
  if (is_alias(mapping, *last)) return refuse("its last value is an alias");
  const std::uint32_t end = last->value->span.empty() ? last->key->span.end : last->value->span.end;
  const std::string_view rest = file.slice({end, mapping.span.end - 1});
  if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    return refuse("a comma or comment ends it");
  }
  if (rest.find('\n') == std::string_view::npos) {
    return std::vector<Edit>{{{end, end}, ", " + entry}};
  }
  const auto indent = indentation_at(file, last->key->span.begin);
  if (!indent) return std::vector<Edit>{{{end, end}, ", " + entry}};
  return std::vector<Edit>{{{end, end}, ',' + std::string(spelling.eol) + *indent + entry}};
}

NewNode nested(const Path& path, std::size_t from, const NewNode& value) {
  NewNode node = value;
  for (std::size_t i = path.size(); i-- > from;)
    node = NewNode::mapping({{path[i], std::move(node)}});
  return node;
}

bool is_empty_value(const Node& mapping, const Node::Entry& entry) {
  return entry.value->is_null() && !is_alias(mapping, entry) && entry.value->span.empty();
}

/// Creates path[from…] in a block mapping. Of a sequence that is created each item is an edit of
/// its own, so that others can add theirs.
Edits create(const SourceFile& file, const Node& mapping, const Path& path, std::size_t from,
             const NewNode& value) {
  auto spelled = spelling_in(file, mapping);
  if (!spelled) return refuse(spelled.error());
  const Spelling& spelling = *spelled;
  if (spelling.flow) {
    const NewNode inner = nested(path, from + 1, value);
    return put_in_flow(file, mapping, spelling,
                       spelling.key(path[from]) + ": " + spelling.inline_text(inner));
  }
  const auto place = place_for_entry(file, mapping);
  if (!place) return refuse("there is no safe place for a new line");
  Edit edit{{*place, *place}, {}};
  std::string at = spelling.indent;
  for (std::size_t i = from; i + 1 < path.size(); ++i) {
    edit.under.push_back(std::string(spelling.eol) + at + spelling.key(path[i]) + ':');
    at += spelling.step;
  }
  const std::string key = std::string(spelling.eol) + at + spelling.key(path.back()) + ':';
  if (value.kind != Kind::kSequence) {
    edit.text = key + spelling.after_key(value, at);
    return std::vector<Edit>{std::move(edit)};
  }
  edit.under.push_back(key);
  std::vector<Edit> edits;
  for (const NewNode& item : value.items) {
    edits.push_back(edit);
    edits.back().text = spelling.item_line(item, spelling.dash(at));
  }
  return edits;
}

/// Fills `key:` that has no value with path[from…].
Edits fill(const SourceFile& file, const Node& mapping, const Node::Entry& entry, const Path& path,
           std::size_t from, const NewNode& value) {
  auto spelled = spelling_in(file, mapping);
  if (!spelled) return refuse(spelled.error());
  if (spelled->flow) return refuse("it has no value, in a flow mapping");
  const std::uint32_t colon = entry.key->span.end;
  const Span line = file.line_span(file.line_index(colon));
  if (!ascii::trim(file.slice({colon, line.end})).starts_with(':')) {
    return refuse("its key is not followed by a colon");
  }
  const NewNode inner = nested(path, from, value);
  std::string text = spelled->after_key(inner, spelled->indent);
  const bool one_line = inner.kind == Kind::kText || inner.kind == Kind::kLiteral;
  const auto at = static_cast<std::uint32_t>(file.text().find(':', colon) + 1);
  if (one_line) return std::vector<Edit>{{{at, at}, std::move(text)}};
  return std::vector<Edit>{{{line.end, line.end}, std::move(text)}};
}

/// Follows `path` as far as it is there. `depth` keys were found; `at` is the mapping that lacks
/// the next one.
struct Reached {
  const Node* at = nullptr;
  std::size_t depth = 0;
  const Node::Entry* entry = nullptr;  ///< of the whole path; null when some key is missing
};

tl::expected<Reached, std::string> reach(const Node& mapping, const Path& path) {
  Reached reached{&mapping};
  for (;;) {
    if (reached.at->shared) return refuse("an anchor gives it to several users");
    const Node::Entry* entry = reached.at->find_entry(path[reached.depth]);
    // What a merge key brings can be overridden here, unless it is a collection, which would hide
    // the merged one.
    if (entry != nullptr && entry->merged) {
      if (!entry->value->is_scalar() || reached.depth + 1 < path.size()) {
        return refuse("a merge key brings it");
      }
      return reached;
    }
    if (entry == nullptr) return reached;
    if (is_alias(*reached.at, *entry)) return refuse("an alias brings it");
    if (reached.depth + 1 == path.size()) {
      reached.entry = entry;
      return reached;
    }
    if (is_empty_value(*reached.at, *entry)) {
      reached.entry = entry;
      return reached;
    }
    if (!entry->value->is_mapping()) return refuse("'" + path[reached.depth] + "' is no mapping");
    reached.at = entry->value;
    ++reached.depth;
  }
}

Span with_line_end(const SourceFile& file, std::uint32_t begin, std::uint32_t end) {
  // The text's end is its line's: take the line end after it, or before it at the end of the file.
  const std::string_view text = file.text();
  if (end < text.size()) {
    if (text[end] == '\r') ++end;
    if (end < text.size() && text[end] == '\n') ++end;
    return {begin, end};
  }
  if (begin > 0 && text[begin - 1] == '\n') --begin;
  if (begin > 0 && text[begin - 1] == '\r') --begin;
  return {begin, end};
}

/// A line that says nothing but a comment: somebody wrote down why.
bool holds_comment_line(const SourceFile& file, Span span) {
  const std::uint32_t last = file.line_index(span.end);
  for (std::uint32_t line = file.line_index(span.begin); line <= last; ++line) {
    if (ascii::trim(file.slice(file.line_span(line))).starts_with('#')) return true;
  }
  return false;
}

/// Something between separators of a flow collection.
Edits remove_from_flow(const std::vector<Span>& parts, std::size_t index) {
  if (parts.size() == 1) return refuse("it is the only one");
  const Span gone = index + 1 < parts.size() ? Span{parts[index].begin, parts[index + 1].begin}
                                             : Span{parts[index - 1].end, parts[index].end};
  return std::vector<Edit>{{gone, ""}};
}

}  // namespace

Edits replace(const SourceFile& file, const Node& scalar, const NewNode& value) {
  if (scalar.shared) return refuse("an anchor gives it to several users");
  const std::string_view old = file.slice(scalar.span);
  if (!scalar.is_scalar() && !scalar.is_null()) return refuse("it is no scalar");
  if (!scalar.tag.empty() || !scalar.anchor.empty()) return refuse("it has a tag or an anchor");
  if (scalar.style == Node::Style::kLiteral || scalar.style == Node::Style::kFolded) {
    return refuse("it is a block scalar");
  }
  std::string text = value.kind == Kind::kLiteral ? value.text : quoted(value.text);
  if (value.kind == Kind::kText && !old.empty()) {
    const bool simple = value.text.find_first_of("'\"\\\n") == std::string::npos;
    if (old.front() == '"') text = in_double_quotes(value.text);
    if (old.front() == '\'' && simple) text = '\'' + value.text + '\'';
  }
  return std::vector<Edit>{{scalar.span, std::move(text)}};
}

Edits put(const SourceFile& file, const Node& mapping, const Path& path, const NewNode& value) {
  auto reached = reach(mapping, path);
  if (!reached) return refuse(reached.error());
  if (reached->entry == nullptr) return create(file, *reached->at, path, reached->depth, value);
  const Node::Entry& entry = *reached->entry;
  if (is_empty_value(*reached->at, entry)) {
    return fill(file, *reached->at, entry, path, reached->depth + 1, value);
  }
  if (value.kind == Kind::kMapping || value.kind == Kind::kSequence) {
    return refuse("'" + path.back() + "' has a value already");
  }
  return replace(file, *entry.value, value);
}

Edits append(const SourceFile& file, const Node& mapping, const Path& path, const NewNode& item) {
  auto reached = reach(mapping, path);
  if (!reached) return refuse(reached.error());
  NewNode list = NewNode::list({});
  list.items.push_back(item);
  if (reached->entry == nullptr) return create(file, *reached->at, path, reached->depth, list);
  const Node::Entry& entry = *reached->entry;
  if (is_empty_value(*reached->at, entry)) {
    return fill(file, *reached->at, entry, path, reached->depth + 1, list);
  }
  const Node& sequence = *entry.value;
  if (!sequence.is_sequence()) return refuse("'" + path.back() + "' is no list");
  if (sequence.shared) return refuse("an anchor gives it to several users");
  auto spelled = spelling_in(file, *reached->at);
  if (!spelled) return refuse(spelled.error());
  if (is_flow(sequence)) {
    Spelling spelling = *spelled;
    spelling.flow = true;
    const std::string text = spelling.inline_text(item);
    if (sequence.items.empty()) return std::vector<Edit>{{sequence.span, '[' + text + ']'}};
    const Node& last = *sequence.items.back();
    if (!sequence.span.contains(last.span)) return refuse("its last item is an alias");
    const std::string_view rest = file.slice({last.span.end, sequence.span.end - 1});
    if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
      return refuse("a comma or comment ends it");
    }
    return std::vector<Edit>{{{last.span.end, last.span.end}, ", " + text}};
  }
  const Node& first = *sequence.items.front();
  const Node& last = *sequence.items.back();
  if (!sequence.span.contains(first.span) || !sequence.span.contains(last.span) ||
      ends_in_block_scalar(last)) {
    return refuse("there is no safe place for a new item");
  }
  const auto end = rest_of_line(file, last.span.end);
  const std::uint32_t line = line_begin(file, sequence.span.begin);
  const std::string_view before = file.slice({line, sequence.span.begin});
  if (!end || before.find_first_not_of(' ') != std::string_view::npos) {
    return refuse("there is no safe place for a new item");
  }
  return std::vector<Edit>{{{*end, *end}, spelled->item_line(item, std::string(before))}};
}

Edits remove(const SourceFile& file, const Node& mapping, std::string_view key) {
  if (mapping.shared) return refuse("an anchor gives it to several users");
  std::vector<const Node::Entry*> own;
  std::size_t index = 0;
  std::size_t found = 0;
  for (const Node::Entry& entry : mapping.entries) {
    if (entry.merged) continue;
    if (entry.key->text == key) {
      index = own.size();
      ++found;
    }
    own.push_back(&entry);
  }
  if (found != 1) return refuse(found == 0 ? "a merge key brings it" : "the key is repeated");
  const Node::Entry& entry = *own[index];
  if (!entry.value->anchor.empty() && entry.value->shared && !is_alias(mapping, entry)) {
    return refuse("others use its anchor");
  }
  if (is_flow(mapping)) {
    std::vector<Span> parts;
    for (const Node::Entry* each : own) {
      if (is_alias(mapping, *each)) return refuse("an alias stands beside it");
      parts.push_back(
          {each->key->span.begin, std::max(each->key->span.end, each->value->span.end)});
    }
    return remove_from_flow(parts, index);
  }
  if (own.size() == 1) return refuse("it is the only entry");
  const auto indent = indentation_at(file, entry.key->span.begin);
  if (!indent) return refuse("its indentation is not plain");
  const std::uint32_t line = line_begin(file, entry.key->span.begin);
  const bool after_dash =
      file.slice({line, entry.key->span.begin}).find('-') != std::string_view::npos;
  if (after_dash) {  // "- key: value": the next key moves up beside the dash
    if (index + 1 >= own.size()) return refuse("it stands beside the dash, alone");
    return std::vector<Edit>{{{entry.key->span.begin, own[index + 1]->key->span.begin}, ""}};
  }
  const auto end = end_of(file, mapping, entry);
  if (!end) return refuse("its end is not certain");
  if (holds_comment_line(file, {line, *end})) return refuse("a comment stands within");
  return std::vector<Edit>{{with_line_end(file, line, *end), ""}};
}

Edits remove_item(const SourceFile& file, const Node& mapping, std::string_view key,
                  std::size_t index) {
  const Node::Entry* entry = mapping.find_entry(key);
  if (entry == nullptr || entry->merged || is_alias(mapping, *entry)) {
    return refuse("an alias or a merge key brings it");
  }
  const Node& sequence = *entry->value;
  if (!sequence.is_sequence() || index >= sequence.items.size()) return refuse("it is no list");
  if (sequence.shared || mapping.shared) return refuse("an anchor gives it to several users");
  if (sequence.items.size() == 1) return remove(file, mapping, key);
  for (const Node* item : sequence.items) {
    if (!sequence.span.contains(item->span)) return refuse("an alias stands beside it");
  }
  const Node& item = *sequence.items[index];
  if (item.shared) return refuse("others use its anchor");
  if (is_flow(sequence)) {
    std::vector<Span> parts;
    for (const Node* each : sequence.items) parts.push_back(each->span);
    return remove_from_flow(parts, index);
  }
  const std::uint32_t line = line_begin(file, item.span.begin);
  const std::string_view before = ascii::trim(file.slice({line, item.span.begin}));
  if (before != "-" || ends_in_block_scalar(item)) return refuse("its end is not certain");
  const auto end = rest_of_line(file, item.span.end);
  if (!end) return refuse("its end is not certain");
  return std::vector<Edit>{{with_line_end(file, line, *end), ""}};
}

}  // namespace plimsoll::yaml
