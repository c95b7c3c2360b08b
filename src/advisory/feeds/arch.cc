#include <utility>

#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "advisory/json_reading.h"

namespace plimsoll::advisory::feeds {
namespace {

using json::Value;

/// False for a status nobody knows.
bool take_status(const Value& group, Affected& affected) {
  const std::string_view status = json::text(group, "status");
  const std::string_view fixed = json::text(group, "fixed");
  if (status == "Not affected") {
    affected.status = Status::kNotAffected;
  } else if (status == "Unknown") {
    affected.status = Status::kUnderInvestigation;
  } else if (status == "Fixed" || status == "Testing" || status == "Vulnerable") {
    if (!fixed.empty()) affected.ranges.push_back({.fixed = std::string(fixed)});
  } else {
    return false;
  }
  return status != "Fixed" || !fixed.empty();
}

void take(const FeedFile& file, const Value& group, FeedSink& sink) {
  Advisory advisory{.id = std::string(json::text(group, "name")),
                    .upstream = json::texts(group, "issues"),
                    .summary = std::string(json::text(group, "type")),
                    .severity = std::string(json::text(group, "severity"))};
  Affected affected{.ecosystem = "Arch Linux", .severity = advisory.severity};
  if (advisory.id.empty() || !take_status(group, affected)) {
    sink.skip(unread(file, "'" + advisory.id + "': no name, or no status and version"));
    return;
  }
  advisory.references.push_back("https://security.archlinux.org/" + advisory.id);
  for (std::string& package : json::texts(group, "packages")) {
    affected.package = std::move(package);
    advisory.affected.push_back(affected);
  }
  sink.add(std::move(advisory));
}

Result<void> read(const FeedFile& file, FeedSink& sink) {
  thread_local json::Reader reader;
  const auto all = reader.read(file.bytes);
  if (!all) return tl::unexpected(all.error());
  if (all->is_object()) {
    take(file, *all, sink);
  } else {
    json::for_each(*all, "", [&](const Value& each) { take(file, each, sink); });
  }
  return {};
}

/// A list of all, or one group as its own address gives it.
bool recognises(std::string_view /*path*/, std::string_view head) {
  for (const std::size_t depth : {std::size_t{1}, std::size_t{2}}) {
    if (has_json_key(head, depth, "packages") && has_json_key(head, depth, "issues") &&
        has_json_key(head, depth, "advisories")) {
      return true;
    }
  }
  return false;
}

}  // namespace

const FeedFormat& arch() {
  static constexpr FeedFormat kFormat{.name = "arch",
                                      .title = "Arch Linux's vulnerability groups",
                                      .recognises = recognises,
                                      .read = read,
                                      .source = "https://security.archlinux.org/all.json"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
