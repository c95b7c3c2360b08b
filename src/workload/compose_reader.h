#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/limits.h"
#include "workload/compose.h"
#include "workload/compose_layers.h"
#include "workload/compose_variables.h"
#include "workload/workload.h"

namespace plimsoll::compose {

/// One NAME=VALUE of the attributes that may be written as a mapping or as a list.
struct Pair {
  std::string name;
  Text value;
  bool has_value = false;
  Layer layer;
  Place place;  ///< of NAME=VALUE, or of the key
  Place value_place;
};

/// What reading one project shares: where files come from, what was found wrong, how much may still
/// be read. Aliases and `extends` let a small file say the same large thing many times, so every
/// value read is charged to one budget.
class Reader {
 public:
  Reader(const Sources& sources, Project& project) : sources_(sources), project_(project) {}

  [[nodiscard]] Project& project() { return project_; }
  /// Makes `file` one of the project's files; false when it is one already.
  bool add_file(const SourceFile* file);

  [[nodiscard]] Text text(const Layer& layer);
  [[nodiscard]] Text text(std::string_view raw, const Scope& scope);

  [[nodiscard]] Value<std::string> string(const Setting& setting);
  [[nodiscard]] Value<bool> boolean(const Setting& setting);
  [[nodiscard]] Value<std::int64_t> integer(const Setting& setting);
  /// A sequence of scalars, or one scalar. What two layers repeat is kept twice, since an edit that
  /// takes it away must take both.
  [[nodiscard]] Items items(const Setting& setting);
  /// The strongest say per name, at the position of the weakest. Entries of a list are split at the
  /// first of `separators`.
  [[nodiscard]] std::vector<Pair> pairs(const Setting& setting, std::string_view separators = "=");
  /// pairs() as items: name, `joint`, value.
  [[nodiscard]] Items joined_pairs(const Setting& setting, std::string_view separators = "=",
                                   char joint = '=');
  /// The elements and members that the budget still pays for.
  [[nodiscard]] std::vector<Layer> elements(const Setting& setting);
  [[nodiscard]] std::vector<Member> members(const Setting& setting);

  /// Pays for everything below `setting`, so that looking an attribute up in it again and again
  /// stays within the budget. False when it cannot be paid.
  [[nodiscard]] bool afford(const Setting& setting);
  /// False once the project has said more than core/limits.h allows; reported once.
  bool spend(std::size_t values);
  void problem(const Place& place, std::string message, ErrorCode code = ErrorCode::kInvalid);
  void error(Error error) { project_.errors.push_back(std::move(error)); }

  /// The host path that a volume of the local driver is only a name for; null for real volumes.
  [[nodiscard]] const std::string* bind_volume(const std::string& name) const;
  void add_bind_volume(const std::string& name, std::string device);

  /// Null when it cannot be read, which is an error, or when too many files were opened already.
  [[nodiscard]] const Tree* load(const std::string& path);
  /// As load(), but a missing file is no error.
  [[nodiscard]] const SourceFile* load_text(const std::string& path);
  /// The lines of an env file, parsed once however many services name it.
  [[nodiscard]] const std::vector<EnvLine>& env_lines(const std::string& path,
                                                      const Variables& variables, bool raw);

 private:
  [[nodiscard]] bool may_open();
  [[nodiscard]] Pair entry_pair(const Layer& entry);
  [[nodiscard]] Pair element_pair(const Layer& element, std::string_view separators);
  [[nodiscard]] std::optional<Text> scalar(const Layer& layer, std::string_view wanted);

  struct EnvFileUse {
    std::string path;
    const Variables* variables = nullptr;
    bool raw = false;
    auto operator<=>(const EnvFileUse&) const = default;
  };

  const Sources& sources_;
  Project& project_;
  std::size_t left_ = limits::kComposeSettings;
  bool exhausted_ = false;
  std::size_t opened_ = 0;
  bool said_too_many_ = false;
  std::map<EnvFileUse, EnvFile> env_files_;
  std::map<std::string, std::string> bind_volumes_;
};

[[nodiscard]] Origin origin_of(const Layer& layer, bool known = true);

template <class T>
void mark(Value<T>& value, const Layer& layer, bool known = true) {
  value.origin = origin_of(layer, known);
  value.place = layer.place();
}

/// true/false and the YAML 1.1 words, whatever their case, as Compose casts a quoted value.
[[nodiscard]] std::optional<bool> parse_bool(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);

}  // namespace plimsoll::compose
