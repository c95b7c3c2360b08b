#include <chrono>
#include <cstdint>
#include <string>

#include "check/rule.h"
#include "core/date.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "image-outdated",
    .title = "The image was built long ago",
    .severity = Severity::kLow,
    .control = Control::kBaseImageUpdates,
    .why =
        "What was fixed since in its base and its packages is not in it. Images age even when "
        "nobody touches the code.",
    .fix_note = "Build it anew on the current base, and regularly from now on.",
    .sources = "https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
};

constexpr std::chrono::days kOld{180};
/// Reproducible builds write 1970, 1980 (the oldest a ZIP can say) or the year 1.
constexpr std::uint16_t kFirstYear = 1981;

std::chrono::sys_days day_of(Date date) {
  return std::chrono::year(date.year) / std::chrono::month(date.month) / std::chrono::day(date.day);
}

void check(const image::Inventory& image, Sink& sink) {
  const std::string_view created = image.config.created;
  const auto date = parse_date(created.substr(0, created.find('T')));
  if (!date || date->year < kFirstYear) return;
  const auto age = day_of(sink.options().today) - day_of(*date);
  if (age <= kOld) return;
  sink.report(Place{}, "the image was built " + std::to_string(age.count()) + " days ago")
      .because("created", to_string(*date));
}

constexpr Example kExamples[] = {
    {.name = "last year", .before = "«config» {}\ncreated 2025-11-01T10:20:30.123456789Z\n"},
    {.name = "this month", .before = "config {}\ncreated 2026-11-01T10:20:30+02:00\n"},
    {.name = "reproducible", .before = "config {}\ncreated 1970-01-01T00:00:00Z\n"},
    {.name = "ZIP's first day", .before = "config {}\ncreated 1980-01-01T00:00:01Z\n"},
    {.name = "in the future", .before = "config {}\ncreated 2027-01-01T00:00:00Z\n"},
    {.name = "no date", .before = "config {}\ncreated yesterday\n"},
};

}  // namespace

const Rule& image_outdated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
