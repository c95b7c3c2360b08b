#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "core/ascii.h"
#include "core/escape.h"
#include "core/path.h"
#include "report/counts.h"
#include "report/format.h"
#include "report/image_view.h"
#include "report/painter.h"
#include "report/upgrades.h"
#include "report/vulnerability_view.h"

// What a person reads: grouped by file, worst first, one line on what to do next.
namespace plimsoll::report::formats {
namespace {

constexpr std::size_t kIndent = 17;  // where messages start: severity and line stand before
constexpr std::size_t kNamesShown = 3;

/// A file and what was found in it.
struct Group {
  std::string title;
  std::vector<const Entry*> findings;

  [[nodiscard]] Severity worst() const {
    Severity worst = Severity::kInfo;
    for (const Entry* finding : findings) worst = std::max(worst, finding->severity);
    return worst;
  }
};

class Table : Painter {
 public:
  Table(const Document& report, const Appearance& appearance)
      : Painter(appearance), report_(report), appearance_(appearance), width_(width()) {}

  std::string render() {
    if (report_.image) out_ += image_view(*report_.image, report_.packages, *this);
    out_ += vulnerability_view(report_, *this);
    for (const Group& group : groups()) print(group);
    print_incomplete();
    print_score();
    print_summary();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool shown(const Entry& finding) const {
    // What the baseline knows is counted; the list is for what is new.
    if (finding.standing == Standing::kKnown && !appearance_.verbose) return false;
    return !finding.suppressed || appearance_.show_suppressed;
  }

  [[nodiscard]] std::vector<Group> groups() const {
    std::map<std::string, Group> by_path;
    for (const Entry& finding : report_.findings) {
      if (!shown(finding)) continue;
      const std::string path =
          finding.path.value_or(report_.image ? report_.image->reference : "the repository");
      Group& group = by_path[path];
      group.title = path;
      group.findings.push_back(&finding);
    }
    std::vector<Group> sorted;
    for (auto& [path, group] : by_path) {
      std::stable_sort(group.findings.begin(), group.findings.end(),
                       [](const Entry* a, const Entry* b) { return a->severity > b->severity; });
      sorted.push_back(std::move(group));
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const Group& a, const Group& b) {
      return a.worst() != b.worst() ? a.worst() > b.worst() : a.findings.size() > b.findings.size();
    });
    return sorted;
  }

  void print(const Group& group) {
    out_ += paint(kBold, safe(group.title, 400)) + '\n';
    for (const Entry* finding : group.findings) print(*finding);
    out_ += '\n';
  }

  /// "web", "web, db and 3 more": who it is about, when that is not the whole file.
  [[nodiscard]] std::string names_of(const Entry& finding) const {
    const Subject* first = report_.subject(finding.subject);
    if (first == nullptr || first->name.empty() || first->name == first->path) return {};
    const bool workload = first->kind != "file" && first->kind != "compose" &&
                          first->kind != "manifests" && first->kind != "project" &&
                          first->kind != "workflow";
    if (!workload) return {};
    std::string names = safe(first->name, 40);
    std::size_t listed = 1;
    for (const std::string& id : finding.also) {
      const Subject* other = report_.subject(id);
      if (other == nullptr) continue;
      if (listed == kNamesShown) {
        return names + fmt::format(" and {} more", finding.also.size() + 1 - listed);
      }
      names += ", " + safe(other->name, 40);
      ++listed;
    }
    return names;
  }

  void print(const Entry& finding) {
    const std::string line =
        finding.region.line == 0 ? std::string() : std::to_string(finding.region.line);
    std::string message = names_of(finding);
    if (!message.empty()) message += ": ";
    message += safe(finding.message, 600);
    if (finding.standing == Standing::kKnown) message += " (known)";
    if (finding.suppressed) {
      message += fmt::format(
          " (suppressed by {}{})", safe(finding.suppressed->by, 40),
          finding.suppressed->reason.empty() ? "" : ": " + safe(finding.suppressed->reason, 120));
    }
    std::vector<std::string> lines = wrap(message, width_ - kIndent);
    // The slug ends the last line where it fits, else it gets a line of its own.
    const bool fits = display_width(lines.back()) + 2 + finding.rule.size() <= width_ - kIndent;
    const std::string slug = paint(kDim, finding.rule);
    if (fits) {
      lines.back() += "  " + slug;
    } else {
      lines.push_back(slug);
    }
    out_ +=
        "  " + paint(style_of(finding.severity), fmt::format("{:<8}", to_string(finding.severity)));
    out_ += fmt::format(" {:>4}  {}\n", line, lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i) {
      out_ += std::string(kIndent, ' ') + lines[i] + '\n';
    }
    if (appearance_.verbose) print_details(finding);
  }

