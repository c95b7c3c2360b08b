#include "parse/trivy_ignore.h"

#include <utility>

#include "check/trivy_id.h"
#include "config/peer_setting.h"
#include "config/settings.h"
#include "config/tree_reader.h"
#include "core/ascii.h"
#include "core/limits.h"

// Sources: https://trivy.dev/latest/docs/configuration/filtering/ and, for what is taken when a
// line is odd, pkg/result/ignore.go of github.com/aquasecurity/trivy: blank-separated fields, the
// first is the id, `exp:` with a date that cannot be read makes the line nothing.
namespace plimsoll::config {
namespace {

/// What images and packages have; no rule of ours is about them.
bool is_advisory(std::string_view id) {
  for (const std::string_view prefix : {"CVE-", "GHSA-", "GO-", "RUSTSEC-", "PYSEC-", "TEMP-",
                                        "DLA-", "DSA-", "NSWG-", "GMS-", "ELSA-", "RHSA-"}) {
    if (id.starts_with(prefix)) return true;
  }
  return false;
}

const Rules& rules_of(std::string_view id) {
  return rules_silenced_by("trivy:" + check::trivy_id(id));
}

class IgnoreLines {
 public:
  IgnoreLines(Settings& settings, Date today) : settings_(settings), today_(today) {}

  void read() {
    const SourceFile& file = *settings_.source;
    for (const TrivyIgnoreLine& line : read_trivy_ignore_lines(file)) {
      if (settings_.ignores.size() >= limits::kConfigurationEntries) {
        settings_.notes.push_back(place_of(settings_, line.span) +
                                  ": too many ids; the rest is not read");
        break;
      }
      read_line(line);
    }
    unknown_.tell(file.path(), settings_.notes);
  }

 private:
  void read_line(const TrivyIgnoreLine& line) {
    if (is_advisory(line.id)) return;
    const Rules& rules = rules_of(line.id);
    if (rules.empty()) return unknown_.add(line.id);
    Ignore ignore = ignore_of(settings_, rules, line.span);
    ignore.suppression.reason = line.reason;
    if (ascii::contains(line.rest, "exp:")) {
      const auto until = parse_date(line.expiry);
      if (!until) {
        settings_.notes.push_back(place_of(settings_, line.span) + ": no date: '" +
                                  std::string(line.expiry.substr(0, 40)) + "'; '" +
                                  std::string(line.id) + "' is not ignored");
        return;
      }
      ignore.suppression.until = line.expiry;
      ignore.expired = *until < today_;
    }
    settings_.ignores.push_back(std::move(ignore));
  }

  Settings& settings_;
  Date today_;
  UnknownNames unknown_;
};

class IgnoreTree {
 public:
  IgnoreTree(Settings& settings, Date today)
      : settings_(settings), reader_(settings), today_(today) {}

  void read() {
    if (reader_.root() != nullptr) {
      const Node* list = reader_.root()->find("misconfigurations");
      if (list != nullptr) read_list(*list);
      // Secrets in files are findings of rules, too; their ids are not ours.
    }
    unknown_.tell(settings_.source->path(), settings_.notes);
    tell_problems(settings_);
  }

 private:
  void read_list(const Node& list) {
    for (const Node* item : list.items) {
      if (settings_.ignores.size() >= limits::kConfigurationEntries) {
        reader_.problem(item->span, "too many ids; the rest is not read");
        return;
      }
      read_item(*item);
    }
  }

  void read_item(const Node& item) {
    const Node* id = item.find("id");
    if (id == nullptr || id->str().empty()) return;
    const Rules& rules = rules_of(id->str());
    if (rules.empty()) return unknown_.add(id->str());
    Ignore ignore = ignore_of(settings_, rules, item.span);
    if (const Node* statement = item.find("statement")) {
      ignore.suppression.reason = ascii::trim(statement->str());
    }
    if (!read_expiry(item, ignore) || !read_paths(item, ignore)) return;
    settings_.ignores.push_back(std::move(ignore));
  }

  /// A day, or a time on it: "2027-01-31T00:00:00Z".
  bool read_expiry(const Node& item, Ignore& ignore) {
    const Node* expiry = item.find("expired_at");
    if (expiry == nullptr || expiry->is_null()) return true;
    const std::string_view day = expiry->str().substr(0, 10);
    const auto until = parse_date(day);
    if (!until) {
      reader_.problem(expiry->span, "no date: nothing is ignored by this entry");
      return false;
    }
    ignore.suppression.until = day;
    ignore.expired = *until < today_;
    return true;
  }

  bool read_paths(const Node& item, Ignore& ignore) {
    const Node* paths = item.find("paths");
    if (paths == nullptr || paths->items.empty()) return true;
    for (const Node* path : paths->items) {
      auto pattern = PathPattern::compile(path->str());
      const bool braces = path->str().find('{') != std::string_view::npos;
      if (pattern && !braces && ignore.paths.size() < limits::kConfigurationEntries) {
        ignore.paths.push_back(std::move(*pattern));
      } else {
        reader_.problem(path->span,
                        "this path is not understood, so that nothing is ignored by it");
      }
    }
    return !ignore.paths.empty();  // without paths it would hold everywhere
  }

  Settings& settings_;
  TreeReader reader_;
  Date today_;
  UnknownNames unknown_;
};

Settings of(std::string path, std::string text) {
  Settings settings;
  settings.source = std::make_unique<SourceFile>(std::move(path), std::move(text));
  return settings;
}

}  // namespace

Settings read_trivy_ignore(std::string path, std::string text, Date today) {
  Settings settings = of(std::move(path), std::move(text));
  IgnoreLines(settings, today).read();
  return settings;
}

Settings read_trivy_ignore_yaml(std::string path, std::string text, Date today) {
  Settings settings = of(std::move(path), std::move(text));
  IgnoreTree(settings, today).read();
  return settings;
}

}  // namespace plimsoll::config
