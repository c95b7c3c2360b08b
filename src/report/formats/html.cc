#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ascii.h"
#include "embedded/report_html.h"
#include "report/format.h"
#include "report/page_json.h"

// One self-contained page made from web/ (web/README.md says what data it takes).
namespace plimsoll::report::formats {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kMarker = "<!--plimsoll-data-->";

Json words(std::string_view blank_separated) {
  Json list = Json::array();
  for (const std::string_view word : ascii::split(blank_separated, ' ')) {
    if (!word.empty()) list.push_back(word);
  }
  return list;
}

Json rules_json(std::span<const NamedDocument> documents) {
  std::vector<const RuleInfo*> rules;
  for (const NamedDocument& each : documents) {
    rules.insert(rules.end(), each.document.rules.begin(), each.document.rules.end());
  }
  sort_rules(rules);
  Json json = Json::object();
  for (const RuleInfo* rule : rules) {
    json[std::string(rule->slug)] = {
        {"title", rule->title},           {"why", rule->why},
        {"fix_note", rule->fix_note},     {"severity", to_string(rule->severity)},
        {"control", id(rule->control)},   {"aliases", words(rule->aliases)},
        {"sources", words(rule->sources)}};
  }
  return json;
}

/// JSON inside a script element: no byte of it may end the element or start a comment.
/// Source: HTML, "Restrictions for contents of script elements".
std::string for_script(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = json.substr(i);
    if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9")) {
      out += rest[2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
      continue;
    }
    switch (json[i]) {
      case '<': out += "\\u003c"; break;
      case '>': out += "\\u003e"; break;
      case '&': out += "\\u0026"; break;
      default: out += json[i];
    }
  }
  return out;
}

std::string render_many(std::span<const NamedDocument> documents) {
  std::string data = R"({"schema":"plimsoll/html@1","entries":[)";
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (i > 0) data += ',';
    data += page_json(documents[i]);
  }
  data += R"(],"rules":)" + rules_json(documents).dump() + '}';
  std::string page(embedded::report_html);
  const std::size_t at = page.find(kMarker);
  page.replace(
      at, kMarker.size(),
      R"(<script type="application/json" id="plimsoll-data">)" + for_script(data) + "</script>");
  return page;
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  const NamedDocument one[] = {{"report", document}};
  return render_many(one);
}

}  // namespace

const Format& html() {
  static constexpr Format kFormat{.name = "html",
                                  .title = "one page that works offline",
                                  .render = render,
                                  .render_many = render_many,
                                  .needs_source = true,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
