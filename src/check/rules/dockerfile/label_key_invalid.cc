#include <algorithm>
#include <string>

#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "label-key-invalid",
    .title = "A label has a name that labels should not have",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3048",
    .why =
        "Docker keeps some names for itself, and tools that list labels stumble over characters "
        "that its rules do not allow.",
    .fix_note =
        "Use lower-case letters, digits, single dots and hyphens, starting with a letter: "
        "com.example.name.",
    .sources =
        "https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations "
        "https://github.com/hadolint/hadolint/wiki/DL3048",
};

/// What is wrong with the name, in words; "" when nothing is.
std::string_view fault(std::string_view name) {
  for (const std::string_view reserved : {"com.docker.", "io.docker.", "org.dockerproject."}) {
    if (name.starts_with(reserved)) return "is in a namespace that Docker keeps for itself";
  }
  const bool characters = std::all_of(name.begin(), name.end(), [](char c) {
    return ascii::is_lower(c) || ascii::is_digit(c) || c == '.' || c == '-';
  });
  if (!characters) return "holds other characters than lower-case letters, digits, '.' and '-'";
  if (!ascii::is_lower(name.front())) return "does not start with a letter";
  if (!ascii::is_alnum(name.back())) return "does not end with a letter or digit";
  if (ascii::contains(name, "..") || ascii::contains(name, "--")) {
    return "has two separators in a row";
  }
  return "";
}

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kLabel) return;

  for (const dockerfile::Assignment& label : instruction.assignments) {
    if (label.name.empty()) continue;
    const std::string_view problem = fault(label.name);
    if (problem.empty()) continue;
    sink.report(label.name_span,
                "label " + dockerfile::quoted(label.name) + ' ' + std::string(problem));
  }
}

constexpr Example kExamples[] = {
    {.name = "reserved",
     .before =
         "FROM alpine:3.20\nLABEL «com.docker.x»=a «io.docker.x»=a «org.dockerproject.x»=a\n"},
    {.name = "characters", .before = "FROM alpine:3.20\nLABEL «a$b»=a «A»=a «a_b»=a\n"},
    {.name = "begin and end", .before = "FROM alpine:3.20\nLABEL «.a»=a «-a»=a «1a»=a «a.»=a\n"},
    {.name = "separators", .before = "FROM alpine:3.20\nLABEL «a..b»=a «a--b»=a\n"},
    {.name = "a good name",
     .before =
         "FROM alpine:3.20\nLABEL org.opencontainers.image.ref-name=\"a\" \"com.example.x1\"=b\n"},
};

}  // namespace

const Rule& label_key_invalid() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
