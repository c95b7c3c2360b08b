#include "workload/run/systemd_unit.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::systemd {
namespace {

bool is_comment(std::string_view line) {
  const std::string_view text = ascii::trim(line);
  return text.starts_with('#') || text.starts_with(';');
}

/// A logical line: its pieces in the file, without the backslashes that join them.
class UnitParser {
 public:
  explicit UnitParser(const SourceFile& file) : file_(file) { unit_.file = &file; }

  Unit run() {
    for (std::uint32_t i = 0; i < file_.line_count(); ++i) {
      const Span span = file_.line_span(i);
      const std::string_view line = file_.slice(span);
      if (is_comment(line)) continue;
      if (ascii::trim(line).starts_with('[')) {
        section(span);
      } else {
        assignment(span, i);
      }
    }
    return std::move(unit_);
  }

 private:
  void section(Span span) {
    const Span trimmed = trim(span);
    std::string_view name = file_.slice(trimmed).substr(1);
    if (name.ends_with(']')) name.remove_suffix(1);
    unit_.sections.push_back({name, trimmed});
  }

  /// @param index  of the line; moved to the last line it takes
  void assignment(Span span, std::uint32_t& index) {
    std::vector<Span> pieces = logical_line(index);
    const std::string_view line = file_.slice(span);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return;
    const Span key = trim({span.begin, span.begin + static_cast<std::uint32_t>(equals)});
    pieces.front().begin = span.begin + static_cast<std::uint32_t>(equals) + 1;
    if (pieces.front().begin > pieces.front().end) return;
    const std::string_view name = unit_.sections.empty() ? "" : unit_.sections.back().name;
    unit_.entries.push_back({name, file_.slice(key), key, value_of(pieces)});
  }

  /// Comment lines between continued ones are skipped.
  std::vector<Span> logical_line(std::uint32_t& index) {
    std::vector<Span> pieces;
    while (true) {
      Span span = file_.line_span(index);
      const bool comment = !pieces.empty() && is_comment(file_.slice(span));
      const bool continues = comment || file_.slice(span).ends_with('\\');
      if (!comment) {
        if (continues) --span.end;
        pieces.push_back(span);
      }
      if (!continues || index + 1 == file_.line_count()) return pieces;
      ++index;
    }
  }

  LogicalText value_of(std::vector<Span>& pieces) {
    LogicalText value;
    if (pieces.size() == 1) {
      const Span trimmed = trim(pieces.front());
      value.text = file_.slice(trimmed);
      value.source_begin = trimmed.begin;
      return value;
    }
    while (pieces.size() > 1 && ascii::trim(file_.slice(pieces.back())).empty()) pieces.pop_back();
    while (pieces.size() > 1 && ascii::trim(file_.slice(pieces.front())).empty()) {
      pieces.erase(pieces.begin());
    }
    std::string joined;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      Span piece = pieces[i];
      if (i == 0) piece.begin = trim(piece).begin;
      if (i + 1 == pieces.size()) piece.end = std::max(piece.begin, trim(piece).end);
      value.segments.push_back({static_cast<std::uint32_t>(joined.size()), piece.begin});
      joined += file_.slice(piece);
      if (i + 1 < pieces.size()) joined += ' ';  // stands where the backslash is
    }
    value.source_begin = pieces.front().begin;
    value.text = unit_.arena.emplace_back(std::move(joined));
    return value;
  }

  [[nodiscard]] Span trim(Span span) const {
    const std::string_view text = file_.slice(span);
    while (!span.empty() && ascii::is_space(text[span.size() - 1])) --span.end;
    std::size_t skip = 0;
    while (span.begin < span.end && ascii::is_space(text[skip])) {
      ++skip;
      ++span.begin;
    }
    return span;
  }

  const SourceFile& file_;
  Unit unit_;
};

/// Reads words or one whole value, byte by byte.
class ValueReader {
 public:
  ValueReader(const SourceFile& file, const LogicalText& value, run::Variables* variables)
      : file_(file), value_(value), text_(value.text), variables_(variables) {}

  run::Argument whole() {
    word_ = run::Argument(&file_, source(0, text_.size()));
    while (at_ < text_.size()) next_byte();
    return std::move(word_);
  }

  std::vector<run::Argument> words() {
    while (true) {
      while (at_ < text_.size() && ascii::is_space(text_[at_])) ++at_;
      if (at_ == text_.size()) return std::move(words_);
      word();
    }
  }

 private:
  void word() {
    const std::size_t begin = at_;
    const std::size_t end = word_end();
    word_ = run::Argument(&file_, source(begin, end));
    if (variables_ != nullptr && lone_variable(end)) return;
    char quote = '\0';
    while (at_ < end) {
      const char c = text_[at_];
      if (quote == '\0' && (c == '"' || c == '\'')) {
        quote = c;
        ++at_;
      } else if (quote != '\0' && c == quote) {
        quote = '\0';
        ++at_;
      } else if (c == '\\' && at_ + 1 < end) {
        escape();
      } else {
        next_byte();
      }
    }
    words_.push_back(std::move(word_));
  }

