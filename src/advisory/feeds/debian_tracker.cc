#include <algorithm>
#include <utility>
#include <vector>

#include "advisory/debian_release.h"
#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "advisory/json_reading.h"
#include "core/ascii.h"

namespace plimsoll::advisory::feeds {
namespace {

using json::Value;

/// What the tracker says of one vulnerability in one source package.
struct Entry {
  std::string_view id;
  std::string_view package;
  Value value;
};

/// "low**" was guessed by a machine; "not yet assigned" is no word for a severity.
std::string_view severity_of(std::string_view urgency) {
  while (urgency.ends_with('*')) urgency.remove_suffix(1);
  const bool says_none = urgency == "not yet assigned" || urgency == "end-of-life";
  return says_none ? std::string_view{} : urgency;
}

/// An open vulnerability for which no advisory is planned.
void take_no_advisory(const Value& release, Affected& affected) {
  const std::string_view reason = json::text(release, "nodsa_reason");
  if (json::text(release, "urgency") == "end-of-life") {
    affected.status = Status::kEndOfLife;
    affected.note = "end-of-life";
  } else if (reason == "ignored") {
    affected.status = Status::kWillNotFix;
    affected.note = reason;
  } else if (json::has(release, "nodsa") || !reason.empty()) {
    affected.status = Status::kFixDeferred;
    affected.note = reason.empty() ? "no-dsa" : reason;
  }
}

/// False for a status nobody knows.
bool take_status(const Value& release, Affected& affected) {
  const std::string_view status = json::text(release, "status");
  const std::string_view fixed = json::text(release, "fixed_version");
  if (status == "resolved" && fixed == "0") {  // the release never had it
    affected.status = Status::kNotAffected;
  } else if (status == "resolved" && !fixed.empty()) {
    affected.ranges.push_back({.fixed = std::string(fixed)});
  } else if (status == "undetermined") {
    affected.status = Status::kUnderInvestigation;
    affected.note = status;
  } else if (status == "open") {
    take_no_advisory(release, affected);
  } else {
    return false;
  }
  affected.severity = severity_of(json::text(release, "urgency"));
  return true;
}

void take_releases(const FeedFile& file, const Entry& entry, Advisory& advisory, FeedSink& sink) {
  json::for_each_member(entry.value, "releases", [&](std::string_view name, const Value& release) {
    const std::string where =
        std::string(entry.package) + ' ' + std::string(entry.id) + ' ' + std::string(name);
    auto ecosystem = debian_ecosystem(name);
    if (!ecosystem) {
      sink.skip(unread(file, where + ": unknown release"));
      return;
    }
    Affected affected{.ecosystem = std::move(*ecosystem), .package = std::string(entry.package)};
    if (!take_status(release, affected)) {
      sink.skip(unread(file, where + ": no status, or no version that resolves it"));
      return;
    }
    advisory.affected.push_back(std::move(affected));
  });
}

/// Packages come one after the other, each with its vulnerabilities; what is told is one advisory
/// per vulnerability. Entries point into the document, so sorting them costs little.
std::vector<Entry> entries_of(const Value& tracker) {
  std::vector<Entry> entries;
  json::for_each_member(tracker, "", [&](std::string_view package, const Value& vulnerabilities) {
    json::for_each_member(vulnerabilities, "", [&](std::string_view id, const Value& value) {
      entries.push_back({.id = id, .package = package, .value = value});
    });
  });
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.id < b.id; });
  return entries;
}

Result<void> read(const FeedFile& file, FeedSink& sink) {
  thread_local json::Reader reader;
  const auto tracker = reader.read(file.bytes);
  if (!tracker) return tl::unexpected(tracker.error());
  const std::vector<Entry> entries = entries_of(*tracker);
  for (std::size_t at = 0; at < entries.size();) {
    Advisory advisory{.id = std::string(entries[at].id)};
    advisory.references.push_back("https://security-tracker.debian.org/tracker/" + advisory.id);
    for (; at < entries.size() && entries[at].id == advisory.id; ++at) {
      if (advisory.details.empty()) {
        advisory.details = json::text(entries[at].value, "description");
      }
      take_releases(file, entries[at], advisory, sink);
    }
    if (!advisory.affected.empty()) sink.add(std::move(advisory));
  }
  return {};
}

/// Packages, vulnerabilities, releases, and what is said of them; no key is at a known place
/// before.
bool recognises(std::string_view /*path*/, std::string_view head) {
  return has_json_key(head, 3, "releases") && has_json_key(head, 5, "repositories");
}

}  // namespace

const FeedFormat& debian_tracker() {
  static constexpr FeedFormat kFormat{
      .name = "debian-tracker",
      .title = "Debian's security tracker",
      .recognises = recognises,
      .read = read,
      .source = "https://security-tracker.debian.org/tracker/data/json"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
