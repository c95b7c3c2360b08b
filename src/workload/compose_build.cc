#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "core/ascii.h"
#include "core/path.h"
#include "workload/compose_service.h"

namespace plimsoll::compose {
namespace {

/// What the builder fetches by itself, or takes from another service.
bool is_remote(std::string_view context) {
  constexpr std::array<std::string_view, 7> kPrefixes = {
      "https://", "http://", "git://", "ssh://", "github.com/", "git@", "service:"};
  for (const std::string_view prefix : kPrefixes) {
    if (context.starts_with(prefix)) return true;
  }
  return ascii::contains(context, "://");
}

/// `build: PATH` is short for a mapping with that context; its layers beside those of `context`.
const Layer* context_layer(const Setting& build) {
  for (const Layer& layer : build.layers()) {
    if (layer.node->is_scalar()) return &layer;
    if (layer.node->find("context") != nullptr) return &layer;
  }
  return nullptr;
}

void read_context(Reader& reader, const Setting& setting, Build& build) {
  const Layer* const owner = context_layer(setting);
  std::string folder;
  Text context{".", true, {}};
  if (owner != nullptr) {
    folder = owner->scope->folder;
    const Setting written = Setting(*owner).at("context");
    const Layer* const layer = written.exists() ? &written.layers().front() : owner;
    if (layer->node->is_scalar()) context = reader.text(*layer);
  } else {
    folder = setting.layers().back().home->folder;
  }
  const bool is_home = context.value.starts_with('~');
  if (!context.known || is_remote(context.value) || is_home) {
    build.known = false;
    return;
  }
  build.context = path::join(folder, context.value);
}

void read_dockerfile(Reader& reader, const Setting& setting, Build& build) {
  const Value<std::string> inline_text = reader.string(setting.at("dockerfile_inline"));
  const Value<std::string> dockerfile = reader.string(setting.at("dockerfile"));
  if (!inline_text.is_known() || !dockerfile.is_known()) {
    build.known = false;
    return;
  }
  build.inline_dockerfile = inline_text.value;
  if (inline_text.is_set() || build.context.empty()) return;
  const std::string_view name =
      dockerfile.value.empty() ? std::string_view("Dockerfile") : dockerfile.value;
  build.dockerfile = path::join(build.context, name);
}

bool allows_insecure(Reader& reader, const Setting& entitlements) {
  for (const Layer& entitlement : reader.elements(entitlements)) {
    if (reader.text(entitlement).value == "security.insecure") return true;
  }
  return false;
}

}  // namespace

void read_build(Reader& reader, const Setting& service, Workload& workload) {
  const Setting setting = service.at("build");
  const Layer* const strongest = setting.strongest();
  if (strongest == nullptr) return;
  if (strongest->node->is_sequence()) {
    reader.problem(strongest->place(), "'build' must be a string or a mapping");
    return;
  }
  Build build;
  build.place = strongest->node->is_scalar() ? strongest->place() : strongest->key_place();
  build.node = strongest->node;
  read_context(reader, setting, build);
  read_dockerfile(reader, setting, build);
  const Value<std::string> target = reader.string(setting.at("target"));
  build.target = target.value;
  build.known &= target.is_known();
  build.args = read_variables(reader, setting.at("args"));
  build.has_secrets = weight(setting.at("secrets")) > 0;
  build.network_host = reader.string(setting.at("network")).value == "host";
  build.privileged = reader.boolean(setting.at("privileged")).value ||
                     allows_insecure(reader, setting.at("entitlements"));
  workload.build = std::move(build);
}

}  // namespace plimsoll::compose
