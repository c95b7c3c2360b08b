#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "image/inventory.h"
#include "report/document.h"
#include "secret/secret_scan.h"

namespace plimsoll::cli {

/// What a report says about a detector that is built in; null for others.
[[nodiscard]] const RuleInfo* find_secret_rule(std::string_view detector);

/// Turns what a secret scan finds into findings of a report: the detector is the rule.
/// It owns what the report's rules point at, so it must outlive the document.
class SecretFindings {
 public:
  void add(const std::string& path, const secret::Outcome& outcome);
  /// What an image carries, its layers and configuration.
  void add(const image::Inventory& inventory, const std::string& image);
  /// Adds subjects, findings and rules.
  void give(report::Document& document);

 private:
  void know_rule(std::string_view detector, std::string_view title, Severity severity);

  std::vector<std::unique_ptr<std::string>> texts_;  ///< what the rules' views are of
  std::vector<std::unique_ptr<RuleInfo>> infos_;
  std::vector<Subject> subjects_;
  std::vector<report::Entry> entries_;
};

}  // namespace plimsoll::cli
