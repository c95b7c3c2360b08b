#include "report/json_document.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/ascii.h"
#include "core/escape.h"
#include "report/facts_json.h"
#include "report/image_json.h"
#include "report/json_fields.h"
#include "report/lock_file_json.h"
#include "report/package_json.h"
#include "report/vulnerability_json.h"

namespace plimsoll::report {
namespace {

// Keeps keys in the order of the contract (DESIGN §4).
using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "plimsoll/report@1";

Json incomplete_json(const Document& document) {
  Json list = Json::array();
  for (const Incomplete& part : document.incomplete) {
    list.push_back(
        {{"stage", part.stage}, {"path", part.path}, {"limit", part.limit}, {"value", part.value}});
  }
  return list;
}

Json left_out_json(const Document& document) {
  Json list = Json::array();
  for (const LeftOut& part : document.left_out) {
    list.push_back({{"from", part.from}, {"pattern", part.pattern}, {"files", part.files}});
  }
  return list;
}

Json subjects_json(const Document& document) {
  Json list = Json::array();
  for (const Subject& subject : document.subjects) {
    list.push_back({{"id", subject.id},
                    {"kind", subject.kind},
                    {"name", subject.name},
                    {"path", subject.path}});
  }
  return list;
}

Json fix_json(const Entry& entry) {
  if (!entry.fix) return nullptr;
  return {{"safety", to_string(entry.fix->safety)}, {"title", entry.fix->title}};
}

Json suppressed_json(const Entry& entry) {
  if (!entry.suppressed) return nullptr;
  const Suppression& suppression = *entry.suppressed;
  return {{"by", suppression.by},
          {"reason", suppression.reason},
          {"until", suppression.until.empty() ? Json(nullptr) : Json(suppression.until)}};
}

Json evidence_json(const Entry& entry) {
  Json evidence = facts_json(entry.evidence);
  if (!entry.also.empty()) {
    Json subjects = Json::array({entry.subject});
    for (const std::string& id : entry.also) subjects.push_back(id);
    evidence["subjects"] = std::move(subjects);
  }
  return evidence;
}

Json finding_json(const Entry& entry) {
  const auto at = [&entry](std::uint32_t value) {
    return entry.region.line == 0 ? Json(nullptr) : Json(value);
  };
  Json json{{"rule", entry.rule},
            {"severity", to_string(entry.severity)},
            {"control", id(entry.control)},
            {"subject", entry.subject},
            {"message", entry.message},
            {"path", entry.path ? Json(*entry.path) : Json(nullptr)},
            {"line", at(entry.region.line)},
            {"column", at(entry.region.column)},
            {"end_line", at(entry.region.end_line)},
            {"end_column", at(entry.region.end_column)},
            {"fix", fix_json(entry)},
            {"fingerprint", entry.fingerprint},
            {"suppressed", suppressed_json(entry)},
            {"evidence", evidence_json(entry)}};
  if (entry.standing != Standing::kNone) json["standing"] = to_string(entry.standing);
  return json;
}

Json findings_json(const std::vector<Entry>& entries) {
  Json list = Json::array();
  for (const Entry& entry : entries) list.push_back(finding_json(entry));
  return list;
}

Json score_json(const ScoreLine& score) {
  Json controls = Json::array();
  for (const ControlScore& control : score.controls) {
    controls.push_back({{"id", id(control.control)},
                        {"title", title(control.control)},
                        {"status", to_string(control.status)},
                        {"passed", control.passed},
                        {"failed", control.failed},
                        {"unknown", control.unknown}});
  }
  Json json{{"percent", score.known ? Json(score.percent) : Json(nullptr)},
            {"controls", std::move(controls)}};
  if (score.subjects > 0) json["subjects"] = score.subjects;
  if (score.unknown_percent > 0) json["unknown_percent"] = score.unknown_percent;
  return json;
}

Json edits_json(const Entry& entry) {
  Json edits = Json::array();
  if (!entry.fix) return edits;
  for (const TextEdit& edit : entry.fix->edits) {
    edits.push_back({{"line", edit.region.line},
                     {"column", edit.region.column},
                     {"end_line", edit.region.end_line},
                     {"end_column", edit.region.end_column},
                     {"text", edit.text}});
    if (!edit.path.empty()) edits.back()["path"] = edit.path;
    if (edit.creates) edits.back()["creates"] = true;
  }
  return edits;
}

Json excerpt_json(const Entry& entry) {
  const bool has_edits = entry.fix && !entry.fix->edits.empty();
  if (!entry.excerpt && !has_edits) return nullptr;
  // About no file, and mended by a new one: there are edits, and nothing to show around.
  const Excerpt excerpt = entry.excerpt.value_or(Excerpt());
  return {{"line", excerpt.line},
          {"text", excerpt.text},
          {"diff", excerpt.diff.empty() ? Json(nullptr) : Json(excerpt.diff)},
          {"edits", edits_json(entry)},
          {"line_hash", excerpt.line_hash}};
}

Json lock_files_json(const Document& document) {
  Json list = Json::array();
  for (const LockFile& file : document.lock_files) list.push_back(lock_file_json(file));
  return list;
}

Json packages_json(const Document& document) {
  Json packages = Json::array();
  const bool with_lines = !document.lock_files.empty();
  for (const Package& package : document.packages) {
    packages.push_back(package_json(package, with_lines));
  }
  return packages;
}

/// Reads a saved report key by key; remembers the first thing that is wrong.
class Reader {
 public:
  explicit Reader(FindRule find_rule) : find_rule_(find_rule) {}

