#include "cli/secret_findings.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

#include "core/control.h"
#include "core/escape.h"
#include "core/path.h"
#include "secret/detector.h"

namespace plimsoll::cli {
namespace {

constexpr std::string_view kWhy =
    "Whoever can read the file has the secret, and so has everybody who can read an image or a "
    "repository that the file is in, also after it was deleted there. Revoke the secret, then give "
    "it to the program when it runs: as a mounted secret, or from a vault.";

/// Of the detector, the file and which of that kind it is: not of the value, which could be
/// guessed.
std::string fingerprint_of(const report::Entry& entry, std::size_t number) {
  std::string out;
  for (const std::uint64_t seed : {0xcbf29ce484222325U, 0x9ae16a3b2f90404fU}) {
    std::uint64_t digest = seed;
    const std::string text =
        entry.rule + '\n' + entry.path.value_or("") + '\n' + std::to_string(number);
    for (const char c : text) {
      digest ^= static_cast<unsigned char>(c);
      digest *= 0x100000001b3U;
    }
    char hex[17];
    std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(digest));
    out += hex;
  }
  return out;
}

report::Entry entry_of(const std::string& path, const secret::Hit& hit) {
  report::Entry entry;
  entry.rule = hit.detector;
  entry.severity = hit.severity;
  entry.control = Control::kNoSecrets;
  entry.subject = to_utf8(path);
  const std::string_view what = hit.title.empty() ? hit.detector : hit.title;
  entry.message = to_utf8(std::string(what) + " '" + hit.shown + "'");
  entry.path = to_utf8(path);
  entry.region = {hit.position.line, hit.position.column, hit.end_position.line,
                  hit.end_position.column};
  entry.evidence.push_back({"detector", to_utf8(hit.detector)});
  if (!hit.family.empty()) entry.evidence.push_back({"family", to_utf8(hit.family)});
  entry.evidence.push_back({"value", hit.shown});
  entry.evidence.push_back({"bytes", std::to_string(hit.begin) + "-" + std::to_string(hit.end)});
  if (hit.severity_unknown) entry.evidence.push_back({"severity", "not configured"});
  return entry;
}

}  // namespace

void SecretFindings::know_rule(const secret::Hit& hit) {
  const auto known = std::find_if(infos_.begin(), infos_.end(),
                                  [&](const auto& info) { return info->slug == hit.detector; });
  if (known != infos_.end()) return;
  auto info = std::make_unique<RuleInfo>();
  info->slug = hit.detector;
  info->title = hit.title.empty() ? hit.detector : hit.title;
  info->kind = "secret";
  info->why = kWhy;
  info->severity = hit.severity;
  info->control = Control::kNoSecrets;
  info->enabled = true;
  const auto builtin = secret::find_detectors(hit.detector);
  if (!builtin.empty() && builtin.front()->id == hit.detector) {
    info->aliases = builtin.front()->aliases;
    info->sources = builtin.front()->source;
  }
  infos_.push_back(std::move(info));
}

void SecretFindings::add(const std::string& path, const secret::Outcome& outcome) {
  if (outcome.hits.empty()) return;
  const std::string shown = to_utf8(path);
  subjects_.push_back({shown, "file", std::string(path::name(shown)), shown});
  std::map<std::string_view, std::size_t> numbers;
  for (const secret::Hit& hit : outcome.hits) {
    know_rule(hit);
    report::Entry entry = entry_of(path, hit);
    entry.fingerprint = fingerprint_of(entry, numbers[hit.detector]++);
    entries_.push_back(std::move(entry));
  }
}

void SecretFindings::give(report::Document& document) {
  document.subjects = std::move(subjects_);
  std::sort(document.subjects.begin(), document.subjects.end(),
            [](const Subject& a, const Subject& b) { return a.id < b.id; });
  document.findings = std::move(entries_);
  for (const auto& info : infos_) document.rules.push_back(info.get());
  report::sort_rules(document.rules);
}

}  // namespace plimsoll::cli
