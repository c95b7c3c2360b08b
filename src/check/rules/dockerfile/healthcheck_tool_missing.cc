#include <optional>

#include "check/download.h"
#include "check/healthcheck.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "healthcheck-tool-missing",
    .title = "The health check calls a program that the image lacks",
    .severity = Severity::kMedium,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kNone,
    .why =
        "The check fails every time, so the container is unhealthy from the start: it is replaced "
        "for ever, or the check is switched off.",
    .fix_note =
        "Let the application check itself, copy a small checker into the image, or use what the "
        "base has: Alpine and BusyBox have wget.",
    .sources = "https://docs.docker.com/reference/dockerfile/#healthcheck",
};

enum class Has : std::uint8_t { kNo, kYes, kUnknown };

bool is_slim(const ImageReference& reference) {
  return ascii::contains(reference.effective_tag(), "slim");
}

/// curl or wget in the base image. Debian and Ubuntu have neither, the language images built on
/// them have both unless they are -slim; BusyBox, and so Alpine, brings a wget.
Has base_has(const StageBase& base, std::string_view program) {
  if (base.scratch) return Has::kNo;
  if (!base.reference || base.facts == nullptr) return Has::kUnknown;
  const ImageFacts& facts = *base.facts;
  if (facts.kind == ImageKind::kServer || facts.kind == ImageKind::kTool) return Has::kUnknown;
  const bool bare = facts.kind == ImageKind::kOs || facts.kind == ImageKind::kMinimal;
  switch (family_of(*base.reference)) {
    case ImageFamily::kScratch: return Has::kNo;
    case ImageFamily::kDistroless:
      return has_shell(*base.reference) == false ? Has::kNo : Has::kUnknown;
    case ImageFamily::kAlpine:
      if (!base.reference->is_official()) return Has::kUnknown;
      if (program == "wget") return Has::kYes;
      return bare || facts.kind == ImageKind::kLanguage ? Has::kNo : Has::kUnknown;
    case ImageFamily::kBusybox: return program == "wget" ? Has::kYes : Has::kNo;
    case ImageFamily::kDebian:
    case ImageFamily::kUbuntu: {
      if (!base.reference->is_official()) return Has::kUnknown;
      const bool os = base.reference->familiar_name() == "debian" ||
                      base.reference->familiar_name() == "ubuntu";
      const bool language = base.reference->familiar_name() == "node" ||
                            base.reference->familiar_name() == "python" ||
                            base.reference->familiar_name() == "ruby";
      return os || (language && is_slim(*base.reference)) ? Has::kNo : Has::kUnknown;
    }
    default: return Has::kUnknown;
  }
}

/// Something in the stages may have brought the program: a package, a copied file or tree, a script
/// that we cannot follow.
bool may_be_brought(const DockerfileView& view, std::string_view program) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kRun) {
        if (!instruction.script.understood) return true;
        if (ascii::contains(instruction.script_text.text, program)) return true;
        // Packages that are named by a variable, a list in a file, a script of the project.
        for (const shell::Command& command : instruction.script.commands) {
          const std::string_view name = command.name();
          if (name.ends_with(".sh") || name == "sh" || name == "bash" || name == "xargs")
            return true;
          for (const shell::Word& word : command) {
            if (word.expands && !word.quoted) return true;
          }
        }
      } else if (instruction.keyword == dockerfile::Keyword::kCopy ||
                 instruction.keyword == dockerfile::Keyword::kAdd) {
        if (ascii::contains(instruction.args.text, program)) return true;
        if (instruction.words.empty()) continue;
        const std::string_view target = instruction.words.back().value;
        if (target == "/" || ascii::contains(target, "bin") || target == "/usr/" ||
            target == "/usr" || target == "/usr/local" || target == "/usr/local/") {
          return true;
        }
      }
    }
  }
  return false;
}

void check(const DockerfileView& view, Sink& sink) {
  const dockerfile::Instruction* healthcheck = healthcheck_in_force(view);
  if (healthcheck == nullptr || healthcheck->inner == nullptr || view.target == nullptr) return;
  const dockerfile::Instruction& test = *healthcheck->inner;
  const StageBase* base = view.base(*view.target);
  if (base == nullptr || !base->known || !test.script.understood) return;
  for (const shell::Command& command : test.script.commands) {
    const std::string_view program = command.name();
    if (!is_downloader(program)) continue;
    if (base_has(*base, program) != Has::kNo || may_be_brought(view, program)) continue;
    const std::string name =
        base->reference ? "'" + base->reference->familiar_name() + "'" : std::string("scratch");
    sink.report(
        test.source(command.words[command.program].span),
        "the health check calls '" + std::string(program) + "', which " + name + " does not have");
    return;
  }
}

constexpr Example kExamples[] = {
    {.name = "Debian has no curl",
     .before = "FROM debian:12\nCOPY app /app/\nHEALTHCHECK CMD «curl» -f http://localhost/\n"},
    {.name = "nor have slim images",
     .before = "FROM node:20-slim\nHEALTHCHECK CMD [«\"wget\"», \"-q\", \"http://localhost\"]\n"},
    {.name = "Alpine has wget only",
     .before = "FROM alpine:3.20\nHEALTHCHECK CMD «curl» -f http://localhost/ || exit 1\n"},
    {.name = "distroless has nothing",
     .before = "FROM gcr.io/distroless/static-debian12\n"
               "HEALTHCHECK CMD [«\"curl\"», \"http://localhost\"]\n"},
    {.name = "installed",
     .before = "FROM debian:12\nRUN apt-get install -y curl\nHEALTHCHECK CMD curl localhost\n"},
    {.name = "wget of Alpine", .before = "FROM alpine:3.20\nHEALTHCHECK CMD wget -qO- localhost\n"},
    {.name = "the full image has it", .before = "FROM node:20\nHEALTHCHECK CMD curl localhost\n"},
    {.name = "copied",
     .before =
         "FROM debian:12\nCOPY --from=tools /curl /usr/bin/\nHEALTHCHECK CMD curl localhost\n"},
    {.name = "an image that we do not know",
     .before = "FROM example/app:1\nHEALTHCHECK CMD curl localhost\n"},
    {.name = "installed from a list",
     .before = "FROM debian:12\nARG PACKAGES\nRUN apt-get install -y $PACKAGES\n"
               "HEALTHCHECK CMD curl localhost\n"},
};

}  // namespace

const Rule& healthcheck_tool_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
