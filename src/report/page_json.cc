#include "report/page_json.h"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/escape.h"
#include "report/json_document.h"

namespace plimsoll::report {
namespace {

using Json = nlohmann::ordered_json;

/// Some paragraphs; the address beside them has the rest.
constexpr std::size_t kDetailsBytes = 700;
constexpr std::size_t kReferences = 5;

/// Texts by number: those of one vulnerability are the same for each package that it is of.
class Texts {
 public:
  [[nodiscard]] Json number_of(const std::string& text) {
    const auto [known, is_new] = numbers_.try_emplace(text, list_.size());
    if (is_new) list_.push_back(to_utf8(text));
    return known->second;
  }
  [[nodiscard]] Json list() && { return std::move(list_); }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  Json list_ = Json::array();
};

/// An object without the keys that have nothing to say.
class Sparse {
 public:
  explicit Sparse(Texts& texts) : texts_(texts) {}

  void text(const char* key, const std::string& text) {
    if (!text.empty()) json_[key] = to_utf8(text);
  }
  void shared(const char* key, const std::string& text) {
    if (!text.empty()) json_[key] = texts_.number_of(text);
  }
  void shared(const char* key, const std::vector<std::string>& list) {
    for (const std::string& each : list) json_[key].push_back(texts_.number_of(each));
  }
  template <class Number>
  void number(const char* key, const std::optional<Number>& number) {
    if (number) json_[key] = *number;
  }
  void flag(const char* key, bool is_set) {
    if (is_set) json_[key] = true;
  }
  void set(const char* key, Json value) { json_[key] = std::move(value); }

  [[nodiscard]] Json json() && { return std::move(json_); }

 private:
  Texts& texts_;
  Json json_ = Json::object();
};

std::string shortened(const std::string& text) {
  if (text.size() <= kDetailsBytes) return text;
  std::size_t end = kDetailsBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + " …";
}

std::vector<std::string> further(const Vulnerability& vulnerability) {
  std::vector<std::string> list;
  for (const std::string& each : vulnerability.references) {
    if (each != vulnerability.url && list.size() < kReferences) list.push_back(each);
  }
  return list;
}

Json package_json(const Document& document, const Package& package, Texts& texts) {
  Sparse out(texts);
  out.text("name", package.name);
  out.text("version", package.version);
  out.shared("ecosystem", package.ecosystem);
  out.text("purl", package.purl);
  out.shared("path", package.path);
  out.number("layer", layer_of(document, package));
  out.text("source_name", package.source_name);
  out.text("source_version", package.source_version);
  out.shared("licenses", package.licenses);
  out.flag("dev", package.dev);
  out.shared("owner", package.owner);
  return std::move(out).json();
}

Json vulnerability_json(const Vulnerability& each, const Package& package, Texts& texts) {
  Sparse out(texts);
  out.text("id", each.id);
  out.set("package", each.package);
  if (each.severity) out.set("severity", to_string(*each.severity));
  out.set("priority", each.priority);
  out.text("fixed", each.fixed);
  out.text("upgrade", each.upgrade);
  out.shared("status", each.status);
  out.shared("tier", each.tier);
  out.flag("kev", each.is_exploited);
  out.number("epss", each.epss);
  out.number("epss_percentile", each.epss_percentile);
  out.number("cvss", each.cvss);
  out.shared("cvss_vector", each.cvss_vector);
  out.shared("severity_source", each.severity_source);
  out.shared("note", each.note);
  out.shared("title", each.title);
  out.shared("aliases", each.aliases);
  out.shared("weaknesses", each.weaknesses);
  out.shared("published", each.published);
  out.shared("modified", each.modified);
  out.shared("reasons", each.reasons);
  out.shared("why", each.why);
  out.shared("url", each.url);
  // Of a kernel that is not there there are hundreds; nobody reads their paragraphs.
  if (!is_kernel_headers(package)) {
    out.shared("details", shortened(each.details));
    out.shared("references", further(each));
  }
  if (each.suppressed) {
    Sparse by(texts);
    by.shared("by", each.suppressed->by);
    by.shared("reason", each.suppressed->reason);
    by.shared("until", each.suppressed->until);
    out.set("suppressed", std::move(by).json());
  }
  return std::move(out).json();
}

}  // namespace

std::string page_json(const NamedDocument& named) {
  const Document& document = named.document;
  Texts texts;
  Json packages = Json::array();
  for (const Package& each : document.packages) {
    packages.push_back(package_json(document, each, texts));
  }
  Json vulnerabilities = Json::array();
  for (const Vulnerability& each : document.vulnerabilities) {
    if (each.package >= document.packages.size()) continue;
    vulnerabilities.push_back(vulnerability_json(each, document.packages[each.package], texts));
  }
  Document report = document;
  report.packages.clear();
  report.vulnerabilities.clear();
  // As text: a report is written by one function, whoever shows it.
  return R"({"name":)" + Json(to_utf8(named.name)).dump() + R"(,"report":)" +
         to_json(report, true) + R"(,"texts":)" + std::move(texts).list().dump() +
         R"(,"packages":)" + packages.dump() + R"(,"vulnerabilities":)" + vulnerabilities.dump() +
         '}';
}

}  // namespace plimsoll::report
