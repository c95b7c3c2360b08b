#pragma once

#include <string>
#include <vector>

#include "base/index.h"
#include "cli/image_target.h"
#include "cli/vulnerability_flags.h"
#include "core/result.h"
#include "report/comparison.h"
#include "report/document.h"

namespace plimsoll::cli {

/// An image, or a base of the index, with its packages and what is known to be wrong with them.
struct JudgedImage {
  report::Document document;
  report::Settings settings;
  bool has_settings = false;  ///< false: a bill of materials or a folder says none
  std::string config_digest;  ///< "" where nothing says it
  std::string digest;         ///< of its manifest; may be ""
  std::vector<std::string> names;
};

/// What several images at once need.
class ImageJudge {
 public:
  /// All must outlive it.
  /// @param vulnerabilities  null: none are looked for
  /// @param configuration    its ignores hold
  ImageJudge(const ImageFlags& flags, const VulnerabilityFlags* vulnerabilities,
             const config::Configuration& configuration, bool quiet)
      : flags_(flags),
        vulnerabilities_(vulnerabilities),
        configuration_(configuration),
        quiet_(quiet) {}

  /// Without vulnerabilities where no flags about them were given.
  /// @param with_rules  also what the rules for images find
  [[nodiscard]] Result<JudgedImage> read(const std::string& target, bool with_rules = false);
  [[nodiscard]] Result<JudgedImage> read(const base::Index& index, const base::Entry& entry);
  /// Puts into a document, which has an image, what is known of its packages.
  [[nodiscard]] Result<void> judge(report::Document& document);

  /// For standard error, each once.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

 private:
  ImageFlags flags_;
  const VulnerabilityFlags* vulnerabilities_;
  const config::Configuration& configuration_;
  bool quiet_;
  std::vector<std::string> notes_;
};

/// What is missing of it is said on standard error. @return the status of that
[[nodiscard]] Exit complain_about(const report::Document& document);

}  // namespace plimsoll::cli
