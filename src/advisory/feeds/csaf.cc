#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "advisory/csaf_product_tree.h"
#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "advisory/json_reading.h"
#include "core/ascii.h"

namespace plimsoll::advisory::feeds {
namespace {

using json::Value;

/// What stands in a vulnerability about single products.
struct ProductWords {
  std::map<std::string_view, std::string_view> remediations;  ///< why there is no fix
  std::map<std::string_view, std::string_view> impacts;
  std::string_view impact;  ///< of all the others
};

/// The affected packages of an advisory; one entry for all architectures that are alike.
class Packages {
 public:
  void take(Affected affected, std::string architecture) {
    const auto [at, is_new] = index_.emplace(
        Key{affected.ecosystem, affected.package, affected.module, affected.status, affected.note,
            affected.ranges.empty() ? ""
                                    : affected.ranges[0].fixed + affected.ranges[0].last_affected,
            affected.versions.empty() ? "" : affected.versions[0], architecture == "src"},
        all_.size());
    if (is_new) all_.push_back(std::move(affected));
    if (!architecture.empty() && architecture != "noarch") {
      architectures_[at->second].insert(std::move(architecture));
    }
  }

  std::vector<Affected> give() {
    for (const auto& [at, architectures] : architectures_) {
      all_[at].architectures.assign(architectures.begin(), architectures.end());
    }
    return std::move(all_);
  }

