#include "workload/run/run_line.h"

#include <algorithm>
#include <string_view>

#include "core/ascii.h"
#include "core/limits.h"
#include "core/path.h"
#include "workload/run/incomplete.h"
#include "workload/run/is_one_of.h"
#include "workload/run/options.h"
#include "workload/run/values.h"

namespace plimsoll::run {
namespace {

/// The engine a program's name or path means.
std::optional<Form> engine_of(const Argument& program) {
  std::string_view name = path::name(program.text());
  static constexpr std::string_view kExe = ".exe";
  if (name.ends_with(kExe)) name.remove_suffix(kExe.size());
  if (is_one_of(name, {"docker", "nerdctl"})) return Form::kDockerRun;
  if (is_one_of(name, {"podman", "podman-remote"})) return Form::kPodmanRun;
  return std::nullopt;
}

/// ${CONTAINER_ENGINE}, $(DOCKER): an engine by its name, when `run` follows.
std::optional<Form> engine_in_variable(const Argument& program) {
  if (program.partly_known() || program.is_list) return std::nullopt;
  const std::string& text = program.text();
  if (text.starts_with("$(") && text.find(' ') != std::string::npos) return std::nullopt;
  if (ascii::icontains(text, "compose")) return std::nullopt;
  if (ascii::icontains(text, "podman")) return Form::kPodmanRun;
  const bool names_engine = ascii::icontains(text, "docker") || ascii::icontains(text, "engine") ||
                            ascii::icontains(text, "nerdctl") ||
                            ascii::icontains(text, "container");
  return names_engine ? std::optional(Form::kDockerRun) : std::nullopt;
}

/// Words that may stand before the program once variables are replaced, and wrappers that only
/// terminals and CI have.
bool is_wrapper(const Argument& argument) {
  if (!argument.partly_known()) return true;
  return is_one_of(argument.text(), {"sudo", "doas", "env", "exec", "time", "winpty", "-E",
                                     "travis_retry", "retry"});
}

/// Global options that take the next word. Sources: the references of docker, podman, nerdctl.
bool takes_value(std::string_view option) {
  return is_one_of(option, {"-H",
                            "--host",
                            "-c",
                            "--context",
                            "--config",
                            "-l",
                            "--log-level",
                            "--tlscacert",
                            "--tlscert",
                            "--tlskey",
                            "--cgroup-manager",
                            "--conmon",
                            "--connection",
                            "--events-backend",
                            "--hooks-dir",
                            "--identity",
                            "--imagestore",
                            "--module",
                            "--namespace",
                            "-n",
                            "--network-cmd-path",
                            "--network-config-dir",
                            "--out",
                            "--root",
                            "--runroot",
                            "--runtime",
                            "--runtime-flag",
                            "--ssh",
                            "--storage-driver",
                            "--storage-opt",
                            "--tmpdir",
                            "--url",
                            "--volumepath",
                            "--address",
                            "-a",
                            "--snapshotter",
                            "--cni-path",
                            "--cni-netconfpath",
                            "--data-root",
                            "--hosts-dir"});
}

/// Options of `docker compose` that take the next word. Source: its reference.
bool compose_takes_value(std::string_view option) {
  return is_one_of(option, {"-f", "--file", "-p", "--project-name", "--profile", "--env-file",
                            "--project-directory", "--ansi", "--progress", "--parallel"});
}

/// Index of the first word behind the global options.
std::size_t skip_global_options(std::span<const Argument> words, std::size_t at) {
  while (at < words.size()) {
    const Argument& word = words[at];
    if (word.text().starts_with('-')) {
      at += takes_value(word.text()) ? 2U : 1U;
    } else if (!word.partly_known()) {
      ++at;  // docker $DOCKER_OPTS run
    } else {
      break;
    }
  }
  return std::min(at, words.size());
}

struct Invocation {
  Form form = Form::kDockerRun;
  std::size_t program = 0;
  std::size_t verb = 0;  ///< index of `run`, `create` or `exec`
};

/// `compose run` is told by the Compose file; `compose exec` has the options of `exec`.
/// Source: docs.docker.com, "docker compose exec".
std::optional<Invocation> compose_exec_at(std::span<const Argument> words, std::size_t program,
                                          std::size_t compose, Form form) {
  std::size_t verb = compose + 1;
  while (verb < words.size() && words[verb].text().starts_with('-')) {
    verb += compose_takes_value(words[verb].text()) ? 2U : 1U;
  }
  if (verb >= words.size() || words[verb].text() != "exec") return std::nullopt;
  return Invocation{form, program, verb};
}

std::optional<Invocation> invocation_at(std::span<const Argument> words, std::size_t program,
                                        Form form) {
  std::size_t verb = skip_global_options(words, program + 1);
  if (verb < words.size() && words[verb].text() == "compose") {
    return compose_exec_at(words, program, verb, form);
  }
  if (verb < words.size() && words[verb].text() == "container") ++verb;
  if (verb >= words.size() || !is_one_of(words[verb].text(), {"run", "create", "exec"})) {
    return std::nullopt;
  }
  return Invocation{form, program, verb};
}

std::optional<Invocation> find_invocation(std::span<const Argument> words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_one_of(path::name(words[i].text()), {"docker-compose", "podman-compose"})) {
      return compose_exec_at(words, i, i, Form::kDockerRun);
    }
    if (const auto form = engine_of(words[i])) return invocation_at(words, i, *form);
    if (const auto form = engine_in_variable(words[i])) {
      if (const auto found = invocation_at(words, i, *form)) return found;
    }
    if (!is_wrapper(words[i])) break;
  }
  return std::nullopt;
}

