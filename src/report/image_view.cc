#include "report/image_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "core/escape.h"
#include "report/counts.h"

namespace plimsoll::report {
namespace {

constexpr std::size_t kLabel = 10;  // where values start
constexpr std::size_t kWasteShown = 4;

class View {
 public:
  View(const ImageSummary& image, const Painter& painter) : image_(image), painter_(painter) {}

  std::string render(const std::vector<Package>& packages) {
    head();
    if (!image_.layers.empty()) row("size", size());  // a bill of materials knows none
    if (image_.base) row("base", base());
    if (!image_.start.empty() || !image_.platform.empty()) row("starts", start());
    row("packages", kinds(packages));
    waste();
    unreachable();
    out_ += '\n';
    return std::move(out_);
  }

 private:
  void head() {
    std::string text = painter_.paint(kBold, painter_.safe(image_.reference, 200));
    for (const std::string& part :
         {image_.os_title.empty() ? image_.os : image_.os_title, image_.platform}) {
      if (!part.empty()) text += std::string(painter_.dot()) + painter_.safe(part, 80);
    }
    out_ += text + '\n';
  }

  void row(std::string_view label, const std::string& text) {
    const std::vector<std::string> lines = wrap(text, painter_.width() - kLabel - 2);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out_ += "  " + painter_.paint(kDim, fmt::format("{:<{}}", i == 0 ? label : "", kLabel)) +
              lines[i] + '\n';
    }
  }

  [[nodiscard]] std::string size() const {
    std::string text = size_text(image_.bytes) + " in " + plural(image_.layers.size(), "layer");
    if (image_.size > 0) text += fmt::format(", {} stored", size_text(image_.size));
    if (image_.bytes > 0) {
      const std::uint64_t seen = image_.bytes - std::min(image_.hidden, image_.bytes);
      text += fmt::format("; {} % of it reaches a container", seen * 100 / image_.bytes);
    }
    return text;
  }

  [[nodiscard]] std::string base() const {
    const ImageSummary::Base& base = *image_.base;
    std::string text = painter_.safe(base.name, 120);
    if (base.layers > 0) {
      const std::string layers = fmt::format(
          "the lowest {}", base.layers == 1 ? "layer" : std::to_string(base.layers) + " layers");
      text += text.empty() ? layers + ", says the history" : " (" + layers + ')';
    }
    if (base.evidence == "layers") text += ", found by its layers in the index of bases";
    if (base.evidence == "label") text += ", says its label";
    return text;
  }

  [[nodiscard]] std::string start() const {
    std::string text;
    for (const std::string& word : image_.start) {
      text += (text.empty() ? "" : " ") + painter_.safe(word, 80);
    }
    if (text.empty()) text = "nothing by itself";
    return text + (image_.user.empty() ? ", as root" : ", as " + painter_.safe(image_.user, 40));
  }

  [[nodiscard]] std::string kinds(const std::vector<Package>& packages) const {
    if (packages.empty()) return "none found";
    std::map<std::string, std::size_t> counts;
    for (const Package& package : packages) ++counts[package.ecosystem];
    std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string text = std::to_string(packages.size());
    std::string_view separator = ":";
    for (const auto& [ecosystem, count] : sorted) {
      text += fmt::format("{} {} {}", separator, painter_.safe(ecosystem, 30), count);
      separator = ",";
    }
    return text;
  }

  void waste() {
    std::uint64_t saved = 0;
    const std::size_t shown = painter_.appearance().verbose
                                  ? image_.waste.size()
                                  : std::min(kWasteShown, image_.waste.size());
    for (std::size_t i = 0; i < shown; ++i) saved += image_.waste[i].bytes;
    const std::uint64_t percent = image_.bytes == 0 ? 0 : saved * 100 / image_.bytes;
    if (percent == 0) return;  // nothing worth an edit
    row("waste",
        fmt::format("{} {} {} ({} %)", shown == 1 ? "1 edit" : std::to_string(shown) + " edits",
                    shown == 1 ? "saves" : "save", size_text(saved), percent));
    for (std::size_t i = 0; i < shown; ++i) print(image_.waste[i]);
  }

  /// Too little is not worth a line.
  void unreachable() {
    constexpr std::uint64_t kLeast = 1U << 20U;
    if (image_.unreachable_bytes.value_or(0) < kLeast) return;
    row("unused", fmt::format("the entrypoint can never load {} of programs and libraries",
                              size_text(*image_.unreachable_bytes)));
  }

  void print(const ImageSummary::Waste& waste) {
    std::string what = waste.title;
    if (!waste.what.empty()) what += " of " + waste.what;
    if (waste.layer < image_.layers.size()) {
      const std::string& place = image_.layers[waste.layer].place;
      what += place.empty() ? fmt::format(", layer {}", waste.layer + 1)
                            : ", " + painter_.safe(place, 80);
    }
    if (!waste.paths.empty()) {
      what += ": " + painter_.safe(waste.paths.front(), 60);
      if (waste.files > 1) what += painter_.safe(", …", 5);
    }
    const std::size_t indent = kLabel + 2;
    const std::string size = fmt::format("{:>7}  ", size_text(waste.bytes));
    const std::size_t width = painter_.width() - indent - size.size();
    std::string start = std::string(indent, ' ') + size;
    for (const std::string& line : wrap(what, width)) {
      out_ += start + line + '\n';
      start.assign(indent + size.size(), ' ');
    }
    for (const std::string& line : wrap(waste.advice, width)) {
      out_ += std::string(indent + size.size(), ' ') + painter_.paint(kDim, line) + '\n';
    }
  }

  const ImageSummary& image_;
  const Painter& painter_;
  std::string out_;
};

}  // namespace

std::string image_view(const ImageSummary& image, const std::vector<Package>& packages,
                       const Painter& painter) {
  return View(image, painter).render(packages);
}

}  // namespace plimsoll::report
