#include "report/cyclonedx.h"
#include "report/format.h"

namespace plimsoll::report::formats {
namespace {

std::string render(const Document& document, const Appearance& /*appearance*/) {
  return cyclonedx::to_json(document, "1.5");
}

}  // namespace

const Format& cyclonedx_1_5() {
  static constexpr Format kFormat{.name = "cyclonedx-1.5",
                                  .title = "the packages as CycloneDX 1.5 in JSON",
                                  .render = render,
                                  .lists_packages = true,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
