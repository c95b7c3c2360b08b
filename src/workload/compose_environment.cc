#include <string>
#include <unordered_set>
#include <utility>

#include "core/path.h"
#include "workload/compose_service.h"

namespace plimsoll::compose {
namespace {

using Source = EnvironmentVariable::Source;

struct NamedFile {
  std::string path;
  bool raw = false;
  const Variables* variables = nullptr;
  Place place;
};

/// Nullopt when the path cannot be known.
std::optional<NamedFile> env_file(Reader& reader, const Layer& element) {
  NamedFile file;
  Text path;
  if (element.node->is_mapping()) {
    const Setting entry(element);
    const Setting path_setting = entry.at("path");
    if (const Layer* layer = path_setting.strongest()) path = reader.text(*layer);
    file.raw = reader.string(entry.at("format")).value == "raw";
  } else {
    path = reader.text(element);
  }
  if (!path.known || path.value.empty()) return std::nullopt;
  file.path = path::join(element.scope->folder, path.value);
  file.variables = element.scope->variables;
  file.place = element.place();
  return file;
}

void read_env_files(Reader& reader, const Setting& setting, Workload& workload) {
  const Layer* const strongest = setting.strongest();
  if (strongest == nullptr) return;
  Items& names = workload.env_files;
  names.place = strongest->place();
  names.origin = origin_of(*strongest);
  std::vector<NamedFile> files;
  std::vector<Layer> named = reader.elements(setting);
  if (strongest->node->is_mapping()) named = {*strongest};
  for (const Layer& element : named) {
    std::optional<NamedFile> file = env_file(reader, element);
    if (!file) {
      names.origin = Origin::kUnknown;
      continue;
    }
    names.items.push_back({file->path, file->place});
    files.push_back(std::move(*file));
  }
  // `environment` beats every file, and a later file beats an earlier one.
  std::unordered_set<std::string_view> taken;
  std::vector<EnvironmentVariable>& variables = workload.environment;
  for (const EnvironmentVariable& variable : variables) taken.insert(variable.name);
  std::vector<EnvironmentVariable> from_files;
  for (auto file = files.rbegin(); file != files.rend(); ++file) {
    const std::vector<EnvLine>& lines = reader.env_lines(file->path, *file->variables, file->raw);
    if (!reader.spend(lines.size())) break;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
      if (line->name.empty() || !taken.insert(line->name).second) continue;
      from_files.push_back({line->name, line->value,
                            line->has_value ? Source::kFile : Source::kHost, line->place,
                            line->value_place});
    }
  }
  variables.insert(variables.end(), std::make_move_iterator(from_files.rbegin()),
                   std::make_move_iterator(from_files.rend()));
}

}  // namespace

std::vector<EnvironmentVariable> read_variables(Reader& reader, const Setting& setting) {
  std::vector<EnvironmentVariable> variables;
  for (Pair& pair : reader.pairs(setting)) {
    if (pair.name.empty()) continue;
    EnvironmentVariable variable;
    variable.name = std::move(pair.name);
    variable.value = std::move(pair.value.value);
    variable.source = pair.has_value ? pair.value.source : Source::kHost;
    variable.place = pair.place;
    variable.value_place = pair.value_place;
    variables.push_back(std::move(variable));
  }
  return variables;
}

void read_environment(Reader& reader, const Setting& service, Workload& workload) {
  workload.environment = read_variables(reader, service.at("environment"));
  read_env_files(reader, service.at("env_file"), workload);
}

}  // namespace plimsoll::compose
