#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "advisory/debian_release.h"
#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "core/ascii.h"

namespace plimsoll::advisory::feeds {
namespace {

/// Lists that Debian's security team writes by hand: DSA/list, DLA/list, CVE/list.
///   list    = { header, { TAB, ( line | "{", { CVE }, "}" ) } }
///   header  = "[", date, "] ", id, " ", title | id, [ "(" or "[", text ]
///   line    = [ "[", release, "] " ], "- ", package, " ", version or tag, [ "(" notes ")" ]
///   tag     = "<unfixed>" | "<not-affected>" | "<no-dsa>" | … ; see kTags
/// Any other line ("NOTE: …", "REJECTED", "RESERVED") says nothing of a package.
/// Source: https://security-team.debian.org/security_tracker.html

struct Tag {
  std::string_view word;
  Status status;
};
constexpr Tag kTags[] = {
    {"unfixed", Status::kAffected},         {"removed", Status::kAffected},
    {"not-affected", Status::kNotAffected}, {"no-dsa", Status::kFixDeferred},
    {"postponed", Status::kFixDeferred},    {"ignored", Status::kWillNotFix},
    {"end-of-life", Status::kEndOfLife},    {"undetermined", Status::kUnderInvestigation},
};

/// A line about a package. Without a release it is about unstable.
struct PackageLine {
  std::string_view release;
  std::string_view package;
  std::string_view state;  ///< version or "<tag>"
  std::string_view notes;
};

std::optional<PackageLine> package_line(std::string_view text) {
  PackageLine line;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    line.release = text.substr(1, end - 1);
    text = ascii::trim(text.substr(end + 1));
  }
  if (!text.starts_with("- ")) return std::nullopt;
  text.remove_prefix(2);
  line.package = take_word(text);
  line.state = take_word(text);
  line.notes = text;
  if (line.package.empty()) return std::nullopt;
  return line;
}

/// Of "(bug #1014713; medium)".
std::string_view severity_of(std::string_view notes) {
  if (notes.starts_with('(')) notes.remove_prefix(1);
  if (notes.ends_with(')')) notes.remove_suffix(1);
  for (const std::string_view each : ascii::split(notes, ';')) {
    for (const std::string_view word : {"unimportant", "low", "medium", "high"}) {
      if (ascii::trim(each) == word) return word;
    }
  }
  return {};
}

/// False for a tag nobody knows.
bool take_state(const PackageLine& line, Affected& affected) {
  affected.severity = severity_of(line.notes);
  if (!line.state.starts_with('<')) {
    if (line.state == "0") {
      affected.status = Status::kNotAffected;
    } else if (!line.state.empty()) {
      affected.ranges.push_back({.fixed = std::string(line.state)});
    }
    return !line.state.empty();
  }
  for (const Tag& tag : kTags) {
    if (line.state != '<' + std::string(tag.word) + '>') continue;
    affected.status = tag.status;
    if (tag.word != "unfixed") affected.note = tag.word;
    return true;
  }
  return false;
}

/// What stands below one header.
class Record {
 public:
  Record(const FeedFile& file, FeedSink& sink) : file_(file), sink_(sink) {}

  void begin(std::string_view header, std::uint32_t number) {
    finish();
    advisory_ = {};
    general_.clear();
    is_update_ = header.starts_with('[');
    std::string_view rest = header;
    if (is_update_) {
      const std::size_t end = rest.find(']');
      if (end == std::string_view::npos) {
        sink_.skip(unread(file_, "no header: its date does not end", number));
        return;
      }
      advisory_.published = date_of_words(rest.substr(1, end - 1));
      rest = rest.substr(end + 1);
    }
    advisory_.id = take_word(rest);
    // Nobody else knows a name that waits for its number.
    if (advisory_.id.ends_with("XXXX")) advisory_.id.clear();
    if (is_update_) {
      advisory_.summary = rest;
    } else if (rest.size() > 2) {
      advisory_.details = rest.substr(1, rest.size() - 2);
    }
    if (!advisory_.id.empty()) {
      advisory_.references.push_back("https://security-tracker.debian.org/tracker/" + advisory_.id);
    }
  }