  [[nodiscard]] std::size_t word_end() const {
    char quote = '\0';
    std::size_t end = at_;
    for (; end < text_.size(); ++end) {
      const char c = text_[end];
      if (c == '\\') {
        ++end;
      } else if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (ascii::is_space(c)) {
        break;
      }
    }
    return std::min(end, text_.size());
  }

  /// $NAME alone: split at blanks, as the shell does.
  bool lone_variable(std::size_t end) {
    const std::string_view text = text_.substr(at_, end - at_);
    const bool lone = text.size() > 1 && text[0] == '$' && ascii::is_name_start(text[1]) &&
                      std::all_of(text.begin() + 1, text.end(), ascii::is_name);
    if (!lone) return false;
    const Span span = source(at_, end);
    at_ = end;
    const run::Argument* value = variables_->find(text.substr(1));
    if (value == nullptr || !variables_->spend(value->text().size())) {
      word_.append(text, span, run::How::kUnknown);
      word_.is_bare_expansion = true;
      words_.push_back(std::move(word_));
      return true;
    }
    value->for_each_part(' ', [&](const run::Argument& part) {
      if (part.empty()) return;
      run::Argument word(&file_, span);
      word.append_value(part, span);
      words_.push_back(std::move(word));
    });
    return true;
  }

  void escape() {
    const char c = text_[at_ + 1];
    const char* plain = c == 's' ? " " : c == 'n' ? "\n" : c == 't' ? "\t" : nullptr;
    if (plain != nullptr) {
      word_.append(plain, source(at_, at_ + 2), run::How::kSubstituted);
    } else {
      append(at_ + 1, at_ + 2, run::How::kWritten);
    }
    at_ += 2;
  }

  void next_byte() {
    const char c = text_[at_];
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (c == '%' && next == '%') {
      append(at_ + 1, at_ + 2, run::How::kWritten);
      at_ += 2;
    } else if (c == '%' && ascii::is_alpha(next)) {
      append(at_, at_ + 2, run::How::kUnknown);
      at_ += 2;
    } else if (c == '$' && variables_ != nullptr) {
      dollar(next);
    } else {
      append(at_, at_ + 1, run::How::kWritten);
      ++at_;
    }
  }

  void dollar(char next) {
    if (next == '$') {
      append(at_ + 1, at_ + 2, run::How::kWritten);
      at_ += 2;
      return;
    }
    const std::size_t close = next == '{' ? name_close() : std::string_view::npos;
    if (close == std::string_view::npos) {
      append(at_, at_ + 1, run::How::kWritten);
      ++at_;
      return;
    }
    const run::Argument* value = variables_->find(text_.substr(at_ + 2, close - at_ - 2));
    if (value != nullptr && variables_->spend(value->text().size())) {
      word_.append_value(*value, source(at_, close + 1));
    } else {
      append(at_, close + 1, run::How::kUnknown);
    }
    at_ = close + 1;
  }

  /// Of "${NAME}" at at_: its "}".
  [[nodiscard]] std::size_t name_close() const {
    std::size_t end = at_ + 2;
    while (end < text_.size() && ascii::is_name(text_[end])) ++end;
    return end > at_ + 2 && end < text_.size() && text_[end] == '}' ? end : std::string_view::npos;
  }

  void append(std::size_t begin, std::size_t end, run::How how) {
    word_.append(text_.substr(begin, end - begin), source(begin, end), how);
  }

  [[nodiscard]] Span source(std::size_t begin, std::size_t end) const {
    return value_.source(Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  const SourceFile& file_;
  const LogicalText& value_;
  std::string_view text_;
  run::Variables* variables_;
  run::Argument word_;
  std::vector<run::Argument> words_;
  std::size_t at_ = 0;
};

}  // namespace

const Section* Unit::section(std::string_view name) const {
  for (const Section& section : sections) {
    if (section.name == name) return &section;
  }
  return nullptr;
}

const Entry* Unit::find(std::string_view section, std::string_view key) const {
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->section != section || entry->key != key) continue;
    return entry->value.text.empty() ? nullptr : &*entry;
  }
  return nullptr;
}

Unit parse_unit(const SourceFile& file) {
  return UnitParser(file).run();
}

run::Argument whole_value(const SourceFile& file, const LogicalText& value,
                          run::Variables* variables) {
  return ValueReader(file, value, variables).whole();
}

std::vector<run::Argument> split_words(const SourceFile& file, const LogicalText& value,
                                       run::Variables* variables) {
  return ValueReader(file, value, variables).words();
}

std::optional<bool> parse_bool(std::string_view text) {
  const std::string word = ascii::lower(ascii::trim(text));
  for (const std::string_view yes : {"1", "yes", "y", "true", "t", "on"}) {
    if (word == yes) return true;
  }
  for (const std::string_view no : {"0", "no", "n", "false", "f", "off"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

}  // namespace plimsoll::systemd
