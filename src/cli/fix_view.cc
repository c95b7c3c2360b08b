#include "cli/fix_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "core/escape.h"
#include "report/excerpt.h"
#include "report/line_diff.h"

namespace plimsoll::cli {
namespace {

using report::DiffLine;

constexpr std::size_t kContext = 2;

struct Style {
  std::string_view code;
};
constexpr Style kBold{"1"};
constexpr Style kDim{"2"};
constexpr Style kRed{"31"};
constexpr Style kGreen{"32"};
constexpr Style kYellow{"33"};

class Painter {
 public:
  explicit Painter(const report::Appearance& appearance) : appearance_(appearance) {}
  [[nodiscard]] std::string operator()(Style style, std::string_view text) const {
    if (!appearance_.color) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", style.code, text);
  }
  [[nodiscard]] std::string safe(std::string_view text, std::size_t most = 400) const {
    return escape_terminal(text, most, appearance_.unicode ? Charset::kUnicode : Charset::kAscii);
  }
  [[nodiscard]] std::string_view mark(std::string_view unicode, std::string_view ascii) const {
    return appearance_.unicode ? unicode : ascii;
  }

 private:
  const report::Appearance& appearance_;
};

std::string_view without_cr(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string plural(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// "drop all capabilities (capabilities-not-dropped, unsafe)"; fixes of one title as one.
std::string reason_of(const scan::AppliedFix& fix) {
  return fmt::format("{} ({}{})", fix.title, fix.rule,
                     fix.safety == FixSafety::kUnsafe ? ", unsafe" : "");
}

using Reasons = std::map<std::size_t, std::vector<std::string>>;  ///< by index of a diff line

/// Where in the diff each reason is told: above the added line that the fix begins with, or what
/// that line replaces; else above the nearest changed lines, as with lines that are only taken
/// away.
Reasons reasons_of(const scan::FileChange& change, const std::vector<DiffLine>& lines) {
  Reasons reasons;
  for (const scan::AppliedFix& fix : change.fixes) {
    std::optional<std::size_t> place;
    std::uint32_t nearest = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const DiffLine& line = lines[i];
      if (line.kind == DiffLine::Kind::kSame) continue;
      if (i == 0 || lines[i - 1].kind == DiffLine::Kind::kSame) start = i;
      const bool added = line.kind == DiffLine::Kind::kAdded;
      const bool exact = added && line.after == fix.line;
      const bool replaces = added && i > 0 && lines[i - 1].kind == DiffLine::Kind::kRemoved;
      const std::uint32_t distance =
          line.after > fix.line ? line.after - fix.line : fix.line - line.after;
      if (!exact && place && distance >= nearest) continue;
      place = exact && !replaces ? i : start;
      nearest = distance;
      if (exact) break;
    }
    if (!place) continue;
    std::vector<std::string>& there = reasons[*place];
    std::string reason = reason_of(fix);
    if (std::find(there.begin(), there.end(), reason) == there.end()) {
      there.push_back(std::move(reason));
    }
  }
  return reasons;
}

const SourceFile* source_of(const Report& report, std::string_view path) {
  for (const auto& source : report.sources) {
    if (source->path() == path) return source.get();
  }
  return nullptr;
}

/// The lines of a change as they may be shown: what a rule takes for a secret is masked.
class Lines {
 public:
  Lines(const scan::FixPlan& plan, const std::string& path)
      : before_(*plan.first),
        after_(*plan.last),
        old_(source_of(*plan.first, path)),
        new_(source_of(*plan.last, path)) {}

  [[nodiscard]] std::string operator()(const DiffLine& line) const {
    const bool removed = line.kind == DiffLine::Kind::kRemoved;
    const SourceFile* file = removed ? old_ : new_;
    const std::uint32_t index = (removed ? line.before : line.after) - 1;
    if (file == nullptr || index >= file->line_count()) return std::string(without_cr(line.text));
    return (removed ? before_ : after_).line(*file, index);
  }
  /// A secret stands in it, before or after.
  [[nodiscard]] bool hides(const DiffLine& line) const {
    const bool in_old = line.kind != DiffLine::Kind::kAdded && masks(before_, old_, line.before);
    const bool in_new = line.kind != DiffLine::Kind::kRemoved && masks(after_, new_, line.after);
    return in_old || in_new;
  }

 private:
  static bool masks(const report::Excerpts& excerpts, const SourceFile* file, std::uint32_t line) {
    if (file == nullptr || line == 0 || line > file->line_count()) return false;
    return excerpts.hides_secret(*file, line - 1);
  }

  report::Excerpts before_;
  report::Excerpts after_;
  const SourceFile* old_;
  const SourceFile* new_;
};

class PlanView {
 public:
  PlanView(const scan::FixPlan& plan, const scan::FileChange& change, const Painter& paint)
      : change_(change), lines_(plan, change.path), paint_(paint) {}

  std::string render() {
    out_ += paint_(kBold, paint_.safe(change_.path));
    out_ += paint_(
        kDim, change_.is_new ? "  new file" : "  " + plural(change_.fixes.size(), "fix", "fixes"));
    out_ += '\n';
    if (change_.is_new) {
      for (const scan::AppliedFix& fix : change_.fixes) reason(reason_of(fix));
    }
    const auto lines = report::line_diff(change_.before, change_.after);
    if (!change_.is_new) reasons_ = reasons_of(change_, lines);
    const auto parts = report::hunks(lines, kContext);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) out_ += paint_(kDim, fmt::format("    {}\n", paint_.mark("⋯", "...")));
      for (std::size_t k = parts[i].first; k < parts[i].last; ++k) print(lines, k);
    }
    return out_ + '\n';
  }

