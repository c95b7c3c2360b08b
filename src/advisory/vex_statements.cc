#include "advisory/vex_statements.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/ascii.h"
#include "core/package_url.h"

namespace plimsoll::advisory {
namespace {

/// "registry.example/team/web" of "registry.example/team/web:1@sha256:…".
std::string_view repository_of(std::string_view reference) {
  reference = reference.substr(0, reference.find('@'));
  const std::size_t colon = reference.rfind(':');
  const bool is_tag =
      colon != std::string_view::npos && reference.find('/', colon) == std::string_view::npos;
  return is_tag ? reference.substr(0, colon) : reference;
}

/// The ':' before a port is the only one that a repository may have.
bool has_prefix(std::string_view repository) {
  const std::size_t colon = repository.find(':');
  if (colon == std::string_view::npos) return false;
  const std::size_t slash = repository.find('/');
  return slash == std::string_view::npos || slash < colon || slash == colon + 1 ||
         !ascii::is_number(repository.substr(colon + 1, slash - colon - 1));
}

/// A file or a folder that was asked for has no name that others know it by.
bool is_name(std::string_view reference) {
  const std::string_view repository = repository_of(reference);
  return !repository.empty() && !repository.starts_with('/') && !repository.starts_with('.') &&
         !ascii::contains(reference, ".tar") && !has_prefix(repository) &&
         std::none_of(repository.begin(), repository.end(), ascii::is_upper);
}

/// What tells the fault's place and what is done about it.
VexStatement statement_of(const Vulnerability& vulnerability) {
  VexStatement statement;
  statement.vulnerabilities.push_back(vulnerability.id);
  statement.vulnerabilities.insert(statement.vulnerabilities.end(), vulnerability.aliases.begin(),
                                   vulnerability.aliases.end());
  const bool somebody_says_so =
      vulnerability.suppressed && (vulnerability.suppressed->reason.starts_with("not_affected") ||
                                   vulnerability.suppressed->reason.starts_with("fixed"));
  if (!vulnerability.justification.empty()) {
    statement.status = VexStatus::kNotAffected;
    statement.justification = vulnerability.justification;
    if (!vulnerability.why.empty()) statement.impact = vulnerability.why.back();
  } else if (somebody_says_so) {
    statement.status = VexStatus::kNotAffected;
    statement.impact = vulnerability.suppressed->by + ": " + vulnerability.suppressed->reason;
  } else {
    statement.status = VexStatus::kAffected;
    statement.action =
        vulnerability.upgrade.empty() ? "no fix is known" : "upgrade to " + vulnerability.upgrade;
    if (vulnerability.suppressed) {
      statement.action += "; accepted: " + vulnerability.suppressed->reason;
    }
  }
  return statement;
}

}  // namespace

VexComponent vex_component_of(const ImageSummary& image) {
  VexComponent component{.digest = image.digest};
  if (!is_name(image.reference)) {
    component.id = image.digest.empty() ? image.reference : image.digest;
    return component;
  }
  const std::string_view repository = repository_of(image.reference);
  const std::size_t slash = repository.rfind('/');
  component.purl =
      "pkg:oci/" +
      percent_coded(repository.substr(slash == std::string_view::npos ? 0 : slash + 1));
  if (!image.digest.empty()) component.purl += '@' + percent_coded(image.digest);
  std::string separator = "?";
  if (const std::size_t architecture = image.platform.find('/');
      architecture != std::string::npos) {
    component.purl += "?arch=" + percent_coded(image.platform.substr(architecture + 1));
    separator = "&";
  }
  component.purl += separator + "repository_url=" + percent_coded(repository, true);
  return component;
}

std::vector<VexStatement> vex_statements_of(const VexComponent& product,
                                            const std::vector<Package>& packages,
                                            const std::vector<Vulnerability>& vulnerabilities) {
  using Key = std::tuple<std::string, VexStatus, std::string, std::string, std::string>;
  std::map<Key, VexStatement> statements;
  for (const Vulnerability& each : vulnerabilities) {
    VexStatement statement = statement_of(each);
    const Key key(each.id, statement.status, statement.justification, statement.impact,
                  statement.action);
    const auto [known, is_new] = statements.try_emplace(key, std::move(statement));
    if (is_new) known->second.products.push_back({.component = product, .subcomponents = {}});
    if (each.package >= packages.size()) continue;
    const Package& package = packages[each.package];
    VexComponent part{.purl = package.purl};
    if (part.purl.empty()) part.id = package.name;
    auto& parts = known->second.products.front().subcomponents;
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) {
      parts.push_back(std::move(part));
    }
  }
  std::vector<VexStatement> list;
  for (auto& [key, statement] : statements) list.push_back(std::move(statement));
  return list;
}

}  // namespace plimsoll::advisory