  void take(std::string_view text, std::uint32_t number) {
    if (advisory_.id.empty()) return;
    if (text.starts_with('{')) take_references(text);
    if (text == "REJECTED") advisory_.is_withdrawn = true;
    const auto line = package_line(text);
    if (!line || line->state == "<itp>") return;  // wanted in Debian, not yet in it
    Affected affected{.package = std::string(line->package)};
    if (!take_state(*line, affected)) {
      sink_.skip(unread(file_, advisory_.id + ": no version and no known tag", number));
      return;
    }
    if (line->release.empty()) {
      general_.push_back(std::move(affected));
      return;
    }
    auto ecosystem = debian_ecosystem(line->release);
    if (!ecosystem) {
      sink_.skip(unread(file_, advisory_.id + ": unknown release", number));
      return;
    }
    affected.ecosystem = std::move(*ecosystem);
    advisory_.affected.push_back(std::move(affected));
  }

  void finish() {
    if (advisory_.id.empty()) return;
    take_general();
    const bool says_something = !advisory_.affected.empty() || !advisory_.upstream.empty();
    if (says_something) sink_.add(std::move(advisory_));
    advisory_ = {};
  }

 private:
  void take_references(std::string_view text) {
    text.remove_prefix(1);
    while (!text.empty()) {
      std::string_view word = take_word(text);
      if (word.ends_with('}')) word.remove_suffix(1);
      if (is_update_ && is_cve(word)) advisory_.upstream.emplace_back(word);
    }
  }

  /// A line without a release is about unstable, and about every release that has no line of its
  /// own for the package: versions of one package are in one order through all releases, so the
  /// tracker itself compares a release's version with the one that mends unstable.
  void take_general() {
    const auto key = [](const Affected& each) { return each.ecosystem + '\n' + each.package; };
    std::set<std::string> own;
    for (const Affected& each : advisory_.affected) own.insert(key(each));
    for (Affected& general : general_) {
      for (const DebianRelease& release : debian_releases()) {
        if (!release.is_tracked) continue;
        general.ecosystem = "Debian:" + std::string(release.number);
        if (!own.contains(key(general))) advisory_.affected.push_back(general);
      }
    }
  }

  const FeedFile& file_;
  FeedSink& sink_;
  Advisory advisory_;
  std::vector<Affected> general_;
  bool is_update_ = false;  ///< a DSA or DLA, no vulnerability
};

Result<void> read(const FeedFile& file, FeedSink& sink) {
  Record record(file, sink);
  for (FeedLines lines(file.bytes); lines.next();) {
    const std::string_view line = lines.line();
    if (ascii::trim(line).empty()) continue;
    if (ascii::is_blank(line[0])) {
      record.take(ascii::trim(line), lines.number());
    } else {
      record.begin(line, lines.number());
    }
  }
  record.finish();
  return {};
}

bool recognises(std::string_view /*path*/, std::string_view head) {
  FeedLines lines(head);
  if (!lines.next()) return false;
  const std::string_view first = lines.line();
  if (first.starts_with('[')) {
    const std::size_t end = first.find("] D");
    if (end == std::string_view::npos) return false;
    const std::string_view id = first.substr(end + 2);
    return id.starts_with("DSA-") || id.starts_with("DLA-") || id.starts_with("DTSA-");
  }
  std::string_view rest = first;
  const std::string_view id = take_word(rest);
  const bool is_id = is_cve(id) || (id.starts_with("CVE-") && id.ends_with("-XXXX"));
  if (!is_id || !lines.next() || !lines.line().starts_with('\t')) return false;
  // Lists of what the next point release will fix look alike, but nothing of them is published.
  return rest.starts_with('(') || rest.starts_with('[') || ascii::trim(lines.line()) == "RESERVED";
}

}  // namespace

const FeedFormat& debian_list() {
  static constexpr FeedFormat kFormat{
      .name = "debian-list",
      .title = "lists of Debian's security team",
      .recognises = recognises,
      .read = read,
      .source = "https://security-team.debian.org/security_tracker.html"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
