#include <utility>

#include "advisory/erratum.h"
#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "advisory/json_reading.h"

namespace plimsoll::advisory::feeds {
namespace {

using json::Value;

/// "go-toolset:rhel8" of {"name": "go-toolset", "stream": "rhel8"}; "" without.
std::string module_of(const Value& collection) {
  Value module;
  if (collection.at_key("module").get(module) != simdjson::SUCCESS) return {};
  const std::string_view name = json::text(module, "name");
  const std::string_view stream = json::text(module, "stream");
  if (name.empty() || stream.empty()) return {};
  return std::string(name) + ':' + std::string(stream);
}

void take_packages(const FeedFile& file, const Value& collection, Advisory& advisory,
                   FeedSink& sink) {
  const std::string module = module_of(collection);
  json::for_each(collection, "packages", [&](const Value& each) {
    const ErratumPackage package{.name = json::text(each, "name"),
                                 .epoch = json::text(each, "epoch"),
                                 .version = json::text(each, "version"),
                                 .release = json::text(each, "release"),
                                 .architecture = json::text(each, "arch")};
    if (add_erratum_package(package, module, advisory)) return;
    sink.skip(unread(file, advisory.id + ": package '" + std::string(package.name) +
                               "' without a version of a known distribution"));
  });
}

void take_references(const Value& erratum, Advisory& advisory) {
  json::for_each(erratum, "references", [&advisory](const Value& each) {
    const std::string_view url = json::text(each, "href");
    const std::string_view id = json::text(each, "id");
    if (!url.empty()) advisory.references.emplace_back(url);
    if (is_cve(id)) advisory.upstream.emplace_back(id);
  });
  for (std::string& id : json::texts(erratum, "cveids")) {
    if (is_cve(id)) advisory.upstream.push_back(std::move(id));
  }
  leave_once(advisory.upstream);
}

std::string date_of(const Value& erratum, std::string_view key) {
  Value date;
  if (erratum.at_key(key).get(date) != simdjson::SUCCESS) return {};
  // "2021-08-13 17:31" is no time of a known zone; its day is.
  return std::string(json::text(date, "date").substr(0, 10));
}

Result<void> read(const FeedFile& file, FeedSink& sink) {
  thread_local json::Reader reader;
  const auto erratum = reader.read(file.bytes);
  if (!erratum) return tl::unexpected(erratum.error());
  Advisory advisory{.id = std::string(json::text(*erratum, "updateinfo_id"))};
  if (advisory.id.empty()) advisory.id = json::text(*erratum, "id");
  if (advisory.id.empty()) return fail(ErrorCode::kInvalid, "an erratum without an id", file.path);
  advisory.summary = json::text(*erratum, "title");
  advisory.details = json::text(*erratum, "description");
  advisory.severity = json::text(*erratum, "severity");
  advisory.published = date_of(*erratum, "issued");
  advisory.modified = date_of(*erratum, "updated");
  take_references(*erratum, advisory);
  take_packages(file, *erratum, advisory, sink);
  json::for_each(*erratum, "collections",
                 [&](const Value& collection) { take_packages(file, collection, advisory, sink); });
  Value list;
  if (erratum->at_key("pkglist").get(list) == simdjson::SUCCESS) {
    take_packages(file, list, advisory, sink);
  }
  sink.made(advisory.modified);
  if (!advisory.affected.empty()) sink.add(std::move(advisory));
  return {};
}

/// The same keys in the words of three distributions.
bool recognises(std::string_view /*path*/, std::string_view head) {
  const bool is_alma = has_json_key(head, 1, "updateinfo_id") && has_json_key(head, 1, "pkglist");
  const bool is_other = has_json_key(head, 1, "issued") &&
                        (has_json_key(head, 1, "packages") || has_json_key(head, 1, "collections"));
  return is_alma || is_other;
}

}  // namespace

/// Errata in JSON: Amazon Linux, Rocky Linux, AlmaLinux, Bottlerocket. Packages are binary ones.
const FeedFormat& rpm_errata() {
  static constexpr FeedFormat kFormat{.name = "rpm-errata",
                                      .title = "errata of Amazon, Rocky, Alma and Bottlerocket",
                                      .recognises = recognises,
                                      .read = read,
                                      .source = "https://github.com/aquasecurity/vuln-list-update"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
