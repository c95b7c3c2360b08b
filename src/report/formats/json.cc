#include <nlohmann/json.hpp>

#include "core/escape.h"
#include "core/version.h"
#include "report/format.h"

namespace plimsoll::report::formats {
namespace {

// Keeps keys in the order of the contract (DESIGN §4).
using Json = nlohmann::ordered_json;

Json text(std::string_view value) {
  return to_utf8(value);
}

Json incomplete_json(const Report& report) {
  Json list = Json::array();
  for (const Incomplete& part : report.incomplete) {
    list.push_back({{"stage", text(part.stage)},
                    {"path", text(part.path)},
                    {"limit", text(part.limit)},
                    {"value", text(part.value)}});
  }
  return list;
}

Json subjects_json(const Report& report) {
  Json list = Json::array();
  for (const Subject& subject : report.subjects) {
    list.push_back({{"id", text(subject.id)},
                    {"kind", text(subject.kind)},
                    {"name", text(subject.name)},
                    {"path", text(subject.path)}});
  }
  return list;
}

Json fix_json(const Finding& finding) {
  if (!finding.fix) return nullptr;
  return {{"safety", to_string(finding.fix->safety)}, {"title", text(finding.fix->title)}};
}

Json suppressed_json(const Finding& finding) {
  if (!finding.suppressed) return nullptr;
  const Suppression& suppression = *finding.suppressed;
  return {{"by", text(suppression.by)},
          {"reason", text(suppression.reason)},
          {"until", suppression.until.empty() ? Json(nullptr) : text(suppression.until)}};
}

Json evidence_json(const Finding& finding) {
  Json evidence = Json::object();
  for (const Fact& fact : finding.evidence) evidence[to_utf8(fact.key)] = text(fact.value);
  if (!finding.also.empty()) {
    Json subjects = Json::array({text(finding.subject)});
    for (const std::string& subject : finding.also) subjects.push_back(text(subject));
    evidence["subjects"] = std::move(subjects);
  }
  return evidence;
}

Json finding_json(const Finding& finding) {
  Json json{{"rule", finding.rule},
            {"severity", to_string(finding.severity)},
            {"control", id(finding.control)},
            {"subject", text(finding.subject)},
            {"message", text(finding.message)}};
  if (finding.file == nullptr) {
    for (const char* key : {"path", "line", "column", "end_line", "end_column"})
      json[key] = nullptr;
  } else {
    const Position begin = finding.file->position(finding.span.begin);
    const Position end = finding.file->position(finding.span.end);
    json["path"] = text(finding.file->path());
    json["line"] = begin.line;
    json["column"] = begin.column;
    json["end_line"] = end.line;
    json["end_column"] = end.column;
  }
  json["fix"] = fix_json(finding);
  json["fingerprint"] = finding.fingerprint;
  json["suppressed"] = suppressed_json(finding);
  json["evidence"] = evidence_json(finding);
  return json;
}

Json score_json(const Score& score) {
  Json controls = Json::array();
  for (const ControlScore& control : score.controls) {
    controls.push_back({{"id", id(control.control)},
                        {"title", title(control.control)},
                        {"status", to_string(control.status)},
                        {"passed", control.passed},
                        {"failed", control.failed},
                        {"unknown", control.unknown}});
  }
  return {{"percent", score.known ? Json(score.percent) : Json(nullptr)},
          {"controls", std::move(controls)}};
}

std::string render(const Report& report, const Appearance& /*appearance*/) {
  Json findings = Json::array();
  for (const Finding& finding : report.findings) findings.push_back(finding_json(finding));
  const Json json{
      {"schema", "plimsoll/report@1"},     {"tool", {{"name", "plimsoll"}, {"version", kVersion}}},
      {"complete", report.complete()},     {"incomplete", incomplete_json(report)},
      {"subjects", subjects_json(report)}, {"findings", std::move(findings)},
      {"score", score_json(report.score)}, {"image", nullptr},
      {"packages", Json::array()},         {"vulnerabilities", Json::array()}};
  return json.dump(2) + '\n';
}

}  // namespace

const Format& json() {
  static constexpr Format kFormat{"json", "the whole report for other programs", render};
  return kFormat;
}

}  // namespace plimsoll::report::formats
