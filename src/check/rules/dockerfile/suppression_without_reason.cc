#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

#include "check/rule.h"
#include "check/suppression.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "suppression-without-reason",
    .title = "A check is switched off and nobody says why",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .why =
        "Nobody dares to remove the exception later, so it outlives its reason and hides the "
        "next mistake.",
    .fix_note =
        "Say why in the comment (# plimsoll ignore=… reason=\"…\", # checkov:skip=…:reason) or in "
        "one above it.",
    .sources = "https://github.com/hadolint/hadolint#inline-ignores",
};

/// The line above the comment is a comment in plain words. `pragmas`: where they begin, sorted.
bool is_explained_above(const DockerfileView& view, const std::vector<std::uint32_t>& pragmas,
                        Span pragma) {
  const std::vector<dockerfile::Comment>& comments = view.file.comments;
  const auto own = std::partition_point(
      comments.begin(), comments.end(),
      [&](const dockerfile::Comment& one) { return one.span.begin < pragma.begin; });
  if (own == comments.begin()) return false;
  const dockerfile::Comment& above = *std::prev(own);
  const SourceFile& source = *view.file.source;
  return !above.text.empty() &&
         source.line_index(above.span.begin) + 1 == source.line_index(pragma.begin) &&
         !std::binary_search(pragmas.begin(), pragmas.end(), above.span.begin);
}

/// BuildKit reads "skip=A // because", people write "DL3003 # because".
bool is_explained_inside(std::string_view text) {
  return ascii::contains(text, " // ") || ascii::contains(text, " # ") ||
         ascii::contains(text, " -- ");
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.file.comments.empty()) return;
  const std::vector<Pragma> pragmas = read_pragmas(view.file, sink.options().today);
  std::vector<std::uint32_t> begins;
  begins.reserve(pragmas.size());
  for (const Pragma& pragma : pragmas) begins.push_back(pragma.span.begin);
  std::sort(begins.begin(), begins.end());
  for (const Pragma& pragma : pragmas) {
    if (!pragma.suppression.reason.empty()) continue;
    if (is_explained_inside(view.file.source->slice(pragma.span))) continue;
    if (is_explained_above(view, begins, pragma.span)) continue;
    sink.report(pragma.span, "the comment switches off a check of " + pragma.suppression.by +
                                 " and gives no reason");
  }
}

constexpr Example kExamples[] = {
    {.name = "ours", .before = "FROM alpine:3.20\n«# plimsoll ignore=setuid-bit-added»\nRUN id\n"},
    {.name = "of a peer", .before = "FROM alpine:3.20\n«# hadolint ignore=DL3003»\nRUN cd /a\n"},
    {.name = "with a reason",
     .before = "FROM alpine:3.20\n# plimsoll ignore=setuid-bit-added reason=\"ping needs it\"\nRUN "
               "id\n# checkov:skip=CKV_DOCKER_2:no server\n"},
    {.name = "explained above",
     .before = "FROM alpine:3.20\n# The path is fixed by the vendor.\n# hadolint "
               "ignore=DL3003\nRUN cd /a\n"},
    {.name = "explained behind it",
     .before = "FROM alpine:3.20\n# hadolint ignore=DL3003 # fixed by the vendor\nRUN cd /a\n"},
};

}  // namespace

const Rule& suppression_without_reason() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
