#pragma once

#include <memory>
#include <string>
#include <vector>

#include "report/document.h"
#include "secret/secret_scan.h"

namespace plimsoll::cli {

/// Turns what a secret scan finds into findings of a report: the detector is the rule.
/// It owns what the report's rules point at, so it must outlive the document.
class SecretFindings {
 public:
  void add(const std::string& path, const secret::Outcome& outcome);
  /// Fills in subjects, findings and rules.
  void give(report::Document& document);

 private:
  void know_rule(const secret::Hit& hit);

  std::vector<std::unique_ptr<RuleInfo>> infos_;
  std::vector<Subject> subjects_;
  std::vector<report::Entry> entries_;
};

}  // namespace plimsoll::cli