 private:
  void reason(const std::string& text) {
    out_ += paint_(kDim, fmt::format("        {} {}", paint_.mark("╷", "|"), paint_.safe(text)));
    out_ += '\n';
  }

  void print(const std::vector<DiffLine>& lines, std::size_t at) {
    const DiffLine& line = lines[at];
    if (const auto reasons = reasons_.find(at); reasons != reasons_.end()) {
      for (const std::string& text : reasons->second) reason(text);
    }
    const std::string text = paint_.safe(lines_(line), 2000);
    switch (line.kind) {
      case DiffLine::Kind::kSame:
        out_ += paint_(kDim, fmt::format("{:>5}   ", line.after)) + text;
        break;
      case DiffLine::Kind::kRemoved: out_ += paint_(kRed, fmt::format("      - {}", text)); break;
      case DiffLine::Kind::kAdded:
        out_ += paint_(kGreen, fmt::format("{:>5} + {}", line.after, text));
        break;
    }
    out_ += '\n';
  }

  const scan::FileChange& change_;
  const Lines lines_;
  const Painter& paint_;
  std::string out_;
  Reasons reasons_;
};

std::string patch_line(char mark, const DiffLine& line) {
  std::string out = mark + std::string(line.text) + '\n';
  if (!line.ends) out += "\\ No newline at end of file\n";
  return out;
}

/// A path as git writes it: in C's quotes when it holds what would end the line or the name.
std::string patch_path(std::string_view prefix, std::string_view path) {
  std::string text = std::string(prefix) + std::string(path);
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\' && c != 0x7F;
  });
  if (plain) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < ' ' || byte >= 0x7F) {
      quoted += fmt::format("\\{:03o}", byte);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string range(std::uint32_t first, std::size_t count) {
  if (count == 0) return fmt::format("{},0", first - 1);
  return count == 1 ? fmt::format("{}", first) : fmt::format("{},{}", first, count);
}

/// Nothing when a line of it holds a secret: a patch with a masked line would not apply.
std::optional<std::string> patch_of(const scan::FixPlan& plan, const scan::FileChange& change) {
  const Lines shown(plan, change.path);
  std::string out;
  for (const scan::AppliedFix& fix : change.fixes) {
    out += fmt::format("# {}: {}\n", escape_terminal(change.path), escape_terminal(reason_of(fix)));
  }
  out += change.is_new ? "--- /dev/null\n" : fmt::format("--- {}\n", patch_path("a/", change.path));
  out += fmt::format("+++ {}\n", patch_path("b/", change.path));
  const auto lines = report::line_diff(change.before, change.after);
  for (const report::Hunk& hunk : report::hunks(lines, 3)) {
    std::size_t removed = 0;
    std::size_t added = 0;
    std::string body;
    for (std::size_t i = hunk.first; i < hunk.last; ++i) {
      const DiffLine& line = lines[i];
      if (shown.hides(line)) return std::nullopt;
      removed += line.kind != DiffLine::Kind::kAdded ? 1U : 0U;
      added += line.kind != DiffLine::Kind::kRemoved ? 1U : 0U;
      body += patch_line(line.kind == DiffLine::Kind::kSame      ? ' '
                         : line.kind == DiffLine::Kind::kRemoved ? '-'
                                                                 : '+',
                         line);
    }
    const DiffLine& first = lines[hunk.first];
    out += fmt::format("@@ -{} +{} @@\n", range(first.before, removed), range(first.after, added));
    out += body;
  }
  return out;
}

std::string percent(const Score& score) {
  return score.known ? fmt::format("{} %", score.percent) : "not known";
}

}  // namespace

