#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/base_advice.h"
#include "report/counts.h"

namespace plimsoll::report {
namespace {

constexpr std::size_t kRole = 11;  // where names start
constexpr std::size_t kFigures = 8;
constexpr std::array<std::string_view, kFigures> kHeads{"CRIT", "HIGH", "MED",  "LOW",
                                                        "UNKN", "KEV",  "PKGS", "SIZE"};
constexpr std::array<std::size_t, kFigures> kWidths{6, 6, 6, 6, 6, 5, 7, 10};

/// Numbers of one image; nothing for what is not known.
using Row = std::array<std::optional<std::int64_t>, kFigures>;

Row row_of(const ImageFigures& figures) {
  Row row;
  row[6] = static_cast<std::int64_t>(figures.packages);
  if (figures.bytes > 0) row[7] = static_cast<std::int64_t>(figures.bytes);
  if (!figures.is_judged) return row;
  const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
  row[0] = number(figures.counts.of(Severity::kCritical));
  row[1] = number(figures.counts.of(Severity::kHigh));
  row[2] = number(figures.counts.of(Severity::kMedium));
  row[3] = number(figures.counts.of(Severity::kLow) + figures.counts.of(Severity::kInfo));
  row[4] = number(figures.counts.unknown);
  row[5] = number(figures.counts.exploited);
  return row;
}

/// Lines of both views.
class Lines {
 public:
  explicit Lines(const Painter& painter) : painter_(painter) {}

  void add(const std::string& text) { out_ += text + '\n'; }
  void paragraph(std::size_t indent, std::string_view style, const std::string& text) {
    const std::string margin(indent, ' ');
    for (const std::string& each : wrap(text, painter_.width() - indent)) {
      add(margin + (style.empty() ? each : painter_.paint({style}, each)));
    }
  }

  /// "base  python:3.11": what the base is, and why it is taken for that.
  void base(const BaseAdvice& advice) {
    if (!advice.evidence.empty()) paragraph(0, kDim.code, "The base: " + safe(advice.evidence));
  }

  void tail(const BaseAdvice& advice) {
    if (!advice.worth_adding.empty()) {
      add("");
      paragraph(0, "", "Not in the index, and worth comparing:");
      for (const std::string& name : advice.worth_adding) {
        add("  " + painter_.paint(kDim, "plimsoll base add " + safe(name)));
      }
    }
    if (!advice.next_step.empty()) {
      add("");
      paragraph(0, kBold.code, "Next: " + safe(advice.next_step));
    }
    add("");
    const std::string made = advice.advisories_made.empty()
                                 ? std::string("Vulnerabilities were not looked for")
                                 : "Advisories of " + safe(advice.advisories_made);
    paragraph(0, kDim.code, made);
  }

  [[nodiscard]] std::string safe(std::string_view text) const { return painter_.safe(text, 400); }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  const Painter& painter_;
  std::string out_;
};

class Quickview {
 public:
  Quickview(const BaseAdvice& advice, const Painter& painter)
      : advice_(advice), painter_(painter), lines_(painter) {}

  std::string render() {
    head();
    if (!advice_.yours.name.empty()) print("yours", advice_.yours, nullptr);
    const ImageFigures* const base = advice_.base ? &*advice_.base : nullptr;
    if (base != nullptr) print("base", *base, nullptr);
    if (advice_.refresh) print("refreshed", advice_.refresh->figures, base);
    if (!advice_.others.empty()) print("updated", advice_.others.front().figures, base);
    lines_.add("");
    lines_.base(advice_);
    if (base != nullptr && !base->support.empty()) {
      lines_.paragraph(0, base->has_ended ? kRed.code : kDim.code, lines_.safe(base->support));
    }
    if (advice_.others.size() > 1) {
      lines_.paragraph(0, kDim.code,
                       fmt::format("{}: plimsoll recommend",
                                   plural(advice_.others.size() - 1, "further alternative")));
    }
    lines_.tail(advice_);
    return lines_.take();
  }

 private:
  /// On a narrow terminal names stand above their figures.
  [[nodiscard]] std::size_t name_width() const {
    std::size_t figures = 0;
    for (const std::size_t width : kWidths) figures += width;
    const std::size_t left = painter_.width() - std::min(painter_.width(), figures + kRole);
    return left < 18 ? 0 : std::min<std::size_t>(left, 48);
  }

  void head() {
    std::string text = fmt::format("{:<{}}", "", kRole + name_width());
    for (std::size_t i = 0; i < kFigures; ++i) {
      text += fmt::format("{:>{}}", kHeads[i], kWidths[i]);
    }
    lines_.add(painter_.paint(kDim, text));
  }

  [[nodiscard]] std::string cells(const Row& row, const Row* than) const {
    std::string text;
    for (std::size_t i = 0; i < kFigures; ++i) {
      std::string cell = "?";
      if (than != nullptr) {
        cell = row[i] && (*than)[i] ? delta(*row[i] - *(*than)[i], i) : "";
      } else if (row[i]) {
        cell = number(*row[i], i);
      }
      const std::string padded = fmt::format("{:>{}}", cell, kWidths[i]);
      text += than != nullptr ? painted(padded, cell) : colored(padded, row[i], i);
    }
    return text;
  }

