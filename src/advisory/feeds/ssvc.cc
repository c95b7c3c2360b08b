#include <utility>

#include "advisory/exploit_status_words.h"
#include "advisory/feed.h"
#include "advisory/feed_text.h"

namespace plimsoll::advisory::feeds {
namespace {

constexpr std::string_view kColumns = "cve\texploitation\tautomatable\ttechnical_impact\t";

Result<void> read(const FeedFile& file, FeedSink& sink) {
  for (FeedLines lines(file.bytes); lines.next();) {
    if (lines.line().empty() || lines.line().starts_with(kColumns)) continue;
    // The day it came into the catalogue of exploited ones is told by that catalogue.
    const auto [id, exploitation, automatable, impact, known_since, cvss] =
        cells_of<6>(lines.line(), '\t');
    auto status = exploit_status_of(exploitation, automatable, impact);
    if (!is_cve(id) || !status) {
      sink.skip(unread(file, "no CVE with its decision points", lines.number()));
      continue;
    }
    status->id = id;
    status->cvss = cvss;
    sink.add(std::move(*status));
  }
  return {};
}

bool recognises(std::string_view /*path*/, std::string_view head) {
  return head.starts_with(kColumns);
}

}  // namespace

/// The table that is made of CISA's enrichment of all CVE records; the records themselves are
/// read by `cve_record`.
const FeedFormat& ssvc() {
  static constexpr FeedFormat kFormat{.name = "ssvc",
                                      .title = "table of SSVC decision points",
                                      .recognises = recognises,
                                      .read = read,
                                      .source = "https://github.com/cisagov/vulnrichment"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