Place place_between(const Argument& first, const Argument& last) {
  const Place begin = first.whole_place();
  const Place end = last.whole_place();
  return {begin.file, {begin.span.begin, std::max(begin.span.end, end.span.end)}};
}

void read_operands(std::span<const Argument> operands, Draft& draft) {
  Workload& workload = draft.workload;
  if (operands.empty()) return;
  workload.image = text_value(operands.front());
  // A folder with a file system, or the {} of xargs and templates: no image that could be judged.
  const bool is_template = workload.image.value.find('{') != std::string::npos;
  if (draft.is_rootfs || is_template) workload.image.origin = Origin::kUnknown;
  const auto command = operands.subspan(1);
  if (command.empty()) return;
  for (const Argument& word : command) workload.command.push_back(word.text());
  workload.command_place = place_between(command.front(), command.back());
}

Place place_of(std::span<const Argument> command, const Invocation& invocation) {
  const Place program = command[invocation.program].place();
  return {program.file, {program.span.begin, command[invocation.verb].place().span.end}};
}

/// One that asks for nothing has the container's own rights, so there is nothing to judge.
std::optional<RunLine> read_exec_line(std::span<const Argument> arguments, Draft draft) {
  Workload& workload = draft.workload;
  workload.form = Form::kExec;
  workload.kind = "exec";
  const auto operands = arguments.subspan(apply_options(arguments, draft));
  if (operands.empty()) return std::nullopt;
  if (!workload.privileged.is_set() && !workload.user.is_set()) return std::nullopt;
  workload.name = operands.front().known() ? operands.front().text() : std::string();
  workload.one_shot = true;
  return RunLine{std::move(workload), false};
}

}  // namespace

void RunLines::add(RunLine line) {
  if (lines.size() == limits::kRunLines) {
    complete = false;
  } else {
    lines.push_back(std::move(line));
  }
}

std::optional<RunLine> read_run_line(std::span<const Argument> command) {
  const auto invocation = find_invocation(command);
  if (!invocation) return std::nullopt;
  Draft draft;
  Workload& workload = draft.workload;
  workload.form = invocation->form;
  workload.kind = workload.form == Form::kPodmanRun ? "podman run" : "docker run";
  workload.place = place_of(command, *invocation);
  workload.group_place = workload.place;
  workload.file = workload.place.file;
  const auto arguments = command.subspan(invocation->verb + 1);
  const std::string_view verb = command[invocation->verb].text();
  if (verb == "exec") return read_exec_line(arguments, std::move(draft));
  apply_defaults(workload);

  const auto operands = arguments.subspan(apply_options(arguments, draft));
  // Whatever hides among the options may name the image too.
  if (operands.empty() && !draft.incomplete) return std::nullopt;
  read_operands(operands, draft);
  if (draft.incomplete) mark_incomplete(workload, workload.place);

  const bool is_create = verb == "create";
  workload.one_shot = workload.removed.value && !workload.detached.value && !is_create;
  return RunLine{std::move(workload), is_create};
}

}  // namespace plimsoll::run
