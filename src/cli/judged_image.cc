#include "cli/judged_image.h"

#include <algorithm>
#include <utility>

#include "cli/output.h"
#include "core/date.h"
#include "image/waste.h"
#include "scan/image_audit.h"

namespace plimsoll::cli {
namespace {

report::Settings settings_of(const image::ImageConfig& config) {
  report::Settings settings{.environment = config.environment,
                            .ports = config.ports,
                            .volumes = config.volumes,
                            .folder = config.folder};
  settings.environment = report::shown_environment(std::move(settings.environment));
  settings.has_healthcheck =
      config.healthcheck && !config.healthcheck->empty() && config.healthcheck->front() != "NONE";
  return settings;
}

std::vector<report::Entry> findings_of(const image::Inventory& inventory,
                                       const std::string& target) {
  scan::AuditOptions audit;
  audit.rules.today = today();
  const Report report =
      scan::report_image(scan::judge_image(inventory, target, audit.rules), inventory, audit);
  return report::document_of(report, false).findings;
}

advisory::Distribution distribution_of(const report::Document& document) {
  if (!document.image) return {};
  const std::string& os = document.image->os;
  const std::size_t blank = os.find(' ');
  return {os.substr(0, blank), blank == std::string::npos ? "" : os.substr(blank + 1)};
}

}  // namespace

Result<JudgedImage> ImageJudge::read(const std::string& target, bool with_rules) {
  flags_.target = target;
  auto read = read_image(flags_, quiet_);
  if (!read) return tl::unexpected(std::move(read.error()));
  image::Inventory& inventory = read->inventory;
  JudgedImage judged{.document = document_of(inventory.problems),
                     .settings = settings_of(inventory.config),
                     .has_settings = !inventory.image.config.empty(),
                     .config_digest = inventory.image.config_digest,
                     .digest = inventory.image.digest,
                     .names = inventory.image.names};
  if (with_rules && judged.has_settings) judged.document.findings = findings_of(inventory, target);
  const image::Waste waste = image::find_waste(inventory);
  describe_image(inventory, waste, target, judged.document);
  judged.document.image->waste.clear();  // `plimsoll image` tells of it
  if (auto asked = judge(judged.document); !asked) return tl::unexpected(asked.error());
  return judged;
}

Result<JudgedImage> ImageJudge::read(const base::Index& index, const base::Entry& entry) {
  auto document = index.read(entry);
  if (!document) return tl::unexpected(std::move(document.error()));
  JudgedImage judged{.document = *std::move(document),
                     .settings = entry.settings,
                     .has_settings = true,
                     .digest = entry.digest,
                     .names = entry.names};
  if (judged.document.image) judged.document.image->reference = base::familiar(entry.names.front());
  if (auto asked = judge(judged.document); !asked) return tl::unexpected(asked.error());
  return judged;
}

Result<void> ImageJudge::judge(report::Document& document) {
  if (vulnerabilities_ == nullptr) return {};
  std::vector<std::string> notes;
  document.vulnerabilities.clear();
  auto added = add_vulnerabilities(
      *vulnerabilities_,
      {.configuration = configuration_, .distribution = distribution_of(document)}, document,
      notes);
  for (std::string& note : notes) {
    // How many were left out differs by image; that they are is the same for all.
    if (std::find(notes_.begin(), notes_.end(), note) == notes_.end()) {
      notes_.push_back(std::move(note));
    }
  }
  return added;
}

Exit complain_about(const report::Document& document) {
  Exit status = Exit::kClean;
  const std::string name = document.image ? document.image->reference + ": " : std::string();
  for (const Incomplete& part : document.incomplete) {
    complain(name + (part.path.empty() ? "" : part.path + ": ") + part.limit);
    status = worse(status, part.environment ? Exit::kEnvironment
                           : part.rejected  ? Exit::kRejected
                                            : Exit::kIncomplete);
  }
  return status;
}

}  // namespace plimsoll::cli
