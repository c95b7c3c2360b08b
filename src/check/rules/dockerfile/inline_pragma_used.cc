#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "inline-pragma-used",
    .title = "A comment switches a check off",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL1001",
    .why = "Where exceptions are agreed on in one place, one hidden in a file goes unseen.",
    .fix_note = "Move the exception to the configuration, or correct what it hides.",
    .sources = "https://github.com/hadolint/hadolint/wiki/DL1001",
};

bool is_hadolint_pragma(std::string_view text) {
  if (!text.starts_with("hadolint")) return false;
  text = ascii::trim(text.substr(std::string_view("hadolint").size()));
  for (const std::string_view scope : {"global", "stage"}) {
    if (text.starts_with(scope)) text = ascii::trim(text.substr(scope.size()));
  }
  if (!text.starts_with("ignore")) return false;
  return ascii::trim(text.substr(std::string_view("ignore").size())).starts_with('=');
}

void check(const DockerfileView& view, Sink& sink) {
  for (const dockerfile::Comment& comment : view.file.comments) {
    if (!is_hadolint_pragma(comment.text)) continue;
    sink.report(comment.span, "the comment switches off a check of hadolint");
  }
}

constexpr Example kExamples[] = {
    {.name = "for a line", .before = "FROM alpine:3.20\n«# hadolint ignore=DL3003»\nRUN cd /a\n"},
    {.name = "for the file", .before = "«#hadolint global ignore = DL3003»\nFROM alpine:3.20\n"},
    {.name = "another comment",
     .before = "# hadolint likes this\nFROM alpine:3.20\n# RUN id\nRUN id\n"},
};

}  // namespace

const Rule& inline_pragma_used() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
