#include "check/rule.h"
#include "core/path.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-left-behind",
    .title = "The container stays when it has ended",
    .severity = Severity::kInfo,
    .control = Control::kResourceLimits,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Each run leaves a stopped container with its files and log, which fill the disk and keep "
        "what was secret.",
    .fix_note = "Unsafe: add --rm; then its log and files are gone with it.",
    .sources = "https://docs.docker.com/reference/cli/docker/container/run/#rm",
    .forms = kFormRun,
};

bool restarts(const Workload& workload) {
  return workload.restart.is_set() && workload.restart.value != "no";
}

/// Runs in the foreground and has no name by which somebody could want it later.
void check(const Workload& workload, Sink& sink) {
  if (!workload.removed.is_known() || workload.removed.value || !workload.detached.is_known())
    return;
  if (workload.detached.value || !workload.name.empty() || restarts(workload)) return;
  // What a `create` makes is started, copied from or removed by its id.
  const SourceFile* const file = workload.place.file;
  if (file == nullptr || !file->slice(workload.place.span).ends_with("run")) return;
  // Documentation shows what matters to it.
  if (ascii::iequals(path::extension(file->path()), ".md")) return;
  sink.report(workload.place, "neither --rm nor a name");
}

constexpr Example kExamples[] = {
    {.name = "a tool",
     .file = "run.sh",
     .before = "«docker run» -v \"$PWD:/src\" golang:1.25 go test ./...\n"},
    {.name = "removed", .file = "run.sh", .before = "docker run --rm golang:1.25 go test ./...\n"},
    {.name = "a server",
     .file = "run.sh",
     .before = "docker run -d -p 127.0.0.1:80:80 nginx:1.27\n"},
    {.name = "it has a name",
     .file = "run.sh",
     .before = "docker run --name build golang:1.25 make\n"
               "docker cp build:/out .\n"},
    {.name = "documentation",
     .file = "README.md",
     .before = "```sh\n"
               "docker run golang:1.25 make\n"
               "```\n"},
    {.name = "some options are not known",
     .file = "run.sh",
     .before = "docker run $OPTIONS golang:1.25 make\n"},
};

}  // namespace

const Rule& container_left_behind() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
