#include "report/package_json.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/escape.h"
#include "report/json_fields.h"

namespace plimsoll::report {
namespace {

using Json = nlohmann::ordered_json;
using fields::text;

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(to_utf8(text));
}

/// What it was built from: both, though only one of them may differ from the package's own.
Json source_json(const Package& package) {
  if (package.source_name.empty() && package.source_version.empty()) return nullptr;
  return {{"name", to_utf8(package.source_name.empty() ? package.name : package.source_name)},
          {"version",
           to_utf8(package.source_version.empty() ? package.version : package.source_version)}};
}

void read_source(const Json& json, Package& package) {
  const auto source = json.find("source");
  if (source == json.end() || !source->is_object()) return;
  package.source_name = text(*source, "name");
  package.source_version = text(*source, "version");
  if (package.source_name == package.name) package.source_name.clear();
  if (package.source_version == package.version) package.source_version.clear();
}

bool has_text(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string();
}

}  // namespace

Json package_json(const Package& package, bool with_line) {
  Json licenses = Json::array();
  for (const std::string& license : package.licenses) licenses.push_back(to_utf8(license));
  Json json{{"name", to_utf8(package.name)},
            {"version", to_utf8(package.version)},
            {"ecosystem", to_utf8(package.ecosystem)},
            {"purl", or_null(package.purl)},
            {"path", to_utf8(package.path)},
            {"layer", or_null(package.layer)},
            {"source", source_json(package)},
            {"licenses", std::move(licenses)},
            {"dev", package.dev},
            {"owner", or_null(package.owner)}};
  if (with_line || package.line > 0) json["line"] = package.line;
  const auto add = [&json](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = to_utf8(value);
  };
  add("architecture", package.architecture);
  add("module", package.module_label);
  add("tier", package.tier);
  return json;
}

std::optional<Package> package_of_json(const Json& json) {
  for (const char* key : {"name", "version", "ecosystem", "path"}) {
    if (!has_text(json, key)) return std::nullopt;
  }
  Package package{.name = text(json, "name"),
                  .version = text(json, "version"),
                  .ecosystem = text(json, "ecosystem"),
                  .purl = text(json, "purl"),
                  .architecture = text(json, "architecture"),
                  .module_label = text(json, "module"),
                  .licenses = fields::texts(json, "licenses"),
                  .owner = text(json, "owner"),
                  .path = text(json, "path"),
                  .tier = text(json, "tier"),
                  .layer = text(json, "layer")};
  read_source(json, package);
  const auto dev = json.find("dev");
  package.dev = dev != json.end() && *dev == true;
  package.line =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(fields::number(json, "line"), UINT32_MAX));
  return package;
}

}  // namespace plimsoll::report
