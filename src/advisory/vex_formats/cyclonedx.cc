#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "advisory/vex_format.h"
#include "advisory/vex_reading.h"
#include "core/ascii.h"
#include "core/package_url.h"

namespace plimsoll::advisory::vex_formats {
namespace {

using json::Value;

struct State {
  std::string_view word;
  VexStatus status;
};
constexpr std::array kStates{
    State{"resolved", VexStatus::kFixed},
    State{"resolved_with_pedigree", VexStatus::kFixed},
    State{"exploitable", VexStatus::kAffected},
    State{"in_triage", VexStatus::kUnderInvestigation},
    State{"false_positive", VexStatus::kNotAffected},
    State{"not_affected", VexStatus::kNotAffected},
};

struct Justification {
  std::string_view word;
  std::string_view meaning;  ///< in OpenVEX
};
constexpr std::string_view kMitigated = "inline_mitigations_already_exist";
constexpr std::string_view kNotControlled = "vulnerable_code_cannot_be_controlled_by_adversary";
constexpr std::array kJustifications{
    Justification{"code_not_present", "vulnerable_code_not_present"},
    Justification{"code_not_reachable", "vulnerable_code_not_in_execute_path"},
    Justification{"requires_configuration", kNotControlled},
    Justification{"requires_dependency", "component_not_present"},
    Justification{"requires_environment", kNotControlled},
    Justification{"protected_by_compiler", kMitigated},
    Justification{"protected_at_runtime", kMitigated},
    Justification{"protected_at_perimeter", kMitigated},
    Justification{"protected_by_mitigating_control", kMitigated},
};

template <class Rows>
auto find_word(const Rows& rows, std::string_view word) {
  return std::find_if(rows.begin(), rows.end(),
                      [word](const auto& row) { return row.word == word; });
}
template <class Rows>
std::vector<std::string_view> words_of(const Rows& rows) {
  std::vector<std::string_view> words;
  for (const auto& row : rows) words.push_back(row.word);
  return words;
}

bool is_image(std::string_view purl) {
  return purl.starts_with("pkg:oci/") || purl.starts_with("pkg:docker/");
}

/// The parts of a document by their references, and what it is all about.
class Components {
 public:
  explicit Components(const Value& document) {
    std::vector<Value> open;
    json::for_each(document, "components", [&open](const Value& each) { open.push_back(each); });
    if (const auto metadata = member(document, "metadata")) {
      if (const auto root = member(*metadata, "component")) {
        root_ = json::text(*root, "purl");
        open.push_back(*root);
      }
    }
    while (!open.empty()) {  // parts have parts
      const Value each = open.back();
      open.pop_back();
      const std::string_view purl = json::text(each, "purl");
      if (!purl.empty()) purls_.emplace(json::text(each, "bom-ref"), purl);
      json::for_each(each, "components", [&open](const Value& part) { open.push_back(part); });
    }
  }

  /// Its package URL; nothing for one that has none.
  /// @param reference  a "bom-ref" of this document, or "urn:cdx:…#ref" of another
  [[nodiscard]] std::string find(std::string_view reference) const {
    if (const auto found = purls_.find(reference); found != purls_.end()) {
      return std::string(found->second);
    }
    const bool is_link = reference.starts_with("urn:cdx:");
    const std::size_t hash = is_link ? reference.find('#') : std::string_view::npos;
    std::string name(hash == std::string_view::npos ? reference : reference.substr(hash + 1));
    if (hash != std::string_view::npos && !name.starts_with("pkg:")) name = percent_decoded(name);
    return name.starts_with("pkg:") ? name : std::string();
  }

  /// The image that the document describes; "" for anything else.
  [[nodiscard]] std::string_view image() const {
    return is_image(root_) ? root_ : std::string_view();
  }

 private:
  std::unordered_map<std::string_view, std::string_view> purls_;
  std::string_view root_;
};

/// The package URL with another version.
std::string with_version(std::string_view purl, std::string_view version) {
  const std::size_t end = std::min(purl.find_first_of("?#"), purl.size());
  std::size_t at = purl.substr(0, end).rfind('@');
  if (at == std::string_view::npos || purl[at - 1] == '/') at = end;
  return std::string(purl.substr(0, at)) + '@' + percent_coded(version) +
         std::string(purl.substr(end));
}

class Reader {
 public:
  explicit Reader(const Value& document) : document_(document), components_(document) {
    const auto metadata = member(document, "metadata");
    if (!metadata) return;
    timestamp_ = json::text(*metadata, "timestamp");
    json::for_each(*metadata, "authors", [this](const Value& each) {
      if (author_.empty()) author_ = json::text(each, "name");
    });
    for (const std::string_view key : {"manufacturer", "manufacture", "supplier"}) {
      const auto organisation = member(*metadata, key);
      if (organisation && author_.empty()) author_ = json::text(*organisation, "name");
    }
  }

  Result<std::vector<VexStatement>> read() {
    Result<void> done;
    std::size_t index = 0;
    json::for_each(document_, "vulnerabilities", [&](const Value& each) {
      if (done) done = add(each, place_in("vulnerabilities", index++));
    });
    if (!done) return tl::unexpected(std::move(done).error());
    return std::move(statements_);
  }

