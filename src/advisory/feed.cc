#include "advisory/feed.h"

namespace plimsoll::advisory {

const FeedFormat* format_of(std::string_view path, std::string_view head) {
  for (const FeedFormat* format : all_feed_formats()) {
    if (format->recognises(path, head)) return format;
  }
  return nullptr;
}

}  // namespace plimsoll::advisory