  Result<Document> read(const Json& json) {
    if (!json.is_object()) return fail(ErrorCode::kInvalid, "no report: not a JSON object");
    const std::string schema = string(json, "schema");
    if (schema != kSchema) {
      return fail(ErrorCode::kInvalid,
                  "no report: schema is '" + schema + "', not '" + std::string(kSchema) + "'");
    }
    if (const Json* tool = member(json, "tool", Json::value_t::object)) {
      document_.version = string(*tool, "version");
    }
    each(json, "incomplete", [this](const Json& part) {
      document_.incomplete.push_back({string(part, "stage"), string(part, "path"),
                                      string(part, "limit"), string(part, "value"), false});
    });
    each(json, "subjects", [this](const Json& subject) {
      document_.subjects.push_back({string(subject, "id"), string(subject, "kind"),
                                    string(subject, "name"), string(subject, "path")});
    });
    if (json.contains("left_out")) {
      each(json, "left_out", [this](const Json& part) {
        document_.left_out.push_back(
            {string(part, "from"), string(part, "pattern"), number(part, "files")});
      });
    }
    if (const auto image = json.find("image"); image != json.end() && image->is_object()) {
      document_.image = image_of_json(*image);
    }
    each(json, "packages", [this](const Json& one) {
      auto package = package_of_json(one);
      if (!package) return complain("a package needs 'name', 'version', 'ecosystem' and 'path'");
      document_.packages.push_back(*std::move(package));
    });
    const SavedPackages packages(document_.packages);
    each(json, "vulnerabilities", [&](const Json& one) {
      auto vulnerability = vulnerability_of_json(one, packages);
      if (!vulnerability) return complain("a vulnerability of no package that is there");
      document_.vulnerabilities.push_back(*std::move(vulnerability));
    });
    if (json.contains("advisories_made")) {
      document_.advisories_made = string(json, "advisories_made");
    }
    if (json.contains("lock_files")) {
      each(json, "lock_files",
           [this](const Json& one) { document_.lock_files.push_back(lock_file_of_json(one)); });
    }
    if (json.contains("unjudged")) {
      each(json, "unjudged",
           [this](const Json& one) { document_.unjudged.push_back(unjudged_of_json(one)); });
    }
    each(json, "findings",
         [this](const Json& one) { document_.findings.push_back(finding_of(one)); });
    document_.hidden = number(json, "hidden");
    document_.matches_left_out = number(json, "matches_left_out");
    document_.has_baseline = json.contains("fixed");
    if (document_.has_baseline) {
      each(json, "fixed", [this](const Json& one) { document_.fixed.push_back(finding_of(one)); });
    }
    if (const Json* score = member(json, "score", Json::value_t::object)) read_score(*score);
    read_excerpts(json);
    if (!wrong_.empty()) return fail(ErrorCode::kInvalid, "no report: " + wrong_);
    finish();
    return std::move(document_);
  }

