#include "check/trivy_id.h"

#include "core/ascii.h"

namespace plimsoll::check {

std::string trivy_id(std::string_view id) {
  if (ascii::iequals(id.substr(0, 4), "AVD-")) id.remove_prefix(4);
  if (id.find('-') != std::string_view::npos) return std::string(id);
  std::size_t digits = 0;
  while (digits < id.size() && !ascii::is_digit(id[digits])) ++digits;
  const std::string_view number = id.substr(digits);
  if (number.empty() || number.size() > 4 || !ascii::is_number(number)) return std::string(id);
  return std::string(id.substr(0, digits)) + '-' + std::string(4 - number.size(), '0') +
         std::string(number);
}

}  // namespace plimsoll::check
