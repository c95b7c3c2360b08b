#include "check/rule.h"
#include "check/stage_reference.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "copy-from-unknown-stage",
    .title = "Files are copied from a stage that is not there",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .aliases = "hadolint:DL3022",
    .why =
        "Docker takes an unknown stage for the name of an image on Docker Hub. Mostly the build "
        "fails; at worst it copies the files of a stranger.",
    .fix_note = "Name a stage that comes earlier, or write the image with its registry or tag.",
    .sources =
        "https://docs.docker.com/reference/dockerfile/#copy---from "
        "https://github.com/hadolint/hadolint/wiki/DL3022",
};

/// Written as only images are, or a well-known image.
bool is_image(std::string_view name) {
  if (name.find_first_of("/:@") != std::string_view::npos) return true;
  const auto reference = parse_image_reference(name);
  return reference && find_image_facts(*reference) != nullptr;
}

void check(const DockerfileView& view, Sink& sink) {
  for_each_stage_reference(
      view, [&](const dockerfile::Instruction& instruction, std::string_view name, Span span) {
        if (name.find('$') != std::string_view::npos) return;
        if (earlier_stage(view, instruction, name) != nullptr) return;
        const dockerfile::Stage* stage = view.file.find_stage(name);
        // Of its own stage another rule speaks.
        if (stage != nullptr && stage->index == instruction.stage) return;
        if (stage != nullptr) {
          sink.report(span, "stage " + dockerfile::quoted(name) + " comes later in the file");
        } else if (ascii::is_number(name)) {
          sink.report(span, "there is no stage " + dockerfile::quoted(name));
        } else if (!is_image(name)) {
          sink.report(span, "no stage is called " + dockerfile::quoted(name) +
                                ", so it means an image of that name");
        }
      });
}

constexpr Example kExamples[] = {
    {.name = "no such stage", .before = "FROM scratch\nCOPY --from=«build» /a /a\n"},
    {.name = "a later stage",
     .before = "FROM scratch\nCOPY --from=«build» /a /a\nFROM golang:1.25 AS build\n"},
    {.name = "no such number", .before = "FROM scratch\nCOPY --from=«1» /a /a\n"},
    {.name = "in a mount",
     .before = "FROM alpine:3.20\nRUN --mount=«type=bind,from=build,target=/b» id\n"},
    {.name = "an earlier stage",
     .before =
         "FROM golang:1.25 AS Build\nFROM scratch\nCOPY --from=build /a /a\nCOPY --from=0 /b /b\n"},
    {.name = "an image",
     .before =
         "FROM scratch\nCOPY --from=haskell:9 /a /a\nCOPY --from=ghcr.io/astral-sh/uv /uv /uv\n"},
    {.name = "a well-known image without tag",
     .before = "FROM php:8\nCOPY --from=composer /usr/bin/composer /usr/bin/\n"},
    {.name = "a variable", .before = "ARG FROM=a\nFROM scratch\nCOPY --from=$FROM /a /a\n"},
    {.name = "itself", .before = "FROM golang:1.25 AS build\nCOPY --from=build /a /a\n"},
};

}  // namespace

const Rule& copy_from_unknown_stage() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