 private:
  const Json* member(const Json& json, const char* key, Json::value_t type) {
    const auto found = json.find(key);
    if (found != json.end() && found->type() == type) return &*found;
    complain(std::string("'") + key + "' is missing or of another type");
    return nullptr;
  }
  std::string string(const Json& json, const char* key) {
    const Json* value = member(json, key, Json::value_t::string);
    return value == nullptr ? std::string() : value->get<std::string>();
  }
  template <class Visit>
  void each(const Json& json, const char* key, Visit visit) {
    const Json* list = member(json, key, Json::value_t::array);
    if (list == nullptr) return;
    for (const Json& one : *list) {
      if (!one.is_object()) return complain(std::string("'") + key + "' holds no objects");
      visit(one);
    }
  }
  /// Null counts as 0: about no place.
  static std::uint32_t number(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer()) return 0;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(
        found->get<std::int64_t>(), 0, static_cast<std::int64_t>(UINT32_MAX)));
  }
  static Region region(const Json& json) {
    return {number(json, "line"), number(json, "column"), number(json, "end_line"),
            number(json, "end_column")};
  }

  Entry finding_of(const Json& json) {
    Entry entry{.rule = string(json, "rule"),
                .subject = string(json, "subject"),
                .message = string(json, "message"),
                .region = region(json),
                .fingerprint = string(json, "fingerprint")};
    const std::string severity = string(json, "severity");
    if (const auto known = parse_severity(severity)) {
      entry.severity = *known;
    } else {
      complain("'" + severity + "' is no severity");
    }
    const std::string control = string(json, "control");
    const auto found = std::find_if(controls().begin(), controls().end(),
                                    [&control](const ControlInfo& c) { return c.id == control; });
    if (found == controls().end()) {
      complain("'" + control + "' is no control");
    } else {
      entry.control = found->control;
    }
    if (const auto path = json.find("path"); path != json.end() && path->is_string()) {
      entry.path = path->get<std::string>();
    }
    if (const auto fix = json.find("fix"); fix != json.end() && fix->is_object()) {
      entry.fix = Remedy{string(*fix, "title"),
                         string(*fix, "safety") == "safe" ? FixSafety::kSafe : FixSafety::kUnsafe,
                         {}};
    }
    if (const auto by = json.find("suppressed"); by != json.end() && by->is_object()) {
      const auto until = by->find("until");
      const bool dated = until != by->end() && until->is_string();
      entry.suppressed = Suppression{string(*by, "by"), string(*by, "reason"),
                                     dated ? until->get<std::string>() : std::string()};
    }
    if (const auto facts = json.find("evidence"); facts != json.end() && facts->is_object()) {
      read_evidence(*facts, entry);
    }
    entry.standing = parse_standing(fields::text(json, "standing"));
    return entry;
  }

  static void read_evidence(const Json& facts, Entry& entry) {
    for (const auto& [key, value] : facts.items()) {
      if (key != "subjects" || !value.is_array()) {
        read_facts(key, value, entry.evidence);
        continue;
      }
      for (const Json& id : value) {
        if (id.is_string() && id != entry.subject) entry.also.push_back(id.get<std::string>());
      }
    }
  }

  void read_score(const Json& json) {
    const auto percent = json.find("percent");
    document_.score.known = percent != json.end() && percent->is_number_integer();
    if (document_.score.known) {
      document_.score.percent = std::clamp(percent->get<int>(), 0, 100);
    }
    document_.score.subjects = number(json, "subjects");
    document_.score.unknown_percent =
        static_cast<int>(std::min<std::uint32_t>(number(json, "unknown_percent"), 100));
    each(json, "controls", [this](const Json& one) {
      const std::string name = string(one, "id");
      const auto info = std::find_if(controls().begin(), controls().end(),
                                     [&name](const ControlInfo& c) { return c.id == name; });
      if (info == controls().end()) return;  // of a later version
      const std::string status = string(one, "status");
      ControlScore score{.control = info->control,
                         .passed = static_cast<int>(number(one, "passed")),
                         .failed = static_cast<int>(number(one, "failed")),
                         .unknown = static_cast<int>(number(one, "unknown"))};
      for (const Status each :
           {Status::kNotApplicable, Status::kPass, Status::kFail, Status::kUnknown}) {
        if (to_string(each) == status) score.status = each;
      }
      document_.score.controls.push_back(score);
    });
  }