 private:
  using Key = std::tuple<std::string, std::string, std::string, Status, std::string, std::string,
                         std::string, bool>;
  std::map<Key, std::size_t> index_;
  std::map<std::size_t, std::set<std::string>> architectures_;
  std::vector<Affected> all_;
};

struct StatusList {
  std::string_view key;
  Status status;
  bool is_fixed = false;
};
/// SUSE calls the versions with the fix "recommended".
constexpr StatusList kLists[] = {
    {"fixed", Status::kAffected, true},
    {"first_fixed", Status::kAffected, true},
    {"recommended", Status::kAffected, true},
    {"known_affected", Status::kAffected},
    {"known_not_affected", Status::kNotAffected},
    {"under_investigation", Status::kUnderInvestigation},
};

/// Red Hat's words for a vulnerability without a fix.
Status status_of_remediation(std::string_view details) {
  if (details.starts_with("Out of support scope")) return Status::kEndOfLife;
  if (details.starts_with("Will not fix")) return Status::kWillNotFix;
  if (details.starts_with("Fix deferred")) return Status::kFixDeferred;
  if (details.starts_with("Under investigation")) return Status::kUnderInvestigation;
  return Status::kAffected;
}

ProductWords words_of(const Value& vulnerability) {
  ProductWords words;
  const auto each_product = [](const Value& of, const auto& take) {
    json::for_each(of, "product_ids", [&take](const Value& id) {
      std::string_view text;
      if (id.get(text) == simdjson::SUCCESS) take(text);
    });
  };
  json::for_each(vulnerability, "remediations", [&](const Value& each) {
    const std::string_view category = json::text(each, "category");
    if (category != "no_fix_planned" && category != "none_available") return;
    const std::string_view details = json::text(each, "details");
    each_product(each, [&](std::string_view id) { words.remediations.emplace(id, details); });
  });
  json::for_each(vulnerability, "threats", [&](const Value& each) {
    if (json::text(each, "category") != "impact") return;
    const std::string_view details = json::text(each, "details");
    if (!json::has(each, "product_ids")) words.impact = details;
    each_product(each, [&](std::string_view id) { words.impacts.emplace(id, details); });
  });
  return words;
}

std::string note_of(std::string_view details) {
  return ascii::lower(details.substr(0, details.find_first_of(".\n")));
}

/// A build that is fixed is the end of a range; one that is affected is so with all before it; one
/// that is not is that one alone.
void take_version(std::string evr, bool is_fixed, Affected& affected) {
  if (evr.empty()) return;
  if (affected.status == Status::kNotAffected) {
    affected.versions.push_back(std::move(evr));
  } else if (is_fixed) {
    affected.ranges.push_back({.fixed = std::move(evr)});
  } else {
    affected.ranges.push_back({.last_affected = std::move(evr)});
  }
}

void take_product(const CsafProductTree& tree, const StatusList& list, const ProductWords& words,
                  std::string_view id, Packages& packages) {
  auto package = tree.package(id);
  if (!package) return;
  RpmName& rpm = package->rpm;
  // What is fixed is named by its binary packages too; what is not, often by its source alone.
  if (list.is_fixed && (rpm.architecture == "src" || rpm.evr.empty())) return;
  Affected affected{.ecosystem = std::move(package->ecosystem),
                    .package = std::move(rpm.name),
                    .status = list.status,
                    .module = std::move(rpm.module)};
  if (list.key == "known_affected") {
    if (const auto why = words.remediations.find(id); why != words.remediations.end()) {
      affected.status = status_of_remediation(why->second);
      affected.note = note_of(why->second);
    }
  }
  const auto impact = words.impacts.find(id);
  affected.severity = impact == words.impacts.end() ? words.impact : impact->second;
  take_version(std::move(rpm.evr), list.is_fixed, affected);
  packages.take(std::move(affected), std::move(rpm.architecture));
}

void take_products(const CsafProductTree& tree, const Value& vulnerability, bool is_update,
                   Packages& packages) {
  Value statuses;
  if (vulnerability.at_key("product_status").get(statuses) != simdjson::SUCCESS) return;
  const ProductWords words = words_of(vulnerability);
  for (const StatusList& list : kLists) {
    if (is_update && !list.is_fixed) continue;
    json::for_each(statuses, list.key, [&](const Value& each) {
      std::string_view id;
      if (each.get(id) == simdjson::SUCCESS) take_product(tree, list, words, id, packages);
    });
  }
}

/// The vector of the newest version; vendors may give one per group of products.
void take_cvss(const Value& vulnerability, Advisory& advisory) {
  json::for_each(vulnerability, "scores", [&advisory](const Value& each) {
    for (const std::string_view key : {"cvss_v4", "cvss_v3", "cvss_v2"}) {
      Value score;
      if (each.at_key(key).get(score) != simdjson::SUCCESS) continue;
      const std::string_view vector = json::text(score, "vectorString");
      const bool is_newer = vector.starts_with("CVSS:") && vector.substr(0, 8) > advisory.cvss;
      if (advisory.cvss.empty() || is_newer) advisory.cvss = vector;
    }
  });
}

void take_texts(const Value& of, Advisory& advisory) {
  json::for_each(of, "notes", [&advisory](const Value& note) {
    const std::string_view category = json::text(note, "category");
    if (category == "description" || (category == "general" && advisory.details.empty())) {
      advisory.details = json::text(note, "text");
    }
  });
  std::vector<std::string> others;
  json::for_each(of, "references", [&](const Value& each) {
    const bool is_own = json::text(each, "category") == "self";
    (is_own ? advisory.references : others).emplace_back(json::text(each, "url"));
  });
  advisory.references.insert(advisory.references.end(), others.begin(), others.end());
}

void take_vulnerability(const Value& vulnerability, Advisory& advisory) {
  take_cvss(vulnerability, advisory);
  Value weakness;
  if (vulnerability.at_key("cwe").get(weakness) != simdjson::SUCCESS) return;
  const std::string_view id = json::text(weakness, "id");
  if (!id.empty()) advisory.weaknesses.emplace_back(id);
}

/// What the document says of itself.
Advisory begin(const Value& document, const Value& tracking) {
  Advisory advisory{.id = std::string(json::text(tracking, "id")),
                    .summary = std::string(json::text(document, "title")),
                    .published = std::string(json::text(tracking, "initial_release_date")),
                    .modified = std::string(json::text(tracking, "current_release_date"))};
  const std::string_view status = json::text(tracking, "status");
  advisory.is_withdrawn = status == "deleted" || status == "withdrawn";
  Value severity;
  if (document.at_key("aggregate_severity").get(severity) == simdjson::SUCCESS) {
    advisory.severity = json::text(severity, "text");
  }
  return advisory;
}

Result<void> read(const FeedFile& file, FeedSink& sink) {
  thread_local json::Reader reader;
  const auto whole = reader.read(file.bytes);
  if (!whole) return tl::unexpected(whole.error());
  Value document;
  Value tracking;
  if (whole->at_key("document").get(document) != simdjson::SUCCESS ||
      document.at_key("tracking").get(tracking) != simdjson::SUCCESS ||
      json::text(tracking, "id").empty()) {
    return fail(ErrorCode::kInvalid, "a CSAF document without an id", file.path);
  }
  Advisory advisory = begin(document, tracking);
  sink.made(advisory.modified);
  const bool is_update = !is_cve(advisory.id);
  if (is_update) take_texts(document, advisory);
  const CsafProductTree tree(*whole);
  Packages packages;
  json::for_each(*whole, "vulnerabilities", [&](const Value& vulnerability) {
    const std::string_view id = json::text(vulnerability, "cve");
    take_products(tree, vulnerability, is_update, packages);
    take_vulnerability(vulnerability, advisory);
    if (!is_update) {
      take_texts(vulnerability, advisory);
    } else if (is_cve(id)) {
      advisory.upstream.emplace_back(id);
    } else {
      sink.skip(unread(file, advisory.id + ": vulnerability without a CVE"));
    }
  });
  leave_once(advisory.weaknesses);
  advisory.affected = packages.give();
  sink.add(std::move(advisory));
  return {};
}

/// Deleted documents hold nothing but their tracking.
bool recognises(std::string_view /*path*/, std::string_view head) {
  return has_json_key(head, 1, "document") &&
         (has_json_key(head, 2, "csaf_version") || has_json_key(head, 2, "tracking"));
}

}  // namespace

/// Red Hat's and SUSE's documents of both kinds. One about a CVE (VEX) tells every status. One
/// about an update tells what it fixes: which of its vulnerabilities a package of it had is told by
/// the documents of those. Two builds of one package may be fixed in one ecosystem ("…el9_2",
/// "…el9_3"), each for its minor release; they stay two entries. Only RPMs are taken; an entry with
/// the architecture "src" names a source package.
const FeedFormat& csaf() {
  static constexpr FeedFormat kFormat{
      .name = "csaf",
      .title = "CSAF advisories and VEX documents of Red Hat and SUSE",
      .recognises = recognises,
      .read = read,
      .source = "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
