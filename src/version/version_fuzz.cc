#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bug.h"
#include "version/order.h"
#include "version/order_laws.h"
#include "version/text_order.h"

using namespace plimsoll;

namespace {

void check_range(const version::Order& order, std::string_view range, std::string_view version) {
  const auto found = version::contains(order, range, version);
  if (!found && found.error().message.empty()) PL_BUG("refused without a reason");
  (void)version::is_range(order, range);
  (void)order.is_valid(range);
}

}  // namespace

/// Three lines are three versions, and ranges of each other: every order is a weak order, and every
/// range is judged or refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::string_view rest = text;
  std::array<std::string_view, 3> lines;
  for (std::string_view& line : lines) line = version::take_until(rest, '\n');
  for (const version::Order* order : version::all_orders()) {
    const std::string_view law = version::broken_law(*order, lines);
    if (!law.empty()) PL_BUG(std::string(law).c_str());
    check_range(*order, lines[0], lines[1]);
    check_range(*order, lines[1], lines[2]);
  }
  return 0;
}
