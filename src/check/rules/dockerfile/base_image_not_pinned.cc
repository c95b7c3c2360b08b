#include "check/external_image.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "base-image-not-pinned",
    .title = "An image is not pinned by digest",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "semgrep:dockerfile-source-not-pinned",
    .why =
        "A tag can be pushed again, by its owner or by whoever takes over the account; a digest is "
        "the content itself.",
    .fix_note =
        "Append @sha256:… to the tag, and let Dependabot or Renovate move both: a pin without "
        "updates only grows old.",
    .sources = "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
};

void check(const DockerfileView& view, Sink& sink) {
  for_each_external_image(view, [&](const ExternalImage& image) {
    if (ascii::contains(image.text, "@")) return;
    if (!parse_image_reference(image.text)) return;
    sink.report(image.span, "'" + std::string(image.text) + "' is not pinned by digest");
  });
}

constexpr Example kExamples[] = {
    {.name = "FROM", .before = "FROM «debian:12»\n"},
    {.name = "COPY --from of an image",
     .before = "FROM scratch\nCOPY --from=«nginx:1.27» /etc/nginx /etc/nginx\n"},
    {.name = "pinned",
     .before = "FROM debian:12@sha256:"
               "0000000000000000000000000000000000000000000000000000000000000000\n"},
    {.name = "scratch and stages", .before = "FROM scratch AS a\nFROM a\nCOPY --from=0 /a /a\n"},
    {.name = "not known", .before = "ARG BASE\nFROM $BASE\n"},
};

}  // namespace

const Rule& base_image_not_pinned() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
