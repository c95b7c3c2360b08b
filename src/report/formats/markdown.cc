#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/escape.h"
#include "report/counts.h"
#include "report/format.h"
#include "report/markdown_text.h"

// A comment on a pull request: the verdict, what is new, the worst first, and it always fits.
// Source: docs.github.com, "GitHub Flavored Markdown"; a comment holds 65 536 characters.
namespace plimsoll::report::formats {
namespace {

using markdown::code;
using markdown::safe;

constexpr std::size_t kFits = 60'000;  ///< bytes; leaves room for a marker of the poster

std::string place(const Entry& finding) {
  if (!finding.path) return "the repository";
  std::string text = *finding.path;
  if (finding.region.line > 0) text += ':' + std::to_string(finding.region.line);
  return code(text);
}

std::string row(const Entry& finding) {
  return fmt::format("| {} | {} | {} | {} |\n", to_string(finding.severity), place(finding),
                     safe(finding.message), code(finding.rule));
}

constexpr std::string_view kHead = "| Severity | Where | Finding | Rule |\n|---|---|---|---|\n";

/// As many rows as fit; says how many do not.
void table(const std::vector<const Entry*>& findings, std::string& out) {
  out += kHead;
  std::size_t printed = 0;
  for (const Entry* finding : findings) {
    const std::string text = row(*finding);
    if (out.size() + text.size() > kFits) break;
    out += text;
    ++printed;
  }
  if (printed < findings.size()) {
    out += fmt::format("\n{} more are not shown here.\n", findings.size() - printed);
  }
}

void folded(std::string_view title, const std::vector<const Entry*>& findings, std::string& out) {
  if (findings.empty()) return;
  out += fmt::format("\n<details><summary>{} ({})</summary>\n\n", title, findings.size());
  table(findings, out);
  out += "\n</details>\n";
}

std::vector<const Entry*> pick(const std::vector<Entry>& all, bool (*wanted)(const Entry&)) {
  std::vector<const Entry*> picked;
  for (const Entry& finding : all) {
    if (wanted(finding)) picked.push_back(&finding);
  }
  std::stable_sort(picked.begin(), picked.end(),
                   [](const Entry* a, const Entry* b) { return a->severity > b->severity; });
  return picked;
}

void print_incomplete(const Document& document, std::string& out) {
  if (document.incomplete.empty()) return;
  out += "\n> [!WARNING]\n> Not everything could be judged:\n";
  constexpr std::size_t kListed = 10;
  for (std::size_t i = 0; i < document.incomplete.size() && i < kListed; ++i) {
    const Incomplete& part = document.incomplete[i];
    out += "> - " + (part.path.empty() ? std::string() : code(part.path) + ": ") +
           safe(part.limit) + '\n';
  }
  if (document.incomplete.size() > kListed) {
    out += fmt::format("> - and {} more\n", document.incomplete.size() - kListed);
  }
}

void print_controls(const ScoreLine& score, std::string& out) {
  std::string rows;
  for (const ControlScore& control : score.controls) {
    if (control.status == Status::kNotApplicable) continue;
    rows += fmt::format("| {} | {} | {} | {} | {} |\n", title(control.control),
                        to_string(control.status), control.passed, control.failed, control.unknown);
  }
  if (rows.empty()) return;
  out += "\n<details><summary>Controls</summary>\n\n";
  out += "| Control | Status | Passed | Failed | Unknown |\n|---|---|---:|---:|---:|\n" + rows;
  out += "\n</details>\n";
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  const Counts sum = count(document);
  const std::string_view noun = document.has_baseline ? "new finding" : "finding";
  std::string out = "### plimsoll: ";
  out += sum.total == 0 ? fmt::format("no {}s", noun)
                        : plural(sum.total, noun) + " (" + sum.text() + ")";
  out += '\n';
  std::string line;
  if (document.score.known) line = fmt::format("Score **{} %**", document.score.percent);
  const auto add = [&line](std::string text) { line += (line.empty() ? "" : " · ") + text; };
  if (document.has_baseline) {
    add(fmt::format("{} known", sum.known));
    add(fmt::format("{} fixed", document.fixed.size()));
  }
  if (sum.suppressed > 0) add(fmt::format("{} suppressed", sum.suppressed));
  for (const std::string& part : document.left_out_lines()) add(safe(part));
  if (document.hidden > 0) add(fmt::format("{} more with `--rules all`", document.hidden));
  if (!line.empty()) out += '\n' + line + '\n';
  print_incomplete(document, out);
  const std::vector<const Entry*> open = pick(document.findings, counts);
  if (!open.empty()) {
    out += '\n';
    table(open, out);
  }
  folded("Fixed since the baseline", pick(document.fixed, [](const Entry&) { return true; }), out);
  print_controls(document.score, out);
  return out;
}

}  // namespace

const Format& markdown() {
  static constexpr Format kFormat{"markdown", "a comment for a pull request", render};
  return kFormat;
}

}  // namespace plimsoll::report::formats
