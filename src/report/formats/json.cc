#include "report/format.h"
#include "report/json_document.h"

namespace plimsoll::report::formats {
namespace {

std::string render(const Document& document, const Appearance& appearance) {
  return to_json(document, appearance.with_source);
}

}  // namespace

const Format& json() {
  static constexpr Format kFormat{.name = "json",
                                  .title = "the whole report for other programs",
                                  .render = render,
                                  .lists_packages = true,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
