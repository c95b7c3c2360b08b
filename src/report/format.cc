#include "report/format.h"

namespace plimsoll::report {

const Format* find_format(std::string_view name) {
  for (const Format* format : all_formats()) {
    if (format->name == name || (format->also == name && !name.empty())) return format;
  }
  return nullptr;
}

std::string why_no_format(std::string_view name) {
  // The one format that a build can leave out.
  if (name == "html") return "this plimsoll was built without the HTML report (PLIMSOLL_WEB=OFF)";
  return "unknown format '" + std::string(name) + "'";
}

}  // namespace plimsoll::report
