#include "advisory/vex_set.h"

#include <iterator>
#include <optional>
#include <utility>

#include "advisory/purl_match.h"
#include "core/ascii.h"
#include "core/date.h"

namespace plimsoll::advisory {
namespace {

std::string key_of(std::string_view id, std::string_view purl_key) {
  return ascii::lower(id) + '\n' + std::string(purl_key);
}

}  // namespace

std::string instant_of(std::string_view timestamp) {
  const std::string full =
      timestamp.size() == 10 ? std::string(timestamp) + "T00:00:00Z" : std::string(timestamp);
  std::string instant = utc_date_time(full);
  if (instant.empty()) return {};
  instant.pop_back();
  const std::size_t dot = full.find('.');
  if (dot == std::string::npos) return instant;
  std::size_t end = dot + 1;
  while (end < full.size() && ascii::is_digit(full[end])) ++end;
  while (full[end - 1] == '0') --end;
  return end == dot + 1 ? instant : instant + full.substr(dot, end - dot);
}

void VexSet::add(std::vector<VexStatement> statements) {
  for (VexStatement& each : statements) {
    instants_.push_back(instant_of(each.timestamp));
    statements_.push_back(std::move(each));
    index(static_cast<std::uint32_t>(statements_.size() - 1));
  }
}

void VexSet::index(std::uint32_t statement) {
  const VexStatement& said = statements_[statement];
  const auto enter = [&](std::string_view purl_key, std::uint32_t product, std::uint32_t part) {
    for (const std::string& id : said.vulnerabilities) {
      entries_[key_of(id, purl_key)].push_back({statement, product, part});
    }
  };
  for (std::uint32_t i = 0; i < said.products.size(); ++i) {
    const VexProduct& product = said.products[i];
    for (std::uint32_t j = 0; j < product.subcomponents.size(); ++j) {
      const auto url = comparable_purl(product.subcomponents[j].purl);
      if (url) enter(purl_key(*url), i, j);
    }
    if (!product.subcomponents.empty()) continue;
    const VexComponent& whole = product.component;
    const auto url = comparable_purl(whole.purl);
    if (url) enter(purl_key(*url), i, kWhole);
    const bool may_be_image = !whole.id.empty() || !whole.digest.empty() || url.has_value();
    if (may_be_image) enter({}, i, kWhole);
  }
}

class VexSet::Search {
 public:
  Search(const VexSet& set, const VexQuestion& question, const VexImage& image)
      : set_(set), image_(image), package_(comparable_purl(question.purl)) {
    if (package_) source_ = source_purl(*package_);
    for (const std::string& owner : question.owners) {
      if (auto url = comparable_purl(owner)) owners_.push_back(*std::move(url));
    }
    for (const std::string& id : question.vulnerabilities) look_up(id);
  }

  [[nodiscard]] const VexStatement* best() const {
    return best_ ? &set_.statements_[*best_] : nullptr;
  }

 private:
  void look_up(std::string_view id) {
    if (package_) {
      for_each(id, purl_key(*package_),
               [&](const Entry& entry) { return holds(entry, *package_); });
    }
    if (source_) {
      for_each(id, purl_key(*source_), [&](const Entry& entry) { return holds(entry, *source_); });
    }
    for (const PackageUrl& owner : owners_) {
      for_each(id, purl_key(owner), [&](const Entry& entry) {
        return entry.part == kWhole && covers(target_of(entry).purl, owner);
      });
    }
    for_each(id, {}, [&](const Entry& entry) { return image_.is(target_of(entry)); });
  }

  template <class Holds>
  void for_each(std::string_view id, std::string_view purl_key, const Holds& is_held) {
    const auto found = set_.entries_.find(key_of(id, purl_key));
    if (found == set_.entries_.end()) return;
    for (const Entry& entry : found->second) {
      if (is_later(entry.statement) && is_held(entry)) best_ = entry.statement;
    }
  }

  [[nodiscard]] bool is_later(std::uint32_t statement) const {
    if (!best_) return true;
    const int order = set_.instants_[statement].compare(set_.instants_[*best_]);
    return order > 0 || (order == 0 && statement > *best_);
  }

  [[nodiscard]] const VexProduct& product_of(const Entry& entry) const {
    return set_.statements_[entry.statement].products[entry.product];
  }
  [[nodiscard]] const VexComponent& target_of(const Entry& entry) const {
    const VexProduct& product = product_of(entry);
    return entry.part == kWhole ? product.component : product.subcomponents[entry.part];
  }

  [[nodiscard]] static bool covers(std::string_view general, const PackageUrl& specific) {
    const auto url = comparable_purl(general);
    return url && purl_covers(*url, specific);
  }

  /// The package, or its source where the statement is about sources; inside of the product.
  [[nodiscard]] bool holds(const Entry& entry, const PackageUrl& found) const {
    const auto url = comparable_purl(target_of(entry).purl);
    if (!url || is_source_purl(*url) != is_source_purl(found) || !purl_covers(*url, found)) {
      return false;
    }
    return entry.part == kWhole || is_inside(product_of(entry).component);
  }

  [[nodiscard]] bool is_inside(const VexComponent& product) const {
    if (image_.is(product) || image_.is_based_on(product)) return true;
    for (const PackageUrl& owner : owners_) {
      if (covers(product.purl, owner)) return true;
    }
    return false;
  }

  const VexSet& set_;
  const VexImage& image_;
  std::optional<PackageUrl> package_;
  std::optional<PackageUrl> source_;
  std::vector<PackageUrl> owners_;
  std::optional<std::uint32_t> best_;
};

const VexStatement* VexSet::find(const VexQuestion& question, const VexImage& image) const {
  return Search(*this, question, image).best();
}

}  // namespace plimsoll::advisory
