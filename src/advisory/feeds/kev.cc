#include <utility>

#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "advisory/json_reading.h"

namespace plimsoll::advisory::feeds {
namespace {

Result<void> read(const FeedFile& file, FeedSink& sink) {
  thread_local json::Reader reader;
  const auto catalogue = reader.read(file.bytes);
  if (!catalogue) return tl::unexpected(catalogue.error());
  if (!json::has(*catalogue, "vulnerabilities")) {
    return fail(ErrorCode::kInvalid, "a catalogue without vulnerabilities", file.path);
  }
  sink.made(json::text(*catalogue, "dateReleased"));
  std::size_t count = 0;
  json::for_each(*catalogue, "vulnerabilities", [&](const json::Value& each) {
    ++count;
    const std::string_view id = json::text(each, "cveID");
    if (!is_cve(id)) {
      sink.skip(unread(file, "vulnerability " + std::to_string(count) + " without a CVE"));
      return;
    }
    sink.add(KnownExploited{
        .id = std::string(id),
        .added = std::string(json::text(each, "dateAdded")),
        .due = std::string(json::text(each, "dueDate")),
        .is_used_by_ransomware = json::text(each, "knownRansomwareCampaignUse") == "Known",
        .name = std::string(json::text(each, "vulnerabilityName"))});
  });
  return {};
}

bool recognises(std::string_view /*path*/, std::string_view head) {
  return has_json_key(head, 1, "catalogVersion");
}

}  // namespace

const FeedFormat& kev() {
  static constexpr FeedFormat kFormat{
      .name = "kev",
      .title = "CISA's Known Exploited Vulnerabilities",
      .recognises = recognises,
      .read = read,
      .source = "https://www.cisa.gov/known-exploited-vulnerabilities-catalog"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
