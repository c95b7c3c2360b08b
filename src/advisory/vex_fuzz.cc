#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "advisory/ignore_format.h"
#include "advisory/openvex_document.h"
#include "advisory/purl_match.h"
#include "advisory/vex_format.h"
#include "advisory/vex_set.h"
#include "core/bug.h"

namespace {

using namespace plimsoll;
using namespace plimsoll::advisory;

/// What a reader takes must come back from what is written of it.
void check_round_trip(std::vector<VexStatement> statements) {
  for (VexStatement& each : statements) each.author = "a";
  const std::string first = to_openvex({"a", "2026-01-01T00:00:00Z", std::move(statements)});
  auto again = read_vex("fuzz", first);
  if (!again) PL_BUG("what was written is not read");
  if (to_openvex({"a", "2026-01-01T00:00:00Z", *std::move(again)}) != first) {
    PL_BUG("what was written is not read as it was meant");
  }
}

/// Every statement about a package holds for this package, unless a newer one does.
void check_set(std::vector<VexStatement> statements) {
  VexSet set;
  set.add(std::move(statements));
  for (const VexStatement& each : set.statements()) {
    if (each.vulnerabilities.empty()) PL_BUG("a statement about nothing");
    if (!each.justification.empty() && !is_vex_justification(each.justification)) {
      PL_BUG("an unknown justification");
    }
    const VexImage image({.references = {"nginx"}, .digests = {"sha256:aa"}});
    for (const VexProduct& product : each.products) {
      const std::string& purl = product.component.purl;
      const bool must_hold = product.subcomponents.empty() && comparable_purl(purl).has_value();
      const VexStatement* found = set.find({each.vulnerabilities, purl}, image);
      if (must_hold && found == nullptr) PL_BUG("a statement does not hold for its own product");
      if (found != nullptr && instant_of(found->timestamp) < instant_of(each.timestamp) &&
          must_hold) {
        PL_BUG("an older statement wins");
      }
    }
  }
}

void check_ignores(std::string_view path, std::string_view text) {
  IgnoreFile file = read_ignore_file(std::string(path), std::string(text));
  for (const Error& problem : file.problems) {
    if (problem.path != path) PL_BUG("a problem without its file");
  }
  IgnoreRules rules;
  rules.add(std::move(file.rules));
  const Package package{.name = "a", .version = "1", .ecosystem = "npm", .purl = "pkg:npm/a@1"};
  for (const IgnoreRule& rule : rules.all()) {
    if (rule.line == 0) PL_BUG("a rule without a line");
    const IgnoreAnswer found = rules.find({.ids = rule.ids, .package = &package}, {2026, 1, 1});
    if (found.rule != nullptr && found.expired != nullptr) PL_BUG("a rule that holds and does not");
    if (found.rule != nullptr && found.rule->until && *found.rule->until < Date{2026, 1, 1}) {
      PL_BUG("an expired rule holds");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (auto statements = read_vex("fuzz", text)) {
    check_round_trip(*statements);
    check_set(*std::move(statements));
  }
  for (const std::string_view path :
       {".trivyignore", ".trivyignore.yaml", ".grype.yaml", "osv-scanner.toml", ".snyk"}) {
    check_ignores(path, text);
  }
  return 0;
}
