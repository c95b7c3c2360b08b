#include "check/external_image.h"

#include <algorithm>
#include <string>

namespace plimsoll::check {
namespace {

/// Set by BuildKit itself, so never empty. Source: docs.docker.com/reference/dockerfile, "Automatic
/// platform ARGs in the global scope".
bool is_platform_arg(std::string_view name) {
  return name.starts_with("TARGET") || name.starts_with("BUILD");
}

struct GlobalArgs {
  const dockerfile::Dockerfile* file;
  std::uint32_t before;  ///< index of the FROM

  static std::optional<std::string> get(const void* context, std::string_view name) {
    const auto* self = static_cast<const GlobalArgs*>(context);
    const dockerfile::Assignment* arg = self->file->global_arg(name);
    if (arg == nullptr) arg = self->misplaced(name);
    if (arg == nullptr || !arg->has_value) return std::nullopt;
    // A default that is made of others is not worth following here: FROM's own expansion did.
    return arg->value.find('$') == std::string_view::npos
               ? std::optional<std::string>(std::string(arg->value))
               : std::nullopt;
  }

  /// An ARG inside an earlier stage: BuildKit does not see it in FROM, its author meant it so.
  [[nodiscard]] const dockerfile::Assignment* misplaced(std::string_view name) const {
    for (std::uint32_t i = before; i-- > 0;) {
      const dockerfile::Instruction& instruction = file->instructions[i];
      if (instruction.keyword != dockerfile::Keyword::kArg) continue;
      if (const dockerfile::Assignment* found = instruction.assignment(name)) return found;
    }
    return nullptr;
  }
};

}  // namespace

std::string_view mount_field(std::string_view mount, std::string_view key) {
  while (!mount.empty()) {
    const std::size_t comma = mount.find(',');
    const std::string_view field = mount.substr(0, comma);
    if (field.size() > key.size() && field.starts_with(key) && field[key.size()] == '=') {
      return field.substr(key.size() + 1);
    }
    if (comma == std::string_view::npos) break;
    mount.remove_prefix(comma + 1);
  }
  return {};
}

std::optional<ImageReference> base_reference(const DockerfileView& view,
                                             const dockerfile::Stage& stage) {
  if (stage.parent) return std::nullopt;
  if (stage.image_known) {
    const StageBase* base = view.base(stage);
    return base == nullptr ? std::nullopt : base->reference;
  }
  // Each variable is looked for in all of the ARGs: what no person writes is not worth it.
  constexpr std::uint32_t kMostStages = 64;
  constexpr std::uint32_t kMostArgs = 1000;
  constexpr std::ptrdiff_t kMostVariables = 8;
  if (stage.index >= kMostStages || stage.from > kMostArgs ||
      std::count(stage.image.begin(), stage.image.end(), '$') > kMostVariables) {
    return std::nullopt;
  }
  const GlobalArgs args{&view.file, stage.from};
  const dockerfile::Expansion expanded =
      dockerfile::expand(stage.image, {&args, &GlobalArgs::get}, view.file.escape);
  const bool all_empty =
      std::none_of(expanded.unknown.begin(), expanded.unknown.end(), [&](const std::string& name) {
        return is_platform_arg(name) || view.file.global_arg(name) != nullptr;
      });
  if (!all_empty) return std::nullopt;
  auto reference = parse_image_reference(expanded.text);
  if (!reference || expanded.text == "scratch") return std::nullopt;
  return std::move(*reference);
}

std::string_view literal_name(std::string_view written) {
  int depth = 0;
  std::size_t start = std::string_view::npos;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] == '{') ++depth;
    if (written[i] == '}') --depth;
    if (written[i] == '/' && depth == 0) start = i + 1;
  }
  if (start == std::string_view::npos) return {};
  const std::string_view name = written.substr(start);
  return name.find_first_of("${}") == std::string_view::npos ? name : std::string_view();
}

}  // namespace plimsoll::check
