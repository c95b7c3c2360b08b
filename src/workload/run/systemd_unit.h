#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/source_file.h"
#include "parse/logical_text.h"
#include "workload/run/argument.h"
#include "workload/run/variables.h"

/// systemd's unit files. Source: systemd.syntax(7), systemd.service(5) "Command lines",
/// systemd.unit(5) "Specifiers" (systemd 257).
namespace plimsoll::systemd {

struct Entry {
  std::string_view section;  ///< "Service", without brackets
  std::string_view key;
  Span key_span;
  LogicalText value;  ///< trimmed; continuation lines are joined by a space
};

struct Section {
  std::string_view name;
  Span span;  ///< with its brackets
};

struct Unit {
  const SourceFile* file = nullptr;
  std::vector<Section> sections;
  std::vector<Entry> entries;     ///< in order, of all sections
  std::deque<std::string> arena;  ///< joined values

  [[nodiscard]] const Section* section(std::string_view name) const;
  /// The last assignment, which wins for settings that hold one value; null when there is none, or
  /// when it is empty and so takes the earlier ones back.
  [[nodiscard]] const Entry* find(std::string_view section, std::string_view key) const;
};

/// Any bytes are taken; lines that are no unit syntax are skipped, as systemd does.
[[nodiscard]] Unit parse_unit(const SourceFile& file);

/// The value as one argument; its %specifiers and, with `variables`, its ${NAME}s are resolved as
/// far as they are known.
[[nodiscard]] run::Argument whole_value(const SourceFile& file, const LogicalText& value,
                                        run::Variables* variables = nullptr);
/// The value's words: blanks separate, "…" and '…' join, backslashes escape. With `variables`,
/// $NAME as a word of its own and ${NAME} anywhere are the unit's Environment=, known or not;
/// without, a '$' means nothing.
[[nodiscard]] std::vector<run::Argument> split_words(const SourceFile& file,
                                                     const LogicalText& value,
                                                     run::Variables* variables = nullptr);

/// 1, yes, true, on, and their opposites; y, t, n, f too. As systemd's parse_boolean().
[[nodiscard]] std::optional<bool> parse_bool(std::string_view text);

}  // namespace plimsoll::systemd
