#include <fmt/format.h>

#include "report/comparison_view.h"
#include "report/counts.h"
#include "report/markdown_text.h"

namespace plimsoll::report {
namespace {

using Kind = PackageChange::Kind;

constexpr std::size_t kFits = 60'000;  ///< bytes; a comment holds 65 536 characters
constexpr Kind kKinds[] = {Kind::kAdded, Kind::kRemoved, Kind::kUpgraded, Kind::kDowngraded,
                           Kind::kChanged};

std::string name_of(const Compared& side) {
  return side.document->image ? side.document->image->reference : std::string("?");
}

/// Rows as long as they fit.
class Table {
 public:
  Table(std::string& out, std::string_view head) : out_(out) { out_ += head; }
  void add(const std::string& row) {
    if (out_.size() + row.size() > kFits) {
      ++left_;
    } else {
      out_ += row;
    }
  }
  ~Table() {
    if (left_ > 0) out_ += fmt::format("\n{} more are not shown here.\n", left_);
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

 private:
  std::string& out_;
  std::size_t left_ = 0;
};

void add_vulnerabilities(std::string_view title, const Compared& side,
                         const std::vector<const Vulnerability*>& list, bool is_open,
                         std::string& out) {
  if (list.empty()) return;
  out += fmt::format("\n<details{}><summary>{} ({})</summary>\n\n", is_open ? " open" : "", title,
                     count_vulnerabilities(list).text());
  {
    Table table(out, "| Severity | Vulnerability |\n|---|---|\n");
    for (const Vulnerability* each : list) {
      table.add(fmt::format("| {} | {} |\n",
                            each->severity ? to_string(*each->severity) : "unknown",
                            markdown_text(place_of(side, *each))));
    }
  }
  out += "\n</details>\n";
}

void add_packages(const Comparison& comparison, std::string& out) {
  if (comparison.packages.empty()) return;
  std::string counts;
  for (const Kind kind : kKinds) {
    const std::size_t count = comparison.count(kind);
    if (count == 0) continue;
    counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, to_string(kind));
  }
  out += fmt::format("\n<details><summary>Packages ({})</summary>\n\n", counts);
  {
    Table table(out, "| Change | Package | Before | After |\n|---|---|---|---|\n");
    for (const PackageChange& each : comparison.packages) {
      const Package& package = each.after != nullptr ? *each.after : *each.before;
      table.add(fmt::format("| {} | {} | {} | {} |\n", to_string(each.kind),
                            markdown_code(package.name),
                            each.before == nullptr ? "" : markdown_text(each.before->version),
                            each.after == nullptr ? "" : markdown_text(each.after->version)));
    }
  }
  out += "\n</details>\n";
}

void add_findings(std::string_view title, const std::vector<const Entry*>& findings,
                  std::string& out) {
  for (const Entry* each : findings) {
    if (out.size() > kFits) return;
    out += fmt::format("- {}: {} ({})\n", title, markdown_text(each->message),
                       markdown_code(each->rule));
  }
}

void add_figures(const Comparison& comparison, std::string& out) {
  out += "\n| | Before | After |\n|---|---:|---:|\n";
  const auto row = [&out](std::string_view what, const std::string& a, const std::string& b) {
    out += fmt::format("| {} | {} | {} |\n", what, a, b);
  };
  if (comparison.has_vulnerabilities()) {
    const VulnerabilityCounts& a = comparison.counts_before;
    const VulnerabilityCounts& b = comparison.counts_after;
    for (const Severity severity :
         {Severity::kCritical, Severity::kHigh, Severity::kMedium, Severity::kLow}) {
      row(to_string(severity), std::to_string(a.of(severity)), std::to_string(b.of(severity)));
    }
    row("unknown", std::to_string(a.unknown), std::to_string(b.unknown));
    row("exploited", std::to_string(a.exploited), std::to_string(b.exploited));
  }
  const Document& before = *comparison.before.document;
  const Document& after = *comparison.after.document;
  row("packages", std::to_string(before.packages.size()), std::to_string(after.packages.size()));
  if (before.image && after.image && before.image->bytes > 0 && after.image->bytes > 0) {
    row("size", size_text(before.image->bytes), size_text(after.image->bytes));
  }
}

}  // namespace

std::string comparison_markdown(const Comparison& comparison) {
  std::string out = "### plimsoll: ";
  const std::size_t fresh = comparison.fresh.size();
  if (comparison.empty()) {
    out += "nothing is different";
  } else if (!comparison.has_vulnerabilities()) {
    out += plural(comparison.packages.size(), "package") + " changed";
  } else {
    out += fmt::format("{} new {}", fresh == 0 ? "no" : std::to_string(fresh),
                       fresh == 1 ? "vulnerability" : "vulnerabilities");
  }
  out += fmt::format("\n\n{} to {}\n", markdown_code(name_of(comparison.before)),
                     markdown_code(name_of(comparison.after)));
  add_figures(comparison, out);
  add_vulnerabilities("New", comparison.after, comparison.fresh, true, out);
  add_vulnerabilities("Gone", comparison.before, comparison.gone, false, out);
  add_packages(comparison, out);
  if (!comparison.settings.empty() || !comparison.findings_fresh.empty() ||
      !comparison.findings_gone.empty()) {
    out += '\n';
  }
  for (const SettingChange& each : comparison.settings) {
    if (out.size() > kFits) break;
    out += fmt::format("- {}: {} to {}\n", markdown_text(each.name),
                       each.before.empty() ? "nothing" : markdown_code(each.before),
                       each.after.empty() ? "nothing" : markdown_code(each.after));
  }
  add_findings("new finding", comparison.findings_fresh, out);
  add_findings("finding gone", comparison.findings_gone, out);
  return out;
}

}  // namespace plimsoll::report
