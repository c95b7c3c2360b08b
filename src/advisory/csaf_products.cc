#include "advisory/csaf_products.h"

#include "core/ascii.h"
#include "core/package_url.h"

// Source: https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html, 3.2.2 "Product Tree".
namespace plimsoll::advisory {
namespace {

using json::Value;

constexpr int kRelationDepth = 8;

std::string digest_of(const Value& helper) {
  std::string digest;
  json::for_each(helper, "hashes", [&digest](const Value& file) {
    json::for_each(file, "file_hashes", [&digest](const Value& hash) {
      if (json::text(hash, "algorithm") != "sha256") return;
      digest = "sha256:" + ascii::lower(json::text(hash, "value"));
    });
  });
  return digest;
}

/// Not to be taken for the reference of an image: a product may be called "nginx".
std::string name_of(std::string_view product) {
  return "urn:csaf:" + percent_coded(product);
}

}  // namespace

std::vector<std::string_view> views(const Value& object, std::string_view key) {
  std::vector<std::string_view> all;
  json::for_each(object, key, [&all](const Value& each) {
    std::string_view text;
    if (each.get(text) == simdjson::SUCCESS) all.push_back(text);
  });
  return all;
}

CsafProducts::CsafProducts(const Value& document) {
  const auto tree = member(document, "product_tree");
  if (!tree) return;
  json::for_each(*tree, "full_product_names", [this](const Value& each) { add_leaf(each); });
  add_branches(*tree);
  json::for_each(*tree, "relationships", [this](const Value& each) {
    const auto whole = member(each, "full_product_name");
    if (!whole) return;
    relations_[json::text(*whole, "product_id")] = {
        json::text(each, "product_reference"), json::text(each, "relates_to_product_reference")};
  });
  json::for_each(*tree, "product_groups", [this](const Value& each) {
    groups_[json::text(each, "group_id")] = views(each, "product_ids");
  });
}

void CsafProducts::add_branches(const Value& tree) {
  std::vector<Value> open{tree};
  while (!open.empty()) {
    const Value each = open.back();
    open.pop_back();
    if (const auto product = member(each, "product")) add_leaf(*product);
    json::for_each(each, "branches", [&open](const Value& branch) { open.push_back(branch); });
  }
}

void CsafProducts::add_leaf(const Value& product) {
  VexComponent component;
  if (const auto helper = member(product, "product_identification_helper")) {
    component.purl = json::text(*helper, "purl");
    component.cpe = json::text(*helper, "cpe");
    component.digest = digest_of(*helper);
  }
  if (component == VexComponent{}) component.id = name_of(json::text(product, "name"));
  leaves_[json::text(product, "product_id")] = std::move(component);
}

const VexComponent* CsafProducts::leaf(std::string_view id, std::string_view Relation::*way) const {
  for (int depth = 0; depth < kRelationDepth; ++depth) {
    const auto relation = relations_.find(id);
    if (relation == relations_.end()) break;
    id = relation->second.*way;
  }
  const auto found = leaves_.find(id);
  return found == leaves_.end() ? nullptr : &found->second;
}

VexProduct CsafProducts::find(std::string_view id) const {
  VexProduct product;
  const auto relation = relations_.find(id);
  if (relation == relations_.end()) {
    if (const auto found = leaves_.find(id); found != leaves_.end()) {
      product.component = found->second;
    }
    return product;
  }
  const VexComponent* part = leaf(relation->second.part, &Relation::part);
  const VexComponent* platform = leaf(relation->second.platform, &Relation::platform);
  // One that is nowhere told is none that anything can be found on.
  product.component = platform != nullptr ? *platform : VexComponent{.id = name_of({})};
  product.subcomponents.push_back(part != nullptr ? *part : VexComponent{.id = name_of({})});
  return product;
}

const std::vector<std::string_view>& CsafProducts::group(std::string_view id) const {
  static const std::vector<std::string_view> kNone;
  const auto found = groups_.find(id);
  return found == groups_.end() ? kNone : found->second;
}

}  // namespace plimsoll::advisory
