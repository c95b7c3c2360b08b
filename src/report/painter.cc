#include "report/painter.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/escape.h"

namespace plimsoll::report {
namespace {

constexpr std::size_t kMinWidth = 60;
constexpr std::size_t kMaxWidth = 120;

}  // namespace

Style style_of(Severity severity) {
  switch (severity) {
    case Severity::kCritical: return {"1;37;41"};
    case Severity::kHigh: return {"1;31"};
    case Severity::kMedium: return {"33"};
    case Severity::kLow: return {"36"};
    case Severity::kInfo: return {"2"};
  }
  return {"0"};
}

Painter::Painter(const Appearance& appearance)
    : appearance_(appearance), width_(std::clamp(appearance.width, kMinWidth, kMaxWidth)) {}

std::string Painter::paint(Style style, std::string_view text) const {
  if (!appearance_.color) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", style.code, text);
}

std::string Painter::safe(std::string_view text, std::size_t max_code_points) const {
  return escape_terminal(text, max_code_points,
                         appearance_.unicode ? Charset::kUnicode : Charset::kAscii);
}

std::string_view Painter::dot() const {
  return appearance_.unicode ? " · " : "; ";
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    const std::size_t columns = display_width(word);
    if (used > 0 && used + 1 + columns > width) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) {
      lines.back() += ' ';
      ++used;
    }
    lines.back() += word;
    used += columns;
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
  }
  return lines;
}

std::string size_text(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  auto value = static_cast<double>(bytes);
  std::string_view unit;
  for (const std::string_view each : {"kB", "MB", "GB", "TB"}) {
    value /= 1000;
    unit = each;
    if (value < 999.5) break;
  }
  return value < 9.95 && unit != "kB" ? fmt::format("{:.1f} {}", value, unit)
                                      : fmt::format("{:.0f} {}", value, unit);
}

}  // namespace plimsoll::report
