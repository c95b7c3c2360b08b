#include <utility>

#include "advisory/vex_format.h"
#include "advisory/vex_reading.h"
#include "core/ascii.h"

namespace plimsoll::advisory::vex_formats {
namespace {

using json::Value;

/// A text in the drafts before 0.2.0, an object since.
VexComponent component_of(const Value& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return component_called(text);
  VexComponent component = component_called(json::text(value, "@id"));
  if (const auto identifiers = member(value, "identifiers")) {
    if (const auto purl = json::text(*identifiers, "purl"); !purl.empty()) component.purl = purl;
    for (const std::string_view key : {"cpe22", "cpe23"}) {
      if (const auto cpe = json::text(*identifiers, key); !cpe.empty()) component.cpe = cpe;
    }
  }
  if (const auto hashes = member(value, "hashes")) {
    const std::string_view sha256 = json::text(*hashes, "sha-256");
    if (!sha256.empty()) component.digest = "sha256:" + ascii::lower(sha256);
  }
  return component;
}

/// A text in the drafts. An id that is an address ends in the name.
std::vector<std::string> vulnerabilities_of(const Value& statement) {
  std::string_view name = json::text(statement, "vulnerability");
  if (!name.empty()) return {std::string(name)};
  const auto vulnerability = member(statement, "vulnerability");
  if (!vulnerability) return {};
  name = json::text(*vulnerability, "name");
  if (name.empty()) {
    name = json::text(*vulnerability, "@id");
    name.remove_prefix(name.rfind('/') + 1);
  }
  std::vector<std::string> all = json::texts(*vulnerability, "aliases");
  if (!name.empty()) all.emplace(all.begin(), name);
  return all;
}

class Reader {
 public:
  explicit Reader(const Value& document) : document_(document) {
    author_ = json::text(document, "author");
    timestamp_ = json::text(document, "timestamp");
  }

  Result<std::vector<VexStatement>> read() {
    simdjson::dom::array list;
    if (document_.at_key("statements").get(list) != simdjson::SUCCESS) {
      return fail(ErrorCode::kInvalid, "statements: there is no such list");
    }
    for (const Value each : list) {
      auto done = add(each);
      if (!done) return tl::unexpected(std::move(done).error());
    }
    return std::move(statements_);
  }

 private:
  Result<void> add(const Value& each) {
    const std::string place = place_in("statements", statements_.size());
    VexStatement statement;
    statement.vulnerabilities = vulnerabilities_of(each);
    if (statement.vulnerabilities.empty()) {
      return fail(ErrorCode::kInvalid, place + ".vulnerability: it has no name");
    }
    const std::string_view word = json::text(each, "status");
    const auto status = parse_vex_status(word);
    if (!status) {
      return unknown_word(place + ".status", word,
                          {"not_affected", "affected", "fixed", "under_investigation"});
    }
    statement.status = *status;
    statement.justification = json::text(each, "justification");
    if (!statement.justification.empty() && !is_vex_justification(statement.justification)) {
      return unknown_word(place + ".justification", statement.justification, vex_justifications());
    }
    statement.impact = json::text(each, "impact_statement");
    statement.action = json::text(each, "action_statement");
    statement.timestamp = json::text(each, "timestamp");
    if (statement.timestamp.empty()) statement.timestamp = timestamp_;
    statement.author = author_;
    if (auto paid = budget_.take(statement); !paid) return paid;
    if (auto read = read_products(each, statement.products); !read) return read;
    statements_.push_back(std::move(statement));
    return {};
  }

  /// The drafts named the parts once, beside the products.
  Result<void> read_products(const Value& statement, std::vector<VexProduct>& products) {
    std::vector<Value> shared;
    json::for_each(statement, "subcomponents", [&](const Value& part) { shared.push_back(part); });
    Result<void> done;
    json::for_each(statement, "products", [&](const Value& each) {
      if (!done) return;
      VexProduct product{component_of(each), {}};
      done = budget_.take(product.component);
      const auto add_part = [&](const Value& part) {
        if (!done) return;
        product.subcomponents.push_back(component_of(part));
        done = budget_.take(product.subcomponents.back());
      };
      json::for_each(each, "subcomponents", add_part);
      for (const Value& part : shared) add_part(part);
      products.push_back(std::move(product));
    });
    return done;
  }

  Value document_;
  std::string author_;
  std::string timestamp_;
  VexBudget budget_;
  std::vector<VexStatement> statements_;
};

Result<std::vector<VexStatement>> read(std::string_view bytes) {
  thread_local json::Reader reader;
  const auto document = reader.read(bytes);
  if (!document) return tl::unexpected(document.error());
  return Reader(*document).read();
}

/// Its context is an address of openvex.dev in every version.
bool recognises(std::string_view /*path*/, std::string_view bytes) {
  return ascii::contains(bytes.substr(0, 64U << 10U), "openvex.dev/ns");
}

}  // namespace

const VexFormat& openvex() {
  static constexpr VexFormat kFormat{
      .name = "openvex",
      .title = "OpenVEX",
      .recognises = recognises,
      .read = read,
      .source = "https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md"};
  return kFormat;
}

}  // namespace plimsoll::advisory::vex_formats
