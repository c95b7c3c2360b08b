#include "cli/secret_findings.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>
#include <utility>

#include "core/control.h"
#include "core/escape.h"
#include "core/fingerprint.h"
#include "core/path.h"
#include "secret/detector.h"

namespace plimsoll::cli {
namespace {

constexpr std::string_view kWhy =
    "Whoever can read the file has the secret, and so has everybody who can read an image or a "
    "repository that the file is in, also after it was deleted there. Revoke the secret, then give "
    "it to the program when it runs: as a mounted secret, or from a vault.";

constexpr RuleInfo kAnySecret{
    .kind = "secret", .why = kWhy, .control = Control::kNoSecrets, .enabled = true};

/// Of the detector, the file and which of that kind it is: not of the value, which could be
/// guessed.
std::string fingerprint_of(const report::Entry& entry, std::size_t number) {
  return fingerprint(entry.rule + '\n' + entry.path.value_or("") + '\n' + std::to_string(number));
}

report::Entry entry_of(const image::FoundSecret& secret) {
  report::Entry entry;
  entry.rule = secret.detector;
  entry.severity = secret.severity;
  entry.control = Control::kNoSecrets;
  entry.subject = to_utf8(secret.path);
  const std::string& what = secret.title.empty() ? secret.detector : secret.title;
  entry.message = to_utf8(what + " '" + secret.shown + "'");
  entry.path = to_utf8(secret.path);
  entry.region = {secret.position.line, secret.position.column, secret.end_position.line,
                  secret.end_position.column};
  entry.evidence.push_back({"detector", to_utf8(secret.detector)});
  if (!secret.family.empty()) entry.evidence.push_back({"family", to_utf8(secret.family)});
  entry.evidence.push_back({"value", secret.shown});
  entry.evidence.push_back(
      {"bytes", std::to_string(secret.begin) + "-" + std::to_string(secret.end)});
  return entry;
}

/// Where in an image it is, as far as a path does not say that.
void add_place(const image::ImageSecret& secret, const image::Inventory& inventory,
               report::Entry& entry) {
  using Place = image::ImageSecret::Place;
  const auto instruction_of = [&inventory](std::size_t layer) {
    return to_utf8(image::dockerfile_instruction(inventory.image.layers[layer].instruction));
  };
  switch (secret.place) {
    case Place::kFile: {
      entry.evidence.push_back({"layer", inventory.image.layers[secret.layer].diff_id});
      const std::string& place = inventory.image.layers[secret.layer].place;
      if (!place.empty()) entry.evidence.push_back({"made by", to_utf8(place)});
      const std::string instruction = instruction_of(secret.layer);
      if (!instruction.empty()) entry.evidence.push_back({"instruction", instruction});
      if (!secret.hidden_by) return;
      entry.message += ", still in the image although a later layer removed or replaced the file";
      const std::string remover = instruction_of(*secret.hidden_by);
      if (!remover.empty()) entry.evidence.push_back({"removed by", remover});
      return;
    }
    case Place::kEnvironment:
      entry.message += " in the variable '" + to_utf8(secret.secret.path) + "' of the image";
      break;
    case Place::kLabel:
      entry.message += " in the label '" + to_utf8(secret.secret.path) + "' of the image";
      break;
    case Place::kHistory:
      entry.message += " in the image's history, in step " + std::to_string(secret.layer + 1) +
                       " (" + to_utf8(secret.secret.path) + ')';
      break;
  }
  entry.path.reset();
  entry.region = {};
}

}  // namespace

const RuleInfo* find_secret_rule(std::string_view detector) {
  static const std::unordered_map<std::string_view, RuleInfo> kRules = [] {
    std::unordered_map<std::string_view, RuleInfo> rules;
    for (const secret::Detector* each : secret::all_detectors()) {
      RuleInfo info = kAnySecret;
      info.slug = each->id;
      info.title = each->title;
      info.severity = each->severity;
      info.aliases = each->aliases;
      info.sources = each->source;
      rules.emplace(each->id, info);
    }
    return rules;
  }();
  const auto found = kRules.find(detector);
  return found == kRules.end() ? nullptr : &found->second;
}

void SecretFindings::know_rule(std::string_view detector, std::string_view title,
                               Severity severity) {
  const auto known = std::find_if(infos_.begin(), infos_.end(),
                                  [&](const auto& info) { return info->slug == detector; });
  if (known != infos_.end()) return;
  const auto kept = [this](std::string_view text) -> std::string_view {
    return *texts_.emplace_back(std::make_unique<std::string>(text));
  };
  const RuleInfo* const builtin = find_secret_rule(detector);
  auto info = std::make_unique<RuleInfo>(builtin == nullptr ? RuleInfo(kAnySecret) : *builtin);
  info->slug = kept(detector);
  info->title = title.empty() ? info->slug : kept(title);
  info->severity = severity;
  infos_.push_back(std::move(info));
}

void SecretFindings::add(const std::string& path, const secret::Outcome& outcome) {
  if (outcome.hits.empty()) return;
  const std::string shown = to_utf8(path);
  subjects_.push_back({shown, "file", std::string(path::name(shown)), shown});
  std::map<std::string_view, std::size_t> numbers;
  for (const secret::Hit& hit : outcome.hits) {
    know_rule(hit.detector, hit.title, hit.severity);
    report::Entry entry = entry_of(image::found_secret(path, hit));
    if (hit.severity_unknown) entry.evidence.push_back({"severity", "not configured"});
    entry.fingerprint = fingerprint_of(entry, numbers[hit.detector]++);
    entries_.push_back(std::move(entry));
  }
}

void SecretFindings::add(const image::Inventory& inventory, const std::string& image) {
  std::map<std::string, std::size_t> numbers;
  for (const image::ImageSecret& secret : inventory.secrets) {
    know_rule(secret.secret.detector, secret.secret.title, secret.secret.severity);
    report::Entry entry = entry_of(secret.secret);
    entry.subject = to_utf8(image);
    add_place(secret, inventory, entry);
    entry.fingerprint =
        fingerprint_of(entry, numbers[entry.rule + '\n' + entry.path.value_or("")]++);
    entries_.push_back(std::move(entry));
  }
}

void SecretFindings::give(report::Document& document) {
  document.subjects.insert(document.subjects.end(), subjects_.begin(), subjects_.end());
  std::sort(document.subjects.begin(), document.subjects.end(),
            [](const Subject& a, const Subject& b) { return a.id < b.id; });
  std::move(entries_.begin(), entries_.end(), std::back_inserter(document.findings));
  for (const auto& info : infos_) document.rules.push_back(info.get());
  report::sort_rules(document.rules);
}

}  // namespace plimsoll::cli
