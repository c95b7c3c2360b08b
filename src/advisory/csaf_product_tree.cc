#include "advisory/csaf_product_tree.h"

#include <utility>
#include <vector>

#include "advisory/rpm_release.h"

namespace plimsoll::advisory {
namespace {

constexpr int kMostWholes = 4;  // a package of a module of a repository; a loop ends here too

std::optional<std::string> ecosystem_of(std::string_view cpe, std::string_view name) {
  if (auto ecosystem = redhat_ecosystem(cpe)) return ecosystem;
  return ecosystem_of_platform(name);
}

}  // namespace

CsafProductTree::CsafProductTree(const json::Value& document) {
  json::Value tree;
  if (document.at_key("product_tree").get(tree) != simdjson::SUCCESS) return;
  take_branches(tree);
  json::for_each(tree, "full_product_names",
                 [this](const json::Value& each) { take_product(each); });
  json::for_each(tree, "relationships", [this](const json::Value& each) {
    json::Value product;
    if (each.at_key("full_product_name").get(product) != simdjson::SUCCESS) return;
    parts_.emplace(json::text(product, "product_id"),
                   Part{.component = json::text(each, "product_reference"),
                        .whole = json::text(each, "relates_to_product_reference")});
  });
}

void CsafProductTree::take_branches(const json::Value& tree) {
  std::vector<json::Value> open{tree};
  while (!open.empty()) {
    const json::Value at = open.back();
    open.pop_back();
    json::for_each(at, "branches", [this, &open](const json::Value& branch) {
      json::Value product;
      if (branch.at_key("product").get(product) == simdjson::SUCCESS) take_product(product);
      open.push_back(branch);
    });
  }
}

void CsafProductTree::take_product(const json::Value& product) {
  Product taken{.name = json::text(product, "name")};
  json::Value helper;
  if (product.at_key("product_identification_helper").get(helper) == simdjson::SUCCESS) {
    taken.cpe = json::text(helper, "cpe");
    taken.purl = json::text(helper, "purl");
  }
  products_.emplace(json::text(product, "product_id"), taken);
}

std::optional<CsafPackage> CsafProductTree::package(std::string_view product_id) const {
  auto part = parts_.find(product_id);
  if (part == parts_.end()) return std::nullopt;
  const auto component = products_.find(part->second.component);
  if (component == products_.end()) return std::nullopt;
  const Product& product = component->second;
  auto rpm = product.purl.empty() ? rpm_of_file_name(product.name) : rpm_of_purl(product.purl);
  if (!rpm) return std::nullopt;
  // Upwards to the distribution, by way of the module if there is one.
  std::string_view whole = part->second.whole;
  for (int level = 0; level < kMostWholes; ++level) {
    part = parts_.find(whole);
    if (part == parts_.end()) break;
    const auto module = products_.find(part->second.component);
    if (module != products_.end() && rpm->module.empty()) {
      rpm->module = module_of_purl(module->second.purl);
    }
    whole = part->second.whole;
  }
  const auto distribution = products_.find(whole);
  if (distribution == products_.end()) return std::nullopt;
  auto ecosystem = ecosystem_of(distribution->second.cpe, distribution->second.name);
  if (!ecosystem) return std::nullopt;
  return CsafPackage{.ecosystem = std::move(*ecosystem), .rpm = std::move(*rpm)};
}

}  // namespace plimsoll::advisory
