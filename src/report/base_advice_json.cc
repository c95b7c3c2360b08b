#include <nlohmann/json.hpp>

#include "core/escape.h"
#include "report/base_advice.h"
#include "report/vulnerability_counts_json.h"

namespace plimsoll::report {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(to_utf8(text));
}

Json list_of(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(to_utf8(text));
  return list;
}

Json figures_json(const ImageFigures& figures) {
  return {{"name", to_utf8(figures.name)},
          {"digest", or_null(figures.digest)},
          {"bytes", figures.bytes == 0 ? Json(nullptr) : Json(figures.bytes)},
          {"packages", figures.packages},
          {"vulnerabilities", figures.is_judged ? counts_json(figures.counts) : Json(nullptr)},
          {"support", or_null(figures.support)},
          {"ended", figures.has_ended}};
}

Json alternative_json(const BaseAlternative& alternative) {
  Json json = figures_json(alternative.figures);
  json["steps"] = list_of(alternative.steps);
  json["removes"] = counts_json(alternative.mends);
  json["brings"] = counts_json(alternative.brings);
  json["reasons"] = list_of(alternative.reasons);
  json["caveats"] = list_of(alternative.caveats);
  return json;
}

}  // namespace

std::string advice_json(const BaseAdvice& advice) {
  Json others = Json::array();
  for (const BaseAlternative& each : advice.others) others.push_back(alternative_json(each));
  const Json json{{"schema", "plimsoll/bases@1"},
                  {"yours", advice.yours.name.empty() ? Json(nullptr) : figures_json(advice.yours)},
                  {"base", advice.base ? figures_json(*advice.base) : Json(nullptr)},
                  {"evidence", or_null(advice.evidence)},
                  {"refresh", advice.refresh ? alternative_json(*advice.refresh) : Json(nullptr)},
                  {"others", std::move(others)},
                  {"worth_adding", list_of(advice.worth_adding)},
                  {"next_step", or_null(advice.next_step)},
                  {"edit", or_null(advice.edit)},
                  {"advisories_made", or_null(advice.advisories_made)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace plimsoll::report
