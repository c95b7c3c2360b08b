#include <algorithm>
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

/// The line above the comment is a comment in plain words.
bool is_explained_above(const DockerfileView& view, const std::vector<Pragma>& pragmas,
                        Span pragma) {
  const std::uint32_t line = view.file.source->line_index(pragma.begin);
  for (const dockerfile::Comment& comment : view.file.comments) {
    if (view.file.source->line_index(comment.span.begin) + 1 != line) continue;
    if (comment.text.empty()) return false;
    return std::none_of(pragmas.begin(), pragmas.end(),
                        [&](const Pragma& other) { return other.span == comment.span; });
  }
  return false;
}

/// BuildKit reads "skip=A // because", people write "DL3003 # because".
bool is_explained_inside(std::string_view text) {
  return ascii::contains(text, " // ") || ascii::contains(text, " # ") ||
         ascii::contains(text, " -- ");
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.file.comments.empty()) return;
  const std::vector<Pragma> pragmas = read_pragmas(view.file, sink.options().today);
  for (const Pragma& pragma : pragmas) {
    if (!pragma.suppression.reason.empty()) continue;
    if (is_explained_inside(view.file.source->slice(pragma.span))) continue;
    if (is_explained_above(view, pragmas, pragma.span)) continue;
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
