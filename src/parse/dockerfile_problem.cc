#include "parse/dockerfile_problem.h"

#include <utility>

#include "core/limits.h"

namespace plimsoll::dockerfile {
namespace {
constexpr std::size_t kQuotedBytes = 60;
}

std::string quoted(std::string_view text) {
  if (text.size() <= kQuotedBytes) return "'" + std::string(text) + "'";
  std::size_t end = kQuotedBytes;
  // Not in the middle of a UTF-8 sequence.
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return "'" + std::string(text.substr(0, end)) + "…'";
}

void report(Dockerfile& file, Span span, std::string message) {
  if (file.problems.size() >= limits::kFindingsPerFile) return;
  file.problems.push_back({span, std::move(message), false});
}

void reject(Dockerfile& file, Span span, std::string message) {
  file.problems.push_back({span, std::move(message), true});
}

}  // namespace plimsoll::dockerfile
