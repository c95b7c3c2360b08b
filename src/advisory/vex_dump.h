#pragma once

#include <string>
#include <vector>

#include "advisory/vex.h"

namespace plimsoll::advisory {

/// For tests: "not_affected CVE-1 GHSA-1 in pkg:oci/a[pkg:npm/b] because … impact … action …", one
/// statement a line.
inline std::string dump(const std::vector<VexStatement>& statements) {
  const auto name_of = [](const VexComponent& component) {
    std::string name;
    for (const std::string* each :
         {&component.id, &component.purl, &component.cpe, &component.digest}) {
      if (!each->empty()) name += (name.empty() ? "" : "=") + *each;
    }
    return name;
  };
  std::string out;
  for (const VexStatement& statement : statements) {
    out += to_string(statement.status);
    for (const std::string& id : statement.vulnerabilities) out += ' ' + id;
    for (const VexProduct& product : statement.products) {
      out += " in " + name_of(product.component);
      for (const VexComponent& part : product.subcomponents) out += '[' + name_of(part) + ']';
    }
    if (!statement.justification.empty()) out += " because " + statement.justification;
    if (!statement.impact.empty()) out += " impact " + statement.impact;
    if (!statement.action.empty()) out += " action " + statement.action;
    if (!statement.timestamp.empty()) out += " at " + statement.timestamp;
    if (!statement.author.empty()) out += " by " + statement.author;
    out += '\n';
  }
  return out;
}

}  // namespace plimsoll::advisory