std::string render_plan(const scan::FixPlan& plan, const report::Appearance& appearance) {
  const Painter paint(appearance);
  std::string out;
  for (const scan::FileChange& change : plan.files) out += PlanView(plan, change, paint).render();
  return out;
}

Patch render_patch(const scan::FixPlan& plan) {
  Patch patch;
  for (const scan::FileChange& change : plan.files) {
    if (const auto text = patch_of(plan, change)) {
      patch.text += *text;
    } else {
      patch.withheld.push_back(change.path);
    }
  }
  return patch;
}

std::string render_outcome(const scan::FixPlan& plan, const report::Appearance& appearance) {
  const Painter paint(appearance);
  std::string out;
  std::size_t fixes = 0;
  std::size_t unsafe = 0;
  std::set<std::string> advice;
  for (const scan::FileChange& change : plan.files) {
    fixes += change.fixes.size();
    for (const scan::AppliedFix& fix : change.fixes) {
      unsafe += fix.safety == FixSafety::kUnsafe ? 1U : 0U;
      if (!fix.advice.empty()) advice.insert(fix.advice);
    }
  }
  for (const std::string& text : advice) {
    out += paint(kYellow, "to do") + "  " + paint.safe(text, 600) + '\n';
  }
  out += fmt::format("{}  {} {} {}\n", paint(kBold, "score"), percent(plan.before),
                     paint.mark("→", "->"), paint(kBold, percent(plan.after)));
  out += fmt::format("{}  {} in {}{}\n", paint(kBold, "fixes"), fixes,
                     plural(plan.files.size(), "file", "files"),
                     unsafe > 0 ? fmt::format(", {} of them unsafe", unsafe) : "");
  std::size_t held = 0;
  for (const scan::Unfixed& left : plan.left) held += left.needs_unsafe ? 1U : 0U;
  if (!plan.left.empty()) {
    out += fmt::format("{}   {}", paint(kBold, "left"),
                       plural(plan.left.size(), "finding", "findings"));
    if (held > 0) out += fmt::format("; --unsafe would fix {}", held);
    out += '\n';
  }
  for (const std::string& idea : plan.ideas) {
    out += paint(kYellow, "idea") + "   " + paint.safe(idea, 600) + '\n';
  }
  if (!appearance.verbose) return out;
  for (const scan::Unfixed& left : plan.left) {
    out += fmt::format("  {}:{} {} {}\n      {}\n", paint.safe(left.path), left.line,
                       to_string(left.severity), paint.safe(left.rule),
                       paint(kDim, paint.safe(left.reason, 600)));
  }
  return out;
}

}  // namespace plimsoll::cli
