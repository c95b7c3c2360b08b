#include <array>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "advisory/csaf_products.h"
#include "advisory/vex_format.h"
#include "advisory/vex_reading.h"
#include "core/ascii.h"

namespace plimsoll::advisory::vex_formats {
namespace {

using json::Value;

struct StatusList {
  std::string_view key;
  std::optional<VexStatus> status;  ///< nothing: it says none
};
constexpr std::array kLists{
    StatusList{"first_affected", VexStatus::kAffected},
    StatusList{"first_fixed", VexStatus::kFixed},
    StatusList{"fixed", VexStatus::kFixed},
    StatusList{"known_affected", VexStatus::kAffected},
    StatusList{"known_not_affected", VexStatus::kNotAffected},
    StatusList{"last_affected", VexStatus::kAffected},
    StatusList{"recommended", std::nullopt},
    StatusList{"under_investigation", VexStatus::kUnderInvestigation},
    StatusList{"unknown", std::nullopt},
};

std::vector<std::string_view> list_names() {
  std::vector<std::string_view> names;
  for (const StatusList& list : kLists) names.push_back(list.key);
  return names;
}

/// What is said of single products of one vulnerability.
using Sayings = std::unordered_map<std::string_view, std::string_view>;

class Reader {
 public:
  explicit Reader(const Value& document) : document_(document), products_(document) {
    const auto head = member(document, "document");
    if (!head) return;
    if (const auto tracking = member(*head, "tracking")) {
      timestamp_ = json::text(*tracking, "current_release_date");
    }
    if (const auto publisher = member(*head, "publisher")) {
      author_ = json::text(*publisher, "name");
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
  /// One that has no name can be found nowhere.
  Result<void> add(const Value& each, const std::string& place) {
    const auto lists = member(each, "product_status");
    const std::vector<std::string> names = names_of(each);
    if (!lists || names.empty()) return {};
    if (auto read = read_sayings(each, place); !read) return read;
    groups_.clear();
    Result<void> done;
    json::for_each_member(*lists, "", [&](std::string_view key, const Value& ids) {
      if (!done) return;
      const std::string here = place + ".product_status";
      for (const StatusList& list : kLists) {
        if (list.key != key) continue;
        if (list.status) done = add_list(ids, list, here + '.' + std::string(key), names);
        return;
      }
      done = unknown_word(here, key, list_names());
    });
    return done;
  }

  /// Numbers are those of some tracker.
  static std::vector<std::string> names_of(const Value& each) {
    std::vector<std::string> names;
    if (const auto cve = json::text(each, "cve"); !cve.empty()) names.emplace_back(cve);
    json::for_each(each, "ids", [&names](const Value& id) {
      const std::string_view text = json::text(id, "text");
      if (!text.empty() && !ascii::is_number(text)) names.emplace_back(text);
    });
    return names;
  }

  Result<void> read_sayings(const Value& each, const std::string& place) {
    justifications_.clear();
    impacts_.clear();
    actions_.clear();
    Result<void> done;
    std::size_t index = 0;
    json::for_each(each, "flags", [&](const Value& flag) {
      if (!done) return;
      const std::string_view label = json::text(flag, "label");
      const std::string here = place + '.' + place_in("flags", index++) + ".label";
      if (is_vex_justification(label)) {
        done = say(flag, label, justifications_);
      } else {
        done = unknown_word(here, label, vex_justifications());
      }
    });
    json::for_each(each, "threats", [&](const Value& threat) {
      if (!done || json::text(threat, "category") != "impact") return;
      done = say(threat, json::text(threat, "details"), impacts_);
    });
    json::for_each(each, "remediations", [&](const Value& remediation) {
      if (done) done = say(remediation, json::text(remediation, "details"), actions_);
    });
    return done;
  }

  /// The first of several is kept. One without products is about all, under "".
  Result<void> say(const Value& each, std::string_view text, Sayings& sayings) {
    if (!json::has(each, "product_ids") && !json::has(each, "group_ids")) {
      sayings.emplace(std::string_view(), text);
    }
    for (const std::string_view id : views(each, "product_ids")) sayings.emplace(id, text);
    for (const std::string_view group : views(each, "group_ids")) {
      const auto& ids = products_.group(group);
      if (auto paid = budget_.take(ids.size() * sizeof(std::string_view)); !paid) return paid;
      for (const std::string_view id : ids) sayings.emplace(id, text);
    }
    return {};
  }

  static std::string_view said(const Sayings& sayings, std::string_view id) {
    for (const std::string_view key : {id, std::string_view()}) {
      if (const auto found = sayings.find(key); found != sayings.end()) return found->second;
    }
    return {};
  }

  Result<void> add_list(const Value& ids, const StatusList& list, const std::string& place,
                        const std::vector<std::string>& names) {
    std::size_t index = 0;
    for (const std::string_view id : views(ids, "")) {
      if (!products_.contains(id)) {
        return fail(ErrorCode::kInvalid, place_in(place, index) + ": no product is called '" +
                                             std::string(id.substr(0, 80)) + '\'');
      }
      ++index;
      const std::string_view impact = said(impacts_, id);
      const std::string_view action = said(actions_, id);
      const std::string_view why =
          list.status == VexStatus::kNotAffected ? said(justifications_, id) : std::string_view();
      const auto [group, is_new] =
          groups_.emplace(Group{*list.status, why, impact, action}, statements_.size());
      if (is_new) {
        VexStatement statement{.vulnerabilities = names,
                               .status = *list.status,
                               .justification = std::string(why),
                               .impact = std::string(impact),
                               .action = std::string(action),
                               .timestamp = timestamp_,
                               .author = author_};
        if (auto paid = budget_.take(statement); !paid) return paid;
        statements_.push_back(std::move(statement));
      }
      VexProduct product = products_.find(id);
      if (auto paid = budget_.take(product.component); !paid) return paid;
      for (const VexComponent& part : product.subcomponents) {
        if (auto paid = budget_.take(part); !paid) return paid;
      }
      statements_[group->second].products.push_back(std::move(product));
    }
    return {};
  }

  /// Products of which the same is said are one statement.
  using Group = std::tuple<VexStatus, std::string_view, std::string_view, std::string_view>;

  Value document_;
  CsafProducts products_;
  std::string timestamp_;
  std::string author_;
  Sayings justifications_;
  Sayings impacts_;
  Sayings actions_;
  std::map<Group, std::size_t> groups_;
  VexBudget budget_;
  std::vector<VexStatement> statements_;
};

Result<std::vector<VexStatement>> read(std::string_view bytes) {
  thread_local json::Reader reader;
  const auto document = reader.read(bytes);
  if (!document) return tl::unexpected(document.error());
  return Reader(*document).read();
}

bool recognises(std::string_view /*path*/, std::string_view bytes) {
  return ascii::contains(bytes, "\"csaf_version\"");
}

}  // namespace

const VexFormat& csaf() {
  static constexpr VexFormat kFormat{
      .name = "csaf",
      .title = "CSAF",
      .recognises = recognises,
      .read = read,
      .source = "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html"};
  return kFormat;
}

}  // namespace plimsoll::advisory::vex_formats
