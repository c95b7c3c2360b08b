#include "check/ended_release.h"

namespace plimsoll::check {

bool supported_by_others(const EndOfLife& release, Date today) {
  return release.extended && *release.extended > today;
}

std::string describe_ended(const EndOfLife& release, Date today) {
  std::string text(release.title);
  if (!release.cycle.empty()) text += ' ' + std::string(release.cycle);
  text += " is past its end of life of " + to_string(*release.date);
  if (supported_by_others(release, today)) {
    text += " (others support it until " + to_string(*release.extended) + ')';
  }
  return text;
}

std::string describe_ended_system(std::string_view id, std::string_view version, Date today) {
  const EndOfLife* const release = end_of_system(id, version);
  return release != nullptr && release->ended(today) ? describe_ended(*release, today)
                                                     : std::string();
}

}  // namespace plimsoll::check