 private:
  /// One without an analysis says only that there is something.
  Result<void> add(const Value& each, const std::string& place) {
    const auto analysis = member(each, "analysis");
    const std::string_view word = analysis ? json::text(*analysis, "state") : std::string_view();
    if (word.empty()) return {};
    VexStatement statement;
    statement.vulnerabilities = vulnerabilities_of(each);
    if (statement.vulnerabilities.empty()) {
      return fail(ErrorCode::kInvalid, place + ".id: there is none");
    }
    const auto* const state = find_word(kStates, word);
    if (state == kStates.end()) {
      return unknown_word(place + ".analysis.state", word, words_of(kStates));
    }
    statement.status = state->status;
    if (const auto why = json::text(*analysis, "justification"); !why.empty()) {
      const auto* const found = find_word(kJustifications, why);
      if (found == kJustifications.end()) {
        return unknown_word(place + ".analysis.justification", why, words_of(kJustifications));
      }
      statement.justification = found->meaning;
    }
    statement.impact = json::text(*analysis, "detail");
    statement.action = action_of(each, *analysis);
    statement.timestamp = timestamp_of(each, *analysis);
    statement.author = author_;
    if (auto paid = budget_.take(statement); !paid) return paid;
    return add_products(each, std::move(statement));
  }

  static std::vector<std::string> vulnerabilities_of(const Value& each) {
    std::vector<std::string> all;
    if (const auto id = json::text(each, "id"); !id.empty()) all.emplace_back(id);
    json::for_each(each, "references", [&all](const Value& reference) {
      if (const auto id = json::text(reference, "id"); !id.empty()) all.emplace_back(id);
    });
    return all;
  }

  static std::string action_of(const Value& each, const Value& analysis) {
    std::string action(json::text(each, "recommendation"));
    for (const std::string& response : json::texts(analysis, "response")) {
      action += (action.empty() ? "" : ", ") + response;
    }
    return action;
  }

  [[nodiscard]] std::string timestamp_of(const Value& each, const Value& analysis) const {
    for (const std::string_view time :
         {json::text(analysis, "lastUpdated"), json::text(analysis, "firstIssued"),
          json::text(each, "updated"), timestamp_}) {
      if (!time.empty()) return std::string(time);
    }
    return {};
  }

  /// What it says of single versions differs from what it says of the vulnerability: those that are
  /// "unaffected" are not, whatever the state of the others. Ranges are in words that no order of
  /// versions is known for here, and are not taken.
  Result<void> add_products(const Value& each, VexStatement statement) {
    VexStatement unaffected = statement;
    unaffected.status = VexStatus::kNotAffected;
    Result<void> done;
    json::for_each(each, "affects", [&](const Value& affected) {
      const std::string purl = components_.find(json::text(affected, "ref"));
      if (purl.empty() || !done) return;
      if (!json::has(affected, "versions")) {
        done = add_product(purl, statement);
        return;
      }
      json::for_each(affected, "versions", [&](const Value& one) {
        const std::string_view version = json::text(one, "version");
        const std::string_view status = json::text(one, "status");
        if (version.empty() || status == "unknown" || !done) return;
        VexStatement& target = status == "unaffected" ? unaffected : statement;
        done = add_product(with_version(purl, version), target);
      });
    });
    if (!done) return done;
    if (!statement.products.empty()) statements_.push_back(std::move(statement));
    if (!unaffected.products.empty()) statements_.push_back(std::move(unaffected));
    return {};
  }

  /// A part of an image is meant there only.
  Result<void> add_product(std::string purl, VexStatement& statement) {
    VexProduct product;
    const std::string_view image = components_.image();
    if (!image.empty() && purl != image) {
      product.component.purl = image;
      product.subcomponents.push_back({.purl = std::move(purl)});
      if (auto paid = budget_.take(product.subcomponents[0]); !paid) return paid;
    } else {
      product.component.purl = std::move(purl);
    }
    auto paid = budget_.take(product.component);
    statement.products.push_back(std::move(product));
    return paid;
  }

  Value document_;
  Components components_;
  std::string_view timestamp_;
  std::string_view author_;
  VexBudget budget_;
  std::vector<VexStatement> statements_;
};

Result<std::vector<VexStatement>> read(std::string_view bytes) {
  thread_local json::Reader reader;
  const auto document = reader.read(bytes);
  if (!document) return tl::unexpected(document.error());
  return Reader(*document).read();
}

/// Its vulnerabilities may come after all components.
bool recognises(std::string_view /*path*/, std::string_view bytes) {
  return ascii::contains(bytes, "\"CycloneDX\"") && ascii::contains(bytes, "\"vulnerabilities\"") &&
         !ascii::contains(bytes.substr(0, 64U << 10U), "openvex.dev/ns");
}

}  // namespace

const VexFormat& cyclonedx() {
  static constexpr VexFormat kFormat{.name = "cyclonedx",
                                     .title = "CycloneDX VEX",
                                     .recognises = recognises,
                                     .read = read,
                                     .source = "https://cyclonedx.org/docs/1.6/json/"};
  return kFormat;
}

}  // namespace plimsoll::advisory::vex_formats
