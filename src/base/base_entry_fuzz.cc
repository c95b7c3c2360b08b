#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/entry_file.h"
#include "base/move.h"
#include "base/tag.h"
#include "core/bug.h"

// Files of the index, and the names in them, may be anything.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll::base;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto entry = entry_of_line(text)) {
    const std::string line = to_line(*entry);
    const auto again = entry_of_line(line);
    if (!again || to_line(*again) != line) PL_BUG("an entry is not read as it was written");
    if (line.find('\n') != std::string::npos) PL_BUG("an entry is more than a line");
  }
  const std::size_t end = text.find('\n');
  const auto from = reference_of(text.substr(0, end));
  if (!from) return 0;
  if (!(read_tag(*from) == read_tag(*from))) PL_BUG("a tag is read in two ways");
  const auto same = steps_between({.reference = *from, .os = {}}, {.reference = *from, .os = {}});
  if (!same || same->size() != 1 || same->front() != Step::kRefresh) {
    PL_BUG("an image is not its own refresh");
  }
  const auto to = end == std::string_view::npos ? std::nullopt : reference_of(text.substr(end + 1));
  if (!to) return 0;
  const Named one{.reference = *from, .os = {}};
  const Named other{.reference = *to, .os = {}};
  const auto there = steps_between(one, other);
  const auto back = steps_between(other, one);
  // What goes both ways is a refresh or of one release line.
  if (there && back && (there->size() > 1 || back->size() > 1)) {
    PL_BUG("an upgrade goes both ways");
  }
  return 0;
}
