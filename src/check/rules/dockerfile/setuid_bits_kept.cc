#include "check/rule.h"
#include "workload/image_facts.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "setuid-bits-kept",
    .title = "The base's setuid programs are kept",
    .severity = Severity::kInfo,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:4.8",
    .why =
        "su, mount and passwd come setuid with the base. A non-root service needs none of them, "
        "and they are a way back to root when no-new-privileges is not set.",
    .fix_note =
        "RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} + before USER, or take a base "
        "without such programs.",
    .sources =
        "https://docs.docker.com/engine/security/ "
        "https://www.cisecurity.org/benchmark/docker",
};

bool has_setuid_programs(const StageBase& base) {
  if (!base.reference) return false;
  switch (family_of(*base.reference)) {
    case ImageFamily::kDebian:
    case ImageFamily::kUbuntu:
    case ImageFamily::kRedhat: return true;
    default: return false;
  }
}

bool strips(std::string_view run) {
  for (std::size_t at = run.find("-s"); at != std::string_view::npos; at = run.find("-s", at + 1)) {
    const std::string_view before = run.substr(0, at);
    if (before.ends_with('a') || before.ends_with('u') || before.ends_with("ug") ||
        before.ends_with("chmod ")) {
      return true;
    }
  }
  return false;
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.target == nullptr) return;
  const StageBase* base = view.base(*view.target);
  if (base == nullptr || !has_setuid_programs(*base)) return;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kRun && strips(instruction.args.text)) return;
    }
  }
  // Root needs no setuid program to be root.
  if (view.user.runs_as != RunsAs::kNonRoot) return;
  sink.report(view.target->image_span,
              "the setuid programs of '" + base->reference->familiar_name() + "' are kept");
}

constexpr Example kExamples[] = {
    {.name = "a non-root image on Debian", .before = "FROM «debian:12»\nUSER 1000\n"},
    {.name = "they are stripped",
     .before = "FROM debian:12\n"
               "RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} + || true\nUSER 1000\n"},
    {.name = "a base without any", .before = "FROM gcr.io/distroless/static-debian12:nonroot\n"},
    {.name = "an image that is root", .before = "FROM debian:12\nRUN id\n"},
};

}  // namespace

const Rule& setuid_bits_kept() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
