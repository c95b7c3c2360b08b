#include <algorithm>
#include <utility>
#include <vector>

#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "advisory/json_reading.h"
#include "core/ascii.h"

namespace plimsoll::advisory::feeds {
namespace {

using json::Value;

/// One name of a vulnerability under one version of one package.
struct Fix {
  std::string_view id;
  std::string_view names;  ///< all that stood with it: "CVE-2024-22195 GHSA-h5c8-rqwp-cp95"
  std::string_view package;
  std::string_view version;
};

/// "GHSA-f7r5-w49x-gxm3", "XSA-213", "ALPINE-13661": letters, then something after a dash.
bool is_vulnerability(std::string_view word) {
  const std::size_t dash = word.find('-');
  if (dash == 0 || dash == std::string_view::npos || dash + 1 == word.size()) return false;
  return std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(dash),
                     [](char c) { return ascii::is_upper(c); });
}

/// "Alpine:v3.20", "Alpine:edge", "Wolfi", "Chainguard", "MinimOS"; "" for a repository nobody
/// knows.
std::string ecosystem_of(const Value& database) {
  const std::string_view release = json::text(database, "distroversion");
  const std::string_view repository = json::text(database, "reponame");
  const std::string_view prefix = json::text(database, "urlprefix");
  if (!release.empty()) return "Alpine:" + std::string(release);
  if (repository == "chainguard" || ascii::contains(prefix, "chainguard") ||
      ascii::contains(prefix, "cgr.dev")) {
    return "Chainguard";
  }
  if (ascii::contains(prefix, "wolfi")) return "Wolfi";
  if (ascii::contains(prefix, "mini.dev")) return "MinimOS";
  return {};
}

/// The first CVE of them, else the first name at all.
std::string_view id_of(std::string_view names) {
  const std::string_view cve = find_cve(names);
  if (!cve.empty()) return cve;
  while (!names.empty()) {
    const std::string_view word = take_word(names);
    if (is_vulnerability(word)) return word;
  }
  return {};
}

void take_aliases(std::string_view names, Advisory& advisory) {
  while (!names.empty()) {
    const std::string_view word = take_word(names);
    // People write remarks there too: "CVE-2017-2616 (+ regression fix)".
    const bool is_name = word.starts_with("CVE-") || word.starts_with("GHSA-");
    if (is_name && word != advisory.id) advisory.aliases.emplace_back(word);
  }
}

void take_package(const FeedFile& file, const Value& package, std::vector<Fix>& fixes,
                  FeedSink& sink) {
  const std::string_view name = json::text(package, "name");
  if (name.empty()) {
    sink.skip(unread(file, "package without a name"));
    return;
  }
  json::for_each_member(package, "secfixes", [&](std::string_view version, const Value& ids) {
    json::for_each(ids, "", [&](const Value& each) {
      std::string_view names;
      if (each.get(names) != simdjson::SUCCESS || id_of(names).empty()) {
        sink.skip(unread(
            file, std::string(name) + ' ' + std::string(version) + ": no vulnerability named"));
        return;
      }
      fixes.push_back({.id = id_of(names), .names = names, .package = name, .version = version});
    });
  });
}

/// A version of "0" says that the package never had it.
Affected affected_of(const Fix& fix, const std::string& ecosystem) {
  Affected affected{.ecosystem = ecosystem, .package = std::string(fix.package)};
  if (fix.version == "0") {
    affected.status = Status::kNotAffected;
  } else {
    affected.ranges.push_back({.fixed = std::string(fix.version)});
  }
  return affected;
}

std::string page_of(std::string_view id, const std::string& ecosystem) {
  if (!ecosystem.starts_with("Alpine:")) return {};
  return "https://security.alpinelinux.org/vuln/" + std::string(id);
}

void give(std::vector<Fix>& fixes, const std::string& ecosystem, FeedSink& sink) {
  std::stable_sort(fixes.begin(), fixes.end(),
                   [](const Fix& a, const Fix& b) { return a.id < b.id; });
  for (std::size_t at = 0; at < fixes.size();) {
    Advisory advisory{.id = std::string(fixes[at].id)};
    if (std::string page = page_of(advisory.id, ecosystem); !page.empty()) {
      advisory.references.push_back(std::move(page));
    }
    for (; at < fixes.size() && fixes[at].id == advisory.id; ++at) {
      take_aliases(fixes[at].names, advisory);
      advisory.affected.push_back(affected_of(fixes[at], ecosystem));
    }
    leave_once(advisory.aliases);
    sink.add(std::move(advisory));
  }
}

Result<void> read(const FeedFile& file, FeedSink& sink) {
  thread_local json::Reader reader;
  const auto database = reader.read(file.bytes);
  if (!database) return tl::unexpected(database.error());
  const std::string ecosystem = ecosystem_of(*database);
  if (ecosystem.empty()) {
    return fail(ErrorCode::kInvalid, "security database of an unknown distribution", file.path);
  }
  std::vector<Fix> fixes;
  json::for_each(*database, "packages", [&](const Value& each) {
    Value package;
    if (each.at_key("pkg").get(package) == simdjson::SUCCESS) {
      take_package(file, package, fixes, sink);
    }
  });
  if (json::has(*database, "secfixes")) take_package(file, *database, fixes, sink);
  give(fixes, ecosystem, sink);
  return {};
}

/// A whole database, or one package of one as some mirrors split it.
bool recognises(std::string_view /*path*/, std::string_view head) {
  return has_json_key(head, 1, "apkurl") &&
         (has_json_key(head, 1, "packages") || has_json_key(head, 1, "secfixes"));
}

}  // namespace

/// Security databases of Alpine and of who builds like it. Names of packages are those of the
/// origin. Only fixed vulnerabilities are in it.
const FeedFormat& alpine_secdb() {
  static constexpr FeedFormat kFormat{.name = "alpine-secdb",
                                      .title = "secdb of Alpine, Wolfi, Chainguard and MinimOS",
                                      .recognises = recognises,
                                      .read = read,
                                      .source = "https://secdb.alpinelinux.org/"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
