#include <utility>

#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "advisory/json_reading.h"
#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll::advisory::feeds {
namespace {

using json::Value;

/// "4.0" of "cve_data_photon4.0.json"; "" of other names.
std::string_view release_of(std::string_view path) {
  constexpr std::string_view kName = "photon";
  const std::string_view name = path::name(path);
  const std::size_t at = name.rfind(kName);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = name.substr(at + kName.size());
  std::size_t end = 0;
  while (end < rest.size() && (ascii::is_digit(rest[end]) || rest[end] == '.')) ++end;
  std::string_view release = rest.substr(0, end);
  while (release.ends_with('.')) release.remove_suffix(1);
  return release;
}

bool is_version(std::string_view text) {
  return !text.empty() && text != "NA" && text != "N/A";
}

void take(const FeedFile& file, const Value& record, FeedSink& sink) {
  Advisory advisory{.id = std::string(json::text(record, "cve_id"))};
  Affected affected{.package = std::string(json::text(record, "pkg"))};
  std::string_view release = json::text(record, "os_version");
  if (release.empty()) release = release_of(file.path);
  if (advisory.id.empty() || affected.package.empty() || release.empty()) {
    sink.skip(unread(file, "'" + advisory.id + "' of '" + affected.package +
                               "': no id, no package or no release"));
    return;
  }
  affected.ecosystem = "Photon OS:" + std::string(release);
  affected.architectures = {"src"};  // packages are named by their source
  const std::string_view status = json::text(record, "status");
  const std::string_view fixed = json::text(record, "res_ver");
  if (status == "Not Affected") {
    affected.status = Status::kNotAffected;
  } else if (is_version(fixed)) {
    affected.ranges.push_back({.fixed = std::string(fixed)});
  } else if (json::text(record, "aff_ver") == "NA") {
    return;  // nothing is affected, nothing is resolved
  }
  if (is_cve(advisory.id)) {
    advisory.references.push_back("https://nvd.nist.gov/vuln/detail/" + advisory.id);
  }
  advisory.affected.push_back(std::move(affected));
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

/// A list of all, or one vulnerability of one package as some mirrors split it.
bool recognises(std::string_view /*path*/, std::string_view head) {
  for (const std::size_t depth : {std::size_t{1}, std::size_t{2}}) {
    if (has_json_key(head, depth, "res_ver") && has_json_key(head, depth, "cve_id")) return true;
  }
  return false;
}

}  // namespace

const FeedFormat& photon() {
  static constexpr FeedFormat kFormat{
      .name = "photon",
      .title = "Photon OS's CVE data",
      .recognises = recognises,
      .read = read,
      .source = "https://packages.vmware.com/photon/photon_cve_metadata/"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
