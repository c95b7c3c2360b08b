#include <algorithm>
#include <map>
#include <string>

#include "check/rule.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "base-image-not-recorded",
    .title = "The image does not say what it was built on",
    .severity = Severity::kInfo,
    .control = Control::kBaseImageUpdates,
    .why =
        "Whoever has only the image cannot tell which base it stands on, and so not whether that "
        "base has been fixed since.",
    .fix_note =
        "Label it when building: --label org.opencontainers.image.base.name=NAME and "
        "org.opencontainers.image.base.digest=DIGEST, or let BuildKit attach provenance.",
    .sources =
        "https://github.com/opencontainers/image-spec/blob/main/annotations.md "
        "https://docs.docker.com/build/metadata/attestations/slsa-provenance/",
};

constexpr std::string_view kLabels[] = {"org.opencontainers.image.base.digest",
                                        "org.opencontainers.image.base.name"};

bool is_said(const image::Inventory& image, std::string_view label) {
  const auto has = [label](const std::map<std::string, std::string>& notes) {
    const auto found = notes.find(std::string(label));
    return found != notes.end() && !found->second.empty();
  };
  return has(image.config.labels) || has(image.image.annotations);
}

/// Somebody put layers on top of others with a Dockerfile: what is one layer, or was put together
/// by another tool, has no base.
bool has_base(const image::Inventory& image) {
  const auto& layers = image.image.layers;
  return !layers.empty() &&
         std::any_of(layers.begin() + 1, layers.end(), [](const image::Layer& layer) {
           const std::string instruction = image::dockerfile_instruction(layer.instruction);
           return instruction.starts_with("RUN ") || instruction.starts_with("COPY ");
         });
}

void check(const image::Inventory& image, Sink& sink) {
  if (!has_base(image)) return;
  for (const std::string_view label : kLabels) {
    if (is_said(image, label)) return;
  }
  sink.report(Place{}, "neither a label nor an annotation names the base image");
}

constexpr Example kExamples[] = {
    {.name = "built on something",
     .before = "«config» {}\nlayer ADD rootfs.tar /\nlayer RUN apt-get update\n"},
    {.name = "a label",
     .before = "config {\"Labels\": {\"org.opencontainers.image.base.name\": \"debian:12\"}}\n"
               "layer ADD rootfs.tar /\nlayer RUN apt-get update\n"},
    {.name = "one layer", .before = "config {}\nlayer COPY app /\n"},
    {.name = "made by another tool",
     .before = "config {}\nlayer bazel build :a\nlayer bazel build :b\n"},
};

}  // namespace

const Rule& base_image_not_recorded() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
