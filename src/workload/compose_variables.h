#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/source_file.h"
#include "parse/dotenv.h"
#include "workload/workload.h"

/// Interpolation and .env files as Compose uses them.
namespace plimsoll::compose {

using Variables = std::map<std::string, std::string, std::less<>>;

/// A scalar after interpolation. What stays unresolved stands in it as ${NAME}.
struct Text {
  std::string value;
  bool known = true;
  EnvironmentVariable::Source source = EnvironmentVariable::Source::kLiteral;
};

[[nodiscard]] Text expand(std::string_view raw, const Variables& variables);

/// One line of an env file.
struct EnvLine {
  std::string name;
  std::string value;
  bool has_value = false;  ///< false: NAME alone, taken from the caller's environment
  Place place;
  Place value_place;
};

struct EnvFile {
  std::vector<EnvLine> lines;
  std::vector<dotenv::Problem> problems;
  bool complete = true;  ///< false: variables expanded to more than core/limits.h allows
};

/// Values may use `variables`, which win, and the lines above.
/// @param raw  `format: raw`: values are taken as they stand, with their quotes and variables
[[nodiscard]] EnvFile read_env_file(const SourceFile& file, const Variables& variables,
                                    bool raw = false);

/// Splits at `separator`, but never inside ${…}.
[[nodiscard]] std::vector<std::string_view> split_fields(std::string_view text, char separator);
/// Offset of the first of `separators` outside ${…}; npos when there is none.
[[nodiscard]] std::size_t find_separator(std::string_view text, std::string_view separators);

}  // namespace plimsoll::compose