  static std::string number(std::int64_t value, std::size_t column) {
    return column == kFigures - 1 ? size_text(static_cast<std::uint64_t>(value))
                                  : std::to_string(value);
  }
  static std::string delta(std::int64_t value, std::size_t column) {
    if (value == 0) return "=";
    return (value < 0 ? "-" : "+") + number(value < 0 ? -value : value, column);
  }
  [[nodiscard]] std::string painted(const std::string& padded, std::string_view cell) const {
    if (cell.starts_with('-')) return painter_.paint(kGreen, padded);
    return painter_.paint(cell.starts_with('+') ? kRed : kDim, padded);
  }
  [[nodiscard]] std::string colored(const std::string& padded, std::optional<std::int64_t> value,
                                    std::size_t column) const {
    constexpr std::array kSeverities{Severity::kCritical, Severity::kHigh, Severity::kMedium};
    if (value.value_or(0) == 0 || column >= kSeverities.size()) return padded;
    return painter_.paint(style_of(kSeverities[column]), padded);
  }

  void print(std::string_view role, const ImageFigures& figures, const ImageFigures* base) {
    const std::size_t width = name_width();
    const std::string label = painter_.paint(kBold, fmt::format("{:<{}}", role, kRole));
    std::string name = painter_.safe(figures.name, 200);
    const auto columns = static_cast<std::size_t>(std::count_if(
        name.begin(), name.end(), [](char c) { return (c & 0xC0) != 0x80; }));  // UTF-8
    const Row row = row_of(figures);
    if (columns + 1 > width) {
      lines_.add(label + name);
      lines_.add(std::string(kRole + width, ' ') + cells(row, nullptr));
    } else {
      name.append(width - columns, ' ');
      lines_.add(label + name + cells(row, nullptr));
    }
    if (base == nullptr) return;
    const Row than = row_of(*base);
    lines_.add(std::string(kRole + width, ' ') + cells(row, &than));
  }

  const BaseAdvice& advice_;
  const Painter& painter_;
  Lines lines_;
};

class Recommendations {
 public:
  Recommendations(const BaseAdvice& advice, const Painter& painter)
      : advice_(advice), painter_(painter), lines_(painter) {}

  std::string render() {
    if (advice_.base) {
      const ImageFigures& base = *advice_.base;
      std::string text = painter_.paint(kBold, lines_.safe(base.name));
      text += fmt::format("{}{}", painter_.dot(), plural(base.packages, "package"));
      if (base.bytes > 0) text += fmt::format("{}{}", painter_.dot(), size_text(base.bytes));
      text += std::string(painter_.dot()) +
              (!base.is_judged            ? std::string("vulnerabilities not known")
               : base.counts.total() == 0 ? std::string("no known vulnerabilities")
                                          : base.counts.text());
      lines_.add(text);
      if (!base.support.empty()) {
        lines_.paragraph(0, base.has_ended ? kRed.code : kDim.code, lines_.safe(base.support));
      }
    }
    lines_.base(advice_);
    std::size_t number = 0;
    if (advice_.refresh) print(++number, *advice_.refresh);
    for (const BaseAlternative& each : advice_.others) print(++number, each);
    if (number == 0 && advice_.base) {
      lines_.add("");
      lines_.paragraph(0, "", "The index has nothing better to build on.");
    }
    edit();
    lines_.tail(advice_);
    return lines_.take();
  }

 private:
  void print(std::size_t number, const BaseAlternative& alternative) {
    constexpr std::size_t kIndent = 5;
    std::string steps;
    for (const std::string& step : alternative.steps) {
      steps += (steps.empty() ? "" : " + ") + step;
    }
    lines_.add("");
    lines_.add(fmt::format("{:>3}  {}  {}", number,
                           painter_.paint(kBold, lines_.safe(alternative.figures.name)),
                           painter_.paint(kDim, steps)));
    std::string reasons;
    for (const std::string& reason : alternative.reasons) {
      reasons += (reasons.empty() ? "" : "; ") + lines_.safe(reason);
    }
    lines_.paragraph(kIndent, "", reasons);
    for (const std::string& caveat : alternative.caveats) {
      lines_.paragraph(kIndent, kDim.code, "mind: " + caveat);
    }
  }

  void edit() {
    if (!advice_.no_edit.empty()) {
      lines_.add("");
      lines_.paragraph(0, kYellow.code, lines_.safe(advice_.no_edit));
    }
    if (advice_.edit.empty()) return;
    lines_.add("");
    std::string_view rest = advice_.edit;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      const bool is_dos = line.ends_with('\r');  // which is no part of what changes
      const std::string text = painter_.safe(line.substr(0, line.size() - (is_dos ? 1 : 0)), 400);
      lines_.add(line.starts_with('+')   ? painter_.paint(kGreen, text)
                 : line.starts_with('-') ? painter_.paint(kRed, text)
                                         : painter_.paint(kDim, text));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  const BaseAdvice& advice_;
  const Painter& painter_;
  Lines lines_;
};

}  // namespace

std::string quickview(const BaseAdvice& advice, const Painter& painter) {
  return Quickview(advice, painter).render();
}

std::string recommendations(const BaseAdvice& advice, const Painter& painter) {
  return Recommendations(advice, painter).render();
}

}  // namespace plimsoll::report
