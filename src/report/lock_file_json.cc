#include "report/lock_file_json.h"

#include <algorithm>

#include "core/escape.h"
#include "report/json_fields.h"

namespace plimsoll::report {
namespace {

using Json = nlohmann::ordered_json;
using fields::text;

std::uint32_t number(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number_unsigned()) return 0;
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(found->get<std::uint64_t>(), UINT32_MAX));
}

}  // namespace

Json lock_file_json(const LockFile& file) {
  Json installs = Json::array();
  for (const LockInstall& each : file.installs) {
    installs.push_back({{"path", to_utf8(each.path)},
                        {"line", each.line},
                        {"stage", to_utf8(each.stage)},
                        {"dev", each.with_dev},
                        {"reach", to_string(each.reach)}});
  }
  return {{"path", to_utf8(file.path)},
          {"kind", file.kind},
          {"packages", file.packages},
          {"installs", std::move(installs)}};
}

LockFile lock_file_of_json(const Json& json) {
  LockFile file{
      .path = text(json, "path"), .kind = text(json, "kind"), .packages = number(json, "packages")};
  const auto installs = json.find("installs");
  if (installs == json.end() || !installs->is_array()) return file;
  for (const Json& each : *installs) {
    if (!each.is_object()) continue;
    const auto dev = each.find("dev");
    file.installs.push_back({.path = text(each, "path"),
                             .line = number(each, "line"),
                             .stage = text(each, "stage"),
                             .with_dev = dev != each.end() && *dev == true,
                             .reach = parse_install_reach(text(each, "reach"))});
  }
  return file;
}

}  // namespace plimsoll::report