  void print_details(const Entry& finding) {
    const auto detail = [this](std::string_view label, std::string_view text) {
      print_detail(safe(label, 120), safe(text, 1000));
    };
    if (const RuleInfo* rule = report_.rule(finding.rule)) detail("why", rule->why);
    for (const Fact& fact : finding.evidence) detail(fact.key, fact.value);
    if (finding.fix) {
      detail("fix", fmt::format("{} ({})", finding.fix->title, to_string(finding.fix->safety)));
    }
    if (!finding.excerpt) return;
    for (const std::string& diff : finding.excerpt->diff) {
      const Style style = diff.starts_with('+') ? kGreen : diff.starts_with('-') ? kRed : kDim;
      out_ += std::string(kIndent, ' ') + paint(style, safe(diff, width_ - kIndent)) + '\n';
    }
  }

  /// Most labels are words of ours and stand in a column; a field's path may be long.
  void print_detail(const std::string& label, const std::string& text) {
    constexpr std::size_t kLabel = 9;
    const bool column = display_width(label) <= kLabel;
    const std::size_t width = width_ - kIndent - (column ? kLabel + 1 : 0);
    std::string start = column ? fmt::format("{:<{}} ", label, kLabel) : std::string();
    const std::string whole = column ? text : label + ' ' + text;
    for (const std::string& line : wrap(whole, width)) {
      out_ += std::string(kIndent, ' ') + paint(kDim, start + line) + '\n';
      start.assign(start.size(), ' ');
    }
  }

  void print_incomplete() {
    if (report_.incomplete.empty()) return;
    out_ += paint(kBold, "Not judged") + '\n';
    constexpr std::size_t kListed = 8;
    std::size_t listed = 0;
    for (const Incomplete& part : report_.incomplete) {
      if (listed++ == kListed && !appearance_.verbose) {
        out_ += fmt::format("    and {} more (--verbose)\n", report_.incomplete.size() - kListed);
        break;
      }
      const std::string text = part.path.empty() ? part.limit : part.path + ": " + part.limit;
      const std::vector<std::string> lines = wrap(safe(text, 600), width_ - 4);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        out_ += (i == 0 ? "  " + paint(kYellow, "!") + ' ' : std::string("    ")) + lines[i] + '\n';
      }
    }
    out_ += '\n';
  }

  [[nodiscard]] std::string mark(Status status) const {
    switch (status) {
      case Status::kPass: return paint(kGreen, appearance_.unicode ? "✓" : "+");
      case Status::kFail: return paint(kRed, appearance_.unicode ? "✗" : "x");
      case Status::kUnknown: return paint(kYellow, "?");
      case Status::kNotApplicable: return paint(kDim, "-");
    }
    return " ";
  }

  void print_score() {
    const ScoreLine& score = report_.score;
    if (!score.known) return;
    constexpr int kBarCells = 20;
    const int filled = (score.percent * kBarCells + 50) / 100;
    std::string bar;
    for (int i = 0; i < kBarCells; ++i) {
      bar += appearance_.unicode ? (i < filled ? "█" : "░") : (i < filled ? "#" : ".");
    }
    const Style style = score.percent >= 80 ? kGreen : score.percent >= 50 ? kYellow : kRed;
    const std::string percent = fmt::format("{} %  {}", score.percent, bar);
    out_ += paint(kBold, "Score") + ' ' + paint(style, percent);
    const std::string how = formula();
    if (display_width("Score ") + display_width(percent) + 2 + display_width(how) <= width_) {
      out_ += "  " + paint(kDim, how) + '\n';
    } else {
      out_ += '\n';
      for (const std::string& line : wrap(how, width_ - 2)) out_ += "  " + paint(kDim, line) + '\n';
    }
    print_controls();
    out_ += '\n';
  }

  [[nodiscard]] std::string formula() const {
    std::string text = "passed / (passed + failed) weight";
    if (report_.score.subjects > 0) {
      text += ", mean of " + plural(report_.score.subjects, "subject");
    }
    if (report_.score.unknown_percent > 0) {
      text += fmt::format("; {} % unknown", report_.score.unknown_percent);
    }
    return text;
  }

  void print_controls() {
    constexpr std::size_t kCell = 48;
    const std::size_t columns = std::max<std::size_t>(1, (width_ - 2) / kCell);
    std::size_t column = 0;
    for (const ControlScore& control : report_.score.controls) {
      if (control.status == Status::kNotApplicable) continue;
      if (column == 0) out_ += "  ";
      const int total = control.passed + control.failed + control.unknown;
      std::string label(title(control.control));
      if (total > 1) label += fmt::format(" {}/{}", control.passed, total);
      out_ += mark(control.status) + ' ';
      if (++column == columns) {
        out_ += label + '\n';
        column = 0;
      } else {
        out_ += fmt::format("{:<{}}", label, kCell - 2);
      }
    }
    if (column != 0) {
      while (!out_.empty() && out_.back() == ' ') out_.pop_back();
      out_ += '\n';
    }
  }