  void read_excerpts(const Json& json) {
    const auto excerpts = json.find("excerpts");
    if (excerpts == json.end() || !excerpts->is_array()) return;
    for (std::size_t i = 0; i < excerpts->size() && i < document_.findings.size(); ++i) {
      const Json& one = (*excerpts)[i];
      if (!one.is_object()) continue;
      Entry& entry = document_.findings[i];
      Excerpt excerpt{.line = number(one, "line"),
                      .text = fields::texts(one, "text"),
                      .diff = fields::texts(one, "diff"),
                      .line_hash = string(one, "line_hash")};
      const bool is_of_a_file = excerpt.line > 0 || !excerpt.text.empty() ||
                                !excerpt.diff.empty() || !excerpt.line_hash.empty();
      if (is_of_a_file) entry.excerpt = std::move(excerpt);
      if (!entry.fix) continue;
      each(one, "edits", [this, &entry](const Json& edit) {
        const bool elsewhere = edit.contains("path");
        const auto creates = edit.find("creates");
        entry.fix->edits.push_back({region(edit), string(edit, "text"),
                                    elsewhere ? string(edit, "path") : std::string(),
                                    creates != edit.end() && *creates == true});
      });
    }
  }

  void finish() {
    std::stable_sort(document_.subjects.begin(), document_.subjects.end(),
                     [](const Subject& a, const Subject& b) { return a.id < b.id; });
    std::stable_sort(document_.lock_files.begin(), document_.lock_files.end(),
                     [](const LockFile& a, const LockFile& b) { return a.path < b.path; });
    for (const Entry& entry : document_.findings) {
      if (const RuleInfo* info = find_rule_(entry.rule)) document_.rules.push_back(info);
    }
    sort_rules(document_.rules);
  }

  void complain(std::string what) {
    if (wrong_.empty()) wrong_ = std::move(what);
  }

  FindRule find_rule_;
  Document document_;
  std::string wrong_;
};

}  // namespace

std::string to_json(const Document& document, bool with_source) {
  Json json{{"schema", kSchema},
            {"tool", {{"name", "plimsoll"}, {"version", document.version}}},
            {"complete", document.complete()},
            {"incomplete", incomplete_json(document)},
            {"subjects", subjects_json(document)},
            {"findings", findings_json(document.findings)},
            {"score", score_json(document.score)},
            {"image", document.image ? image_json(*document.image) : Json(nullptr)},
            {"packages", packages_json(document)},
            {"vulnerabilities", vulnerabilities_json(document)}};
  if (!document.advisories_made.empty()) json["advisories_made"] = document.advisories_made;
  if (!document.lock_files.empty()) json["lock_files"] = lock_files_json(document);
  if (!document.unjudged.empty()) json["unjudged"] = unjudged_json(document);
  if (!document.left_out.empty()) json["left_out"] = left_out_json(document);
  if (document.hidden > 0) json["hidden"] = document.hidden;
  if (document.matches_left_out > 0) json["matches_left_out"] = document.matches_left_out;
  if (document.has_baseline) json["fixed"] = findings_json(document.fixed);
  if (with_source) {
    Json excerpts = Json::array();
    for (const Entry& entry : document.findings) excerpts.push_back(excerpt_json(entry));
    json["excerpts"] = std::move(excerpts);
  }
  // What is no UTF-8 in spite of all is replaced: nothing that was audited ends the report.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Result<Document> from_json(std::string_view text, FindRule find_rule) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  // The depth of what we write is small; nlohmann's parser keeps its own stack, not ours.
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return fail(ErrorCode::kInvalid, "no report: not JSON");
  return Reader(find_rule).read(json);
}

}  // namespace plimsoll::report
