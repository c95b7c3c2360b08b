#include <iterator>
#include <string>
#include <vector>

#include "check/rule.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "image-labels-missing",
    .title = "The image does not say what it is and where it comes from",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .why =
        "Whoever finds the image in a registry or on a host cannot tell which source and which "
        "commit it was built from, nor whom to ask.",
    .fix_note =
        "Add the labels when building; docker/metadata-action and docker buildx bake know most of "
        "the values.",
    .sources = "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
};

constexpr std::string_view kAlways[] = {
    "org.opencontainers.image.title",    "org.opencontainers.image.version",
    "org.opencontainers.image.revision", "org.opencontainers.image.source",
    "org.opencontainers.image.licenses",
};

/// What the organisation asks for, or else what everybody looks for.
std::vector<std::string_view> wanted_labels(const RuleOptions& options) {
  if (options.label_schema.empty()) return {std::begin(kAlways), std::end(kAlways)};
  std::vector<std::string_view> labels;
  for (const auto& [label, type] : options.label_schema) labels.push_back(label);
  return labels;
}

bool has_label(const image::Inventory& image, std::string_view label) {
  for (const auto* notes : {&image.config.labels, &image.image.annotations}) {
    const auto found = notes->find(std::string(label));
    if (found != notes->end() && !found->second.empty()) return true;
  }
  return false;
}

void check(const image::Inventory& image, Sink& sink) {
  std::string missing;
  for (const std::string_view label : wanted_labels(sink.options())) {
    if (has_label(image, label)) continue;
    if (!missing.empty()) missing += ", ";
    missing += '\'' + std::string(label) + '\'';
  }
  if (!missing.empty()) sink.report(Place{}, "the image has no label " + missing);
}

constexpr Example kExamples[] = {
    {.name = "none", .before = "«config» {}\n"},
    {.name = "an empty one",
     .before = "«config» {\"Labels\": {\"org.opencontainers.image.created\": \"\", "
               "\"org.opencontainers.image.documentation\": \"x\", "
               "\"org.opencontainers.image.licenses\": \"x\", "
               "\"org.opencontainers.image.revision\": \"x\", "
               "\"org.opencontainers.image.title\": \"x\", "
               "\"org.opencontainers.image.version\": \"x\", \"com.example.contact\": \"x\"}}\n"},
    {.name = "all of the schema",
     .before = "config {\"Labels\": {\"org.opencontainers.image.created\": \"x\", "
               "\"org.opencontainers.image.documentation\": \"x\", "
               "\"org.opencontainers.image.licenses\": \"x\", "
               "\"org.opencontainers.image.revision\": \"x\", "
               "\"org.opencontainers.image.title\": \"x\", "
               "\"org.opencontainers.image.version\": \"x\", \"com.example.contact\": \"x\"}}\n"},
};

}  // namespace

const Rule& image_labels_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
