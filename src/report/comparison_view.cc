#include "report/comparison_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/counts.h"

namespace plimsoll::report {
namespace {

using Kind = PackageChange::Kind;

constexpr std::size_t kShown = 5;
constexpr std::size_t kLabel = 12;  // where values start
constexpr Kind kKinds[] = {Kind::kAdded, Kind::kRemoved, Kind::kUpgraded, Kind::kDowngraded,
                           Kind::kChanged};

class View {
 public:
  View(const Comparison& comparison, const Painter& painter)
      : comparison_(comparison), painter_(painter) {}

  std::string render() {
    head();
    if (comparison_.empty()) out_ += "  " + painter_.paint(kGreen, "Nothing is different") + '\n';
    image_rows();
    vulnerabilities();
    packages();
    settings();
    findings("rule", "gone", comparison_.findings_gone, kGreen);
    findings("rule", "new", comparison_.findings_fresh, kRed);
    return out_ + '\n';
  }

 private:
  [[nodiscard]] std::string safe(std::string_view text) const { return painter_.safe(text, 300); }

  static std::string name(const Compared& side) {
    return side.document->image ? side.document->image->reference : std::string("?");
  }

  void head() {
    out_ += painter_.paint(kBold, safe(name(comparison_.before))) + " to " +
            painter_.paint(kBold, safe(name(comparison_.after))) + '\n';
  }

  void row(std::string_view label, const std::string& text) {
    std::string lead = "  " + painter_.paint(kDim, fmt::format("{:<{}}", label, kLabel));
    for (const std::string& each : wrap(text, painter_.width() - kLabel - 2)) {
      out_ += lead + each + '\n';
      lead.assign(kLabel + 2, ' ');
    }
  }

  void image_rows() {
    const auto& a = comparison_.before.document->image;
    const auto& b = comparison_.after.document->image;
    if (!a || !b) return;
    if (a->bytes > 0 && b->bytes > 0 && a->bytes != b->bytes) {
      row("size",
          fmt::format("{} to {}, {} {}", size_text(a->bytes), size_text(b->bytes),
                      size_text(std::max(a->bytes, b->bytes) - std::min(a->bytes, b->bytes)),
                      a->bytes > b->bytes ? "less" : "more"));
    }
    if (!a->layers.empty() && !b->layers.empty() &&
        comparison_.layers_shared < std::max(a->layers.size(), b->layers.size())) {
      row("layers", fmt::format("{} to {}, the lowest {} the same", a->layers.size(),
                                b->layers.size(), comparison_.layers_shared));
    }
  }

  void vulnerabilities() {
    if (!comparison_.has_vulnerabilities()) return;
    row("known", comparison_.counts_before.text() + " to " + comparison_.counts_after.text());
    list("gone", comparison_.before, comparison_.gone, kGreen);
    list("new", comparison_.after, comparison_.fresh, kRed);
    if (!comparison_.same.empty()) {
      row("same", count_vulnerabilities(comparison_.same).text());
    }
  }

  void list(std::string_view label, const Compared& side,
            const std::vector<const Vulnerability*>& vulnerabilities, Style style) {
    if (vulnerabilities.empty()) return;
    const VulnerabilityCounts counts = count_vulnerabilities(vulnerabilities);
    std::string text = painter_.paint(style, counts.text());
    if (counts.exploited > 0) text += fmt::format(", {} known to be exploited", counts.exploited);
    row(label, text);
    const std::size_t shown = shown_of(vulnerabilities.size());
    for (std::size_t i = 0; i < shown; ++i) print(side, *vulnerabilities[i]);
    more(vulnerabilities.size() - shown);
  }

  [[nodiscard]] std::size_t shown_of(std::size_t size) const {
    return painter_.appearance().verbose ? size : std::min(size, kShown);
  }

  void more(std::size_t left) {
    if (left == 0) return;
    out_ += std::string(kLabel + 2, ' ') +
            painter_.paint(kDim, fmt::format("and {} more; --verbose lists them", left)) + '\n';
  }

  void print(const Compared& side, const Vulnerability& vulnerability) {
    const std::string_view word =
        vulnerability.severity ? to_string(*vulnerability.severity) : "unknown";
    std::string lead =
        std::string(kLabel + 2, ' ') +
        painter_.paint(vulnerability.severity ? style_of(*vulnerability.severity) : kDim,
                       fmt::format("{:<9}", word));
    const std::size_t indent = kLabel + 2 + 9;
    for (const std::string& each :
         wrap(safe(place_of(side, vulnerability)), painter_.width() - indent)) {
      out_ += lead + each + '\n';
      lead.assign(indent, ' ');
    }
  }

  void packages() {
    for (const Kind kind : kKinds) {
      std::vector<const PackageChange*> changes;
      for (const PackageChange& each : comparison_.packages) {
        if (each.kind == kind) changes.push_back(&each);
      }
      if (changes.empty()) continue;
      row(to_string(kind), plural(changes.size(), "package"));
      const std::size_t shown = shown_of(changes.size());
      for (std::size_t i = 0; i < shown; ++i) {
        out_ += std::string(kLabel + 2, ' ') + safe(text_of(*changes[i])) + '\n';
      }
      more(changes.size() - shown);
    }
  }

  static std::string text_of(const PackageChange& change) {
    if (change.before == nullptr) return change.after->name + ' ' + change.after->version;
    if (change.after == nullptr) return change.before->name + ' ' + change.before->version;
    return change.before->name + ' ' + change.before->version + " to " + change.after->version;
  }

  void settings() {
    for (const SettingChange& each : comparison_.settings) {
      const auto shown = [this](const std::string& value) {
        return value.empty() ? std::string("nothing") : painter_.safe(value, 120);
      };
      row("changed", fmt::format("{}: {} to {}", painter_.safe(each.name, 60), shown(each.before),
                                 shown(each.after)));
    }
  }

  void findings(std::string_view what, std::string_view word,
                const std::vector<const Entry*>& findings, Style style) {
    const std::size_t shown = shown_of(findings.size());
    for (std::size_t i = 0; i < shown; ++i) {
      row(fmt::format("{} {}", what, word),
          painter_.paint(style, safe(findings[i]->rule)) + "  " + safe(findings[i]->message));
    }
    more(findings.size() - shown);
  }

  const Comparison& comparison_;
  const Painter& painter_;
  std::string out_;
};

}  // namespace

std::string place_of(const Compared& side, const Vulnerability& vulnerability) {
  const Document& document = *side.document;
  std::string text = vulnerability.id;
  if (vulnerability.is_exploited) text += ", exploited";
  if (vulnerability.package >= document.packages.size()) return text;
  const Package& package = document.packages[vulnerability.package];
  text += " in " + package.name + ' ' + package.version;
  if (const auto layer = layer_of(document, package)) {
    const ImageSummary::Layer& made = document.image->layers[*layer];
    text += ", layer " + std::to_string(*layer + 1);
    if (is_of_base(document, package).value_or(false)) text += " of the base";
    if (!made.place.empty()) {
      text += " (" + made.place + ')';
    } else if (!made.instruction.empty()) {
      constexpr std::size_t kEnough = 60;
      text += " (" + made.instruction.substr(0, kEnough) +
              (made.instruction.size() > kEnough ? "...)" : ")");
    }
  }
  if (!vulnerability.fixed.empty()) text += ", fixed in " + vulnerability.fixed;
  return text;
}

std::string comparison_view(const Comparison& comparison, const Painter& painter) {
  return View(comparison, painter).render();
}

}  // namespace plimsoll::report
