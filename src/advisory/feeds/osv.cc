#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "advisory/feed.h"
#include "advisory/json_reading.h"
#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll::advisory::feeds {
namespace {

using json::Value;

/// Events in the order of the record: each "introduced" opens a range, each end closes the last
/// one. Records with several pairs in one range, or one pair per range, are the same.
std::vector<Range> ranges_of(const Value& affected) {
  std::vector<Range> ranges;
  json::for_each(affected, "ranges", [&ranges](const Value& each) {
    if (json::text(each, "type") == "GIT") return;  // commits, not versions
    bool is_open = false;
    json::for_each(each, "events", [&](const Value& event) {
      if (json::has(event, "introduced")) {
        const std::string_view from = json::text(event, "introduced");
        ranges.push_back({.introduced = std::string(from == "0" ? "" : from)});
        is_open = true;
        return;
      }
      const std::string_view fixed = json::text(event, "fixed");
      const std::string_view limit = json::text(event, "limit");
      const std::string_view last = json::text(event, "last_affected");
      if (fixed.empty() && last.empty() && (limit.empty() || limit == "*")) return;
      if (!is_open) ranges.emplace_back();
      is_open = false;
      Range& range = ranges.back();
      if (!last.empty()) {
        range.last_affected = last;
      } else {
        range.fixed = fixed.empty() ? limit : fixed;
      }
    });
  });
  return ranges;
}

/// GitHub's records tell the end of a range elsewhere when it has no fix: "<= 2.1.3".
void take_last_known(const Value& affected, std::vector<Range>& ranges) {
  Value specific;
  if (affected.at_key("database_specific").get(specific) != simdjson::SUCCESS) return;
  std::string_view bound = ascii::trim(json::text(specific, "last_known_affected_version_range"));
  if (ranges.size() != 1 || !ranges[0].fixed.empty() || !ranges[0].last_affected.empty()) return;
  if (bound.starts_with("<=")) {
    ranges[0].last_affected = ascii::trim(bound.substr(2));
  } else if (bound.starts_with('<')) {
    ranges[0].fixed = ascii::trim(bound.substr(1));
  }
}

std::pair<Status, std::string> status_of(const Value& affected) {
  Value specific;
  if (affected.at_key("database_specific").get(specific) != simdjson::SUCCESS) return {};
  const std::string_view word = json::text(specific, "status");
  std::string note(json::text(specific, "note"));
  if (note.empty()) note = word;
  if (word == "ignored") return {Status::kWillNotFix, std::move(note)};
  if (word == "deferred" || word == "postponed") return {Status::kFixDeferred, std::move(note)};
  if (word == "not-affected") return {Status::kNotAffected, std::move(note)};
  if (word == "needs-triage") return {Status::kUnderInvestigation, std::move(note)};
  return {};
}

/// Of a list of severities: a vector of the newest CVSS, and a word of the distribution.
void take_severities(const Value& object, std::string& cvss, std::string& word) {
  json::for_each(object, "severity", [&](const Value& each) {
    const std::string_view type = json::text(each, "type");
    const std::string_view score = json::text(each, "score");
    if (!type.starts_with("CVSS_")) {
      word = score;
    } else if (score > cvss) {  // "CVSS:4.0/…" before "CVSS:3.1/…" before "AV:N/…"
      const bool is_older = cvss.starts_with("CVSS:") && !score.starts_with("CVSS:");
      if (!is_older) cvss = score;
    }
  });
}

Affected affected_of(const Value& each, Advisory& advisory) {
  Affected affected;
  Value package;
  if (each.at_key("package").get(package) != simdjson::SUCCESS) return affected;
  affected.ecosystem = json::text(package, "ecosystem");
  affected.package = json::text(package, "name");
  affected.ranges = ranges_of(each);
  take_last_known(each, affected.ranges);
  affected.versions = json::texts(each, "versions");
  std::tie(affected.status, affected.note) = status_of(each);
  take_severities(each, advisory.cvss, affected.severity);
  Value specific;
  if (each.at_key("ecosystem_specific").get(specific) == simdjson::SUCCESS) {
    if (affected.severity.empty()) {
      affected.severity = json::text(specific, "ubuntu_priority");
      if (affected.severity.empty()) affected.severity = json::text(specific, "urgency");
    }
    json::for_each(specific, "imports", [&affected](const Value& import) {
      const std::string path(json::text(import, "path"));
      const std::vector<std::string> symbols = json::texts(import, "symbols");
      for (const std::string& symbol : symbols) affected.symbols.push_back(path + '.' + symbol);
      // None named means all of the package.
      if (symbols.empty() && !path.empty()) affected.symbols.push_back(path + ".*");
    });
  }
  return affected;
}

bool is_vulnerability(std::string_view name) {
  return name.starts_with("CVE-");
}

/// Distributions named what an update mends under "related" before OSV had "upstream".
void take_upstream(const Value& record, Advisory& advisory) {
  advisory.upstream = json::texts(record, "upstream");
  if (!advisory.upstream.empty() || advisory.affected.empty()) return;
  if (advisory.affected[0].ecosystem.find(':') == std::string::npos) return;
  for (std::string& related : json::texts(record, "related")) {
    if (is_vulnerability(related)) advisory.upstream.push_back(std::move(related));
  }
}

Result<void> read(const FeedFile& file, FeedSink& sink) {
  thread_local json::Reader reader;
  const auto record = reader.read(file.bytes);
  if (!record) return tl::unexpected(record.error());
  Advisory advisory;
  advisory.id = json::text(*record, "id");
  if (advisory.id.empty()) return fail(ErrorCode::kInvalid, "an OSV record without an id");
  advisory.aliases = json::texts(*record, "aliases");
  advisory.summary = json::text(*record, "summary");
  advisory.details = json::text(*record, "details");
  advisory.published = json::text(*record, "published");
  advisory.modified = json::text(*record, "modified");
  advisory.is_withdrawn = !json::text(*record, "withdrawn").empty();
  take_severities(*record, advisory.cvss, advisory.severity);
  json::for_each(*record, "affected", [&advisory](const Value& each) {
    Affected affected = affected_of(each, advisory);
    if (!affected.package.empty()) advisory.affected.push_back(std::move(affected));
  });
  take_upstream(*record, advisory);
  std::vector<std::string> others;
  json::for_each(*record, "references", [&](const Value& each) {
    const bool is_advisory = json::text(each, "type") == "ADVISORY";
    (is_advisory ? advisory.references : others).emplace_back(json::text(each, "url"));
  });
  std::move(others.begin(), others.end(), std::back_inserter(advisory.references));
  Value specific;
  if (record->at_key("database_specific").get(specific) == simdjson::SUCCESS) {
    if (advisory.severity.empty()) advisory.severity = json::text(specific, "severity");
    advisory.weaknesses = json::texts(specific, "cwe_ids");
  }
  sink.made(advisory.modified);
  sink.add(std::move(advisory));
  return {};
}

/// Other formats of JSON have other keys at their top.
bool recognises(std::string_view path, std::string_view head) {
  if (path::extension(path) != ".json") return false;
  const bool has_id = head.find("\"id\"") != std::string_view::npos;
  const bool is_record = head.find("\"affected\"") != std::string_view::npos ||
                         head.find("\"modified\"") != std::string_view::npos ||
                         head.find("\"withdrawn\"") != std::string_view::npos;
  const bool is_other = head.find("\"@context\"") != std::string_view::npos ||
                        head.find("\"csaf_version\"") != std::string_view::npos ||
                        head.find("\"bomFormat\"") != std::string_view::npos ||
                        head.find("\"cveMetadata\"") != std::string_view::npos;
  return has_id && is_record && !is_other;
}

}  // namespace

const FeedFormat& osv() {
  static constexpr FeedFormat kFormat{.name = "osv",
                                      .title = "OSV records",
                                      .recognises = recognises,
                                      .read = read,
                                      .source = "https://ossf.github.io/osv-schema/"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
