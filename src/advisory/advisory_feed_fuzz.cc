// A feed may hold anything. Every format reads every input, also those that it does not recognise;
// a first line that starts with '@' is the path.

#include <cstddef>
#include <cstdint>
#include <string>

#include "advisory/feed.h"
#include "advisory/recording_sink.h"
#include "core/bug.h"

namespace {

using namespace plimsoll;
using namespace plimsoll::advisory;

void check(const RecordingSink& sink) {
  for (const Advisory& advisory : sink.advisories) {
    if (advisory.id.empty()) PL_BUG("an advisory without an id");
    for (const Affected& each : advisory.affected) {
      if (each.package.empty()) PL_BUG("a package without a name");
      for (const Range& range : each.ranges) {
        if (!range.fixed.empty() && !range.last_affected.empty()) PL_BUG("a range with two ends");
      }
    }
  }
  for (const ExploitPrediction& each : sink.predictions) {
    if (!(each.score >= 0 && each.score <= 1)) PL_BUG("a prediction that is no share");
  }
  for (const Error& each : sink.skipped) {
    if (each.message.empty()) PL_BUG("skipped without a reason");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string path = "feed.json";
  if (bytes.starts_with('@')) {
    const std::size_t end = bytes.find('\n');
    path = bytes.substr(1, end == std::string_view::npos ? end : end - 1);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  }
  int claims = 0;
  for (const FeedFormat* format : all_feed_formats()) {
    if (format->recognises(path, bytes)) ++claims;
    RecordingSink sink;
    const auto read = format->read({.path = path, .bytes = bytes}, sink);
    if (!read && read.error().message.empty()) PL_BUG("refused without a reason");
    check(sink);
  }
  if ((format_of(path, bytes) != nullptr) != (claims > 0)) PL_BUG("recognised by chance");
  return 0;
}
