#include <nlohmann/json.hpp>

#include "core/escape.h"
#include "report/comparison_view.h"
#include "report/vulnerability_counts_json.h"

namespace plimsoll::report {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(to_utf8(text));
}

Json side_json(const Compared& side, const VulnerabilityCounts& counts) {
  const Document& document = *side.document;
  Json json{{"reference", nullptr}, {"digest", nullptr}, {"bytes", nullptr}, {"layers", 0}};
  if (document.image) {
    json["reference"] = to_utf8(document.image->reference);
    json["digest"] = or_null(document.image->digest);
    if (document.image->bytes > 0) json["bytes"] = document.image->bytes;
    json["layers"] = document.image->layers.size();
  }
  json["packages"] = document.packages.size();
  json["vulnerabilities"] = document.advisories_made.empty() ? Json(nullptr) : counts_json(counts);
  return json;
}

Json vulnerabilities_json(const Compared& side, const std::vector<const Vulnerability*>& list) {
  Json json = Json::array();
  for (const Vulnerability* each : list) {
    Json one{{"id", to_utf8(each->id)},
             {"severity", each->severity ? Json(to_string(*each->severity)) : Json(nullptr)},
             {"kev", each->is_exploited},
             {"fixed", or_null(each->fixed)},
             {"package", nullptr},
             {"version", nullptr},
             {"layer", nullptr},
             {"instruction", nullptr}};
    if (each->package < side.document->packages.size()) {
      const Package& package = side.document->packages[each->package];
      one["package"] = to_utf8(package.name);
      one["version"] = to_utf8(package.version);
      if (const auto layer = layer_of(*side.document, package)) {
        one["layer"] = *layer;
        one["instruction"] = or_null(side.document->image->layers[*layer].instruction);
      }
    }
    json.push_back(std::move(one));
  }
  return json;
}

Json packages_json(const Comparison& comparison) {
  Json json = Json::array();
  for (const PackageChange& each : comparison.packages) {
    const Package& package = each.after != nullptr ? *each.after : *each.before;
    json.push_back(
        {{"change", to_string(each.kind)},
         {"ecosystem", to_utf8(package.ecosystem)},
         {"name", to_utf8(package.name)},
         {"before", each.before == nullptr ? Json(nullptr) : Json(to_utf8(each.before->version))},
         {"after", each.after == nullptr ? Json(nullptr) : Json(to_utf8(each.after->version))}});
  }
  return json;
}

Json findings_json(const std::vector<const Entry*>& findings) {
  Json json = Json::array();
  for (const Entry* each : findings) {
    json.push_back({{"rule", each->rule},
                    {"severity", to_string(each->severity)},
                    {"path", each->path ? Json(to_utf8(*each->path)) : Json(nullptr)},
                    {"message", to_utf8(each->message)}});
  }
  return json;
}

}  // namespace

std::string comparison_json(const Comparison& comparison) {
  Json settings = Json::array();
  for (const SettingChange& each : comparison.settings) {
    settings.push_back({{"name", to_utf8(each.name)},
                        {"before", or_null(each.before)},
                        {"after", or_null(each.after)}});
  }
  const Json json{{"schema", "plimsoll/comparison@1"},
                  {"before", side_json(comparison.before, comparison.counts_before)},
                  {"after", side_json(comparison.after, comparison.counts_after)},
                  {"layers_shared", comparison.layers_shared},
                  {"vulnerabilities",
                   {{"gone", vulnerabilities_json(comparison.before, comparison.gone)},
                    {"new", vulnerabilities_json(comparison.after, comparison.fresh)},
                    {"same", vulnerabilities_json(comparison.after, comparison.same)}}},
                  {"packages", packages_json(comparison)},
                  {"settings", std::move(settings)},
                  {"findings",
                   {{"gone", findings_json(comparison.findings_gone)},
                    {"new", findings_json(comparison.findings_fresh)}}},
                  {"advisories_made", or_null(comparison.after.document->advisories_made)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace plimsoll::report
