#include "config/settings.h"

namespace plimsoll::config {

std::string place_of(const Settings& settings, Span span) {
  const Position position = settings.source->position(span.begin);
  return settings.source->path() + ':' + std::to_string(position.line) + ':' +
         std::to_string(position.column);
}

}  // namespace plimsoll::config
