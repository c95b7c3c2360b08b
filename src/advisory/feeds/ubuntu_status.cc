#include <utility>

#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "core/ascii.h"

namespace plimsoll::advisory::feeds {
namespace {

constexpr std::string_view kColumns = "cve\tecosystem\tsource\tstatus\tnote\tpriority";

bool is_past_support(std::string_view note) {
  return ascii::contains(note, "end of life") || ascii::contains(note, "end-of-life") ||
         ascii::contains(note, "out of standard support") ||
         ascii::contains(note, "end of standard");
}

/// What the tracker's word means; the note is a version for "released" and "pending", a remark
/// else. False where the row says nothing that can be used.
bool take_status(std::string_view word, std::string_view note, Affected& affected) {
  affected.note = note.empty() || word == "pending" ? word : note;
  if (word == "released") {
    affected.note.clear();
    if (note.empty()) return false;  // a fix, and nobody says in which version
    affected.ranges.push_back({.fixed = std::string(note)});
    return true;
  }
  if (word == "needed" || word == "pending" || word == "active") return true;
  if (word == "not-affected") {
    affected.status = Status::kNotAffected;
  } else if (word == "ignored") {
    affected.status = is_past_support(note) ? Status::kEndOfLife : Status::kWillNotFix;
  } else if (word == "deferred") {
    affected.status = Status::kFixDeferred;
  } else if (word == "needs-triage") {
    affected.status = Status::kUnderInvestigation;
  } else {
    return false;
  }
  return true;
}

Result<void> read(const FeedFile& file, FeedSink& sink) {
  Advisory advisory;
  const auto give = [&] {
    if (!advisory.affected.empty()) sink.add(std::move(advisory));
    advisory = {};
  };
  for (FeedLines lines(file.bytes); lines.next();) {
    if (lines.line().empty() || lines.line().starts_with(kColumns)) continue;
    const auto [id, ecosystem, package, status, note, priority] = cells_of<6>(lines.line(), '\t');
    if (status == "DNE") continue;  // the release does not have the package
    Affected affected{.ecosystem = std::string(ecosystem), .package = std::string(package)};
    if (!is_cve(id) || !ecosystem.starts_with("Ubuntu:") || package.empty() ||
        !take_status(status, note, affected)) {
      sink.skip(unread(file, "no status of a package in a release", lines.number()));
      continue;
    }
    affected.severity = priority == "untriaged" ? std::string_view{} : priority;
    if (advisory.id != id) {  // rows of one vulnerability stand together
      give();
      advisory.id = id;
      advisory.references.push_back("https://ubuntu.com/security/" + advisory.id);
    }
    advisory.affected.push_back(std::move(affected));
  }
  give();
  return {};
}

bool recognises(std::string_view /*path*/, std::string_view head) {
  return head.starts_with(kColumns);
}

}  // namespace

/// A table of the CVE tracker: each vulnerability in each source package of each release.
const FeedFormat& ubuntu_status() {
  static constexpr FeedFormat kFormat{.name = "ubuntu-status",
                                      .title = "status table of Ubuntu's CVE tracker",
                                      .recognises = recognises,
                                      .read = read,
                                      .source = "https://ubuntu.com/security/cves"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
