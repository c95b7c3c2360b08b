#include "version/evr.h"

#include "version/text_order.h"

namespace plimsoll::version {

Evr split_evr(std::string_view text) {
  Evr parts;
  parts.version = text;
  std::string_view rest = text;
  const std::string_view digits = take_digits(rest);
  if (take(rest, ":")) {
    parts.epoch = digits;
    parts.version = rest;
  }
  const std::size_t hyphen = parts.version.rfind('-');
  if (hyphen != std::string_view::npos) {
    parts.has_release = true;
    parts.release = parts.version.substr(hyphen + 1);
    parts.version = parts.version.substr(0, hyphen);
  }
  return parts;
}

}  // namespace plimsoll::version
