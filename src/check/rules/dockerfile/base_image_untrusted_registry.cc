#include "check/external_image.h"
#include "check/rule.h"
#include "check/trusted_registry.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "base-image-untrusted-registry",
    .title = "An image comes from a registry that is not on the list",
    .severity = Severity::kMedium,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kNone,
    .aliases = "hadolint:DL3026 cis-docker:4.2",
    .why =
        "The list of trusted registries says where images are scanned and signed; one from "
        "elsewhere has seen none of that.",
    .fix_note = "Mirror the image into a trusted registry, or put its registry on the list.",
    .sources = "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
};

void check(const DockerfileView& view, Sink& sink) {
  const std::vector<std::string>& trusted = sink.options().trusted_registries;
  if (trusted.empty()) return;
  for_each_external_image(view, [&](const ExternalImage& image) {
    const auto reference = parse_image_reference(image.text);
    if (!reference || is_trusted_registry(trusted, reference->registry)) return;
    sink.report(image.span, "the registry '" + reference->registry + "' is not trusted");
  });
}

constexpr Example kExamples[] = {
    {.name = "another registry", .before = "FROM «quay.io/a/b:1»\n"},
    {.name = "COPY --from of an image",
     .before = "FROM debian:12\nCOPY --from=«untrusted.example/a:1» /a /a\n"},
    {.name = "mounted",
     .before = "FROM debian:12\n"
               "RUN --mount=«type=bind,from=untrusted.example/a:1,target=/a» true\n"},
    {.name = "on the list",
     .before = "FROM ghcr.io/a/b:1 AS a\nFROM registry.example.com/a:1\nCOPY --from=a /a /a\n"},
    {.name = "the Hub, however it is written",
     .before = "FROM ubuntu:24.04\nFROM a/b:1\nFROM docker.io/a/b:1\nFROM index.docker.io/a/b:1\n"},
    {.name = "scratch and stages", .before = "FROM scratch AS a\nFROM a\nCOPY --from=0 /a /a\n"},
    {.name = "not known", .before = "ARG BASE\nFROM $BASE\n"},
};

}  // namespace

const Rule& base_image_untrusted_registry() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
