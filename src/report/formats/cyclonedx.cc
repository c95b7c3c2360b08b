#include "report/cyclonedx.h"

#include "report/format.h"

namespace plimsoll::report::formats {
namespace {

std::string render(const Document& document, const Appearance& /*appearance*/) {
  return cyclonedx::to_json(document, "1.6");
}

}  // namespace

const Format& cyclonedx() {
  static constexpr Format kFormat{.name = "cyclonedx",
                                  .title = "the packages as CycloneDX 1.6 in JSON",
                                  .render = render,
                                  .lists_packages = true,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
