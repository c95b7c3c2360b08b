#include <utility>

#include "advisory/exploit_status_words.h"
#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "advisory/json_reading.h"

namespace plimsoll::advisory::feeds {
namespace {

using json::Value;

struct DecisionPoints {
  std::string_view exploitation;
  std::string_view automatable;
  std::string_view impact;
  std::string_view cvss;
};

void take_ssvc(const Value& metric, DecisionPoints& points) {
  Value other;
  Value content;
  if (metric.at_key("other").get(other) != simdjson::SUCCESS) return;
  if (json::text(other, "type") != "ssvc") return;
  if (other.at_key("content").get(content) != simdjson::SUCCESS) return;
  json::for_each(content, "options", [&points](const Value& option) {
    const std::pair<std::string_view, std::string_view*> kOptions[] = {
        {"Exploitation", &points.exploitation},
        {"Automatable", &points.automatable},
        {"Technical Impact", &points.impact}};
    for (const auto& [name, into] : kOptions) {
      if (json::has(option, name)) *into = json::text(option, name);
    }
  });
}

/// The vector of the newest version that the container has.
void take_cvss(const Value& metric, DecisionPoints& points) {
  for (const std::string_view key : {"cvssV4_0", "cvssV3_1", "cvssV3_0"}) {
    Value score;
    if (metric.at_key(key).get(score) != simdjson::SUCCESS) continue;
    const std::string_view vector = json::text(score, "vectorString");
    if (vector > points.cvss) points.cvss = vector;
  }
}

Result<void> read(const FeedFile& file, FeedSink& sink) {
  thread_local json::Reader reader;
  const auto record = reader.read(file.bytes);
  if (!record) return tl::unexpected(record.error());
  Value metadata;
  Value containers;
  if (record->at_key("cveMetadata").get(metadata) != simdjson::SUCCESS ||
      record->at_key("containers").get(containers) != simdjson::SUCCESS) {
    return fail(ErrorCode::kInvalid, "a CVE record without metadata or containers", file.path);
  }
  const std::string_view id = json::text(metadata, "cveId");
  if (!is_cve(id)) return fail(ErrorCode::kInvalid, "a CVE record without its id", file.path);
  DecisionPoints points;
  json::for_each(containers, "adp", [&points](const Value& container) {
    json::for_each(container, "metrics", [&points](const Value& metric) {
      take_ssvc(metric, points);
      take_cvss(metric, points);
    });
  });
  sink.made(json::text(metadata, "dateUpdated"));
  if (points.exploitation.empty()) return {};  // CISA has not looked at all of them
  auto status = exploit_status_of(points.exploitation, points.automatable, points.impact);
  if (!status) {
    sink.skip(unread(file, std::string(id) + ": unknown decision points"));
    return {};
  }
  status->id = id;
  status->cvss = points.cvss;
  sink.add(std::move(*status));
  return {};
}

bool recognises(std::string_view /*path*/, std::string_view head) {
  return has_json_key(head, 1, "cveMetadata");
}

}  // namespace

/// CVE records of the JSON format 5. Only what CISA adds to them is taken: products are named there
/// in everybody's own words, which no package manager knows.
const FeedFormat& cve_record() {
  static constexpr FeedFormat kFormat{.name = "cve-record",
                                      .title = "CVE records with CISA's decision points",
                                      .recognises = recognises,
                                      .read = read,
                                      .source = "https://github.com/cisagov/vulnrichment"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