  void print_summary() {
    // Only vulnerabilities were asked for.
    if (report_.findings.empty() && !report_.score.known && !report_.advisories_made.empty())
      return;
    const Counts sum = count(report_);
    const std::string_view noun = report_.has_baseline ? "new finding" : "finding";
    std::string line = sum.total == 0 ? fmt::format("No {}s", noun) : plural(sum.total, noun);
    if (sum.total > 0) line += " (" + sum.text() + ")";
    if (report_.has_baseline) {
      line += fmt::format("{}{} known{}{} fixed", dot(), sum.known, dot(), report_.fixed.size());
    }
    if (report_.hidden > 0) {
      line += fmt::format("{}{} more with --rules all", dot(), report_.hidden);
    }
    if (sum.suppressed > 0) line += fmt::format("{}{} suppressed", dot(), sum.suppressed);
    for (const std::string& part : report_.left_out_lines()) {
      line += fmt::format("{}{}", dot(), safe(part, 600));
    }
    for (const std::string& part : wrap(line, width_)) out_ += paint(kBold, part) + '\n';
    if (report_.image && vulnerabilities_come_first()) {
      out_ += fmt::format("Next: {}\n",
                          paint(kBold, "plimsoll cves " + safe(report_.image->reference, 200)));
    } else if (const Entry* worst = worst_finding()) {
      const std::string next = is_secret(*worst)
                                   ? std::string("revoke the secret, then give it at run time")
                               : has_safe_fix() ? fix_command()
                                                : fmt::format("plimsoll rules {}", worst->rule);
      out_ += fmt::format("Next: {}\n", paint(kBold, next));
    } else if (report_.image && !report_.image->waste.empty()) {
      out_ += fmt::format("Next: {}\n", paint(kBold, report_.image->waste.front().advice));
    }
  }

  /// Something severe that an upgrade mends, and no finding as severe.
  [[nodiscard]] bool vulnerabilities_come_first() const {
    const Entry* const worst = worst_finding();
    const Severity least =
        std::max(Severity::kHigh, worst == nullptr ? Severity::kHigh : worst->severity);
    return std::any_of(report_.vulnerabilities.begin(), report_.vulnerabilities.end(),
                       [least](const Vulnerability& each) {
                         return counts(each) && is_in_path(each) && !each.upgrade.empty() &&
                                (each.is_exploited || (each.severity && *each.severity >= least));
                       });
  }

  /// With the file, or the folder of all files, that the findings are in; the current folder needs
  /// no name, and one that a shell would have to be told of in quotes is left to the reader.
  [[nodiscard]] std::string fix_command() const {
    std::string_view common;
    for (const Entry& finding : report_.findings) {
      if (!finding.path || finding.path->empty()) continue;
      if (common.empty()) common = *finding.path;
      while (common != "." && common != "/" && !path::is_within(*finding.path, common)) {
        common = path::folder(common);
      }
    }
    const bool plain = std::all_of(common.begin(), common.end(), [](char c) {
      return ascii::is_alnum(c) || c == '/' || c == '.' || c == '_' || c == '-';
    });
    if (common.empty() || common == "." || common.starts_with('-') || !plain) return "plimsoll fix";
    return fmt::format("plimsoll fix {}", common);
  }

  [[nodiscard]] bool has_safe_fix() const {
    return std::any_of(report_.findings.begin(), report_.findings.end(), [](const Entry& finding) {
      return counts(finding) && finding.fix && finding.fix->safety == FixSafety::kSafe;
    });
  }

  [[nodiscard]] const Entry* worst_finding() const {
    const Entry* worst = nullptr;
    for (const Entry& finding : report_.findings) {
      if (!counts(finding)) continue;
      if (worst == nullptr || finding.severity > worst->severity) worst = &finding;
    }
    return worst;
  }

  /// Of a detector, which `plimsoll rules` does not explain.
  [[nodiscard]] bool is_secret(const Entry& finding) const {
    const RuleInfo* rule = report_.rule(finding.rule);
    return rule != nullptr && rule->kind == "secret";
  }

  const Document& report_;
  const Appearance& appearance_;
  std::size_t width_;
  std::string out_;
};

std::string render(const Document& report, const Appearance& appearance) {
  return Table(report, appearance).render();
}

}  // namespace

const Format& table() {
  static constexpr Format kFormat{.name = "table",
                                  .title = "for people, grouped by file, worst first",
                                  .render = render,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
