#include "project/ci_tools.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"

namespace plimsoll::ci {
namespace {

/// Actions that build an image, with the input that makes them push it ("" = they always do).
struct BuildAction {
  std::string_view name;
  std::string_view push_input;
};
constexpr std::array<BuildAction, 12> kBuildActions = {{
    {"docker/build-push-action", "push"},
    {"docker/bake-action", "push"},
    {"depot/build-push-action", "push"},
    {"depot/bake-action", "push"},
    {"useblacksmith/build-push-action", "push"},
    {"redhat-actions/buildah-build", "none"},
    {"redhat-actions/push-to-registry", ""},
    {"elgohr/publish-docker-github-action", ""},
    {"mr-smithers-excellent/docker-build-push", ""},
    {"whoan/docker-build-with-cache-action", ""},
    {"aevea/action-kaniko", ""},
    {"macbre/push-to-ghcr", ""},
}};

constexpr std::array<std::string_view, 4> kEngines = {"docker", "podman", "nerdctl", "buildah"};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

/// `second` somewhere behind `first`, without knowing which options take a value.
bool has_words(const shell::Command& command, std::string_view first, std::string_view second) {
  const shell::Word* at = command.begin();
  while (at != command.end() && at->value != first) ++at;
  if (at == command.end()) return false;
  return second.empty() || std::any_of(at + 1, command.end(), [second](const shell::Word& word) {
           return word.value == second;
         });
}

/// `push: true`, or an expression: then it pushes at least sometimes.
bool asks_to_push(const Step& step, std::string_view name) {
  if (name.empty()) return true;
  const std::string_view push = ascii::trim(input(step, name));
  if (ascii::iequals(push, "true") || push.starts_with("${{")) return true;
  for (const std::string_view outputs : {input(step, "outputs"), input(step, "set")}) {
    for (const std::string_view pushing : {"push=true", "push=${{", "type=registry"}) {
      if (ascii::contains(outputs, pushing)) return true;
    }
  }
  return false;
}

std::optional<ImageWork> action_work(const Step& step) {
  const std::string name = ascii::lower(action_name(step));
  for (const BuildAction& action : kBuildActions) {
    if (name != action.name) continue;
    const bool pushes = asks_to_push(step, action.push_input);
    return ImageWork{pushes ? ImageWork::Kind::kPush : ImageWork::Kind::kBuild, step.uses_place};
  }
  return std::nullopt;
}

}  // namespace

std::string_view action_name(const Step& step) {
  return step.uses.substr(0, step.uses.find('@'));
}

std::string_view input(const Step& step, std::string_view name) {
  const Node* const value = step.with == nullptr ? nullptr : step.with->find(name);
  return value == nullptr ? std::string_view{} : value->str();
}

bool calls_workflow(const Step& step) {
  return ascii::contains(step.uses, ".github/workflows/");
}

const shell::Word* option_word(const shell::Command& command, std::string_view longer,
                               std::string_view shorter) {
  for (const shell::Word* word = command.begin(); word != command.end(); ++word) {
    const std::string_view value = word->value;
    if (value == longer || (!shorter.empty() && value == shorter)) {
      return word + 1 != command.end() ? word + 1 : nullptr;
    }
    if (value.starts_with(longer) && value.size() > longer.size() && value[longer.size()] == '=') {
      return word;
    }
  }
  return nullptr;
}

std::string_view option(const shell::Command& command, std::string_view longer,
                        std::string_view shorter) {
  const shell::Word* const word = option_word(command, longer, shorter);
  if (word == nullptr) return {};
  std::string_view value = word->value;
  if (value.starts_with(longer) && value.size() > longer.size() && value[longer.size()] == '=') {
    value.remove_prefix(longer.size() + 1);
  }
  return value;
}

bool is_engine(std::string_view program) {
  return is_one_of(program, kEngines);
}

bool is_build(const shell::Command& command) {
  const std::string_view program = command.name();
  if (is_engine(program)) {
    const std::string_view subcommand = command.subcommand();
    if (subcommand == "build" || subcommand == "bud") return true;
    const bool nests = subcommand == "image" || subcommand == "buildx" || subcommand == "builder" ||
                       subcommand == "compose";
    return nests &&
           (has_words(command, subcommand, "build") || has_words(command, subcommand, "bake"));
  }
  if (program == "docker-compose" || program == "podman-compose" || program == "depot") {
    return has_words(command, "build", {}) || has_words(command, "bake", {});
  }
  if (program == "executor") return option_word(command, "--destination", "-d") != nullptr;
  if (program == "ko") return command.subcommand() == "build" || command.subcommand() == "publish";
  if (program == "pack") return command.subcommand() == "build";
  return program == "buildctl" && has_words(command, "build", {});
}

bool is_push(const shell::Command& command) {
  const std::string_view program = command.name();
  if (is_build(command)) {
    return command.has_flag("--push") || command.has_flag("--publish") || program == "executor" ||
           program == "ko" || ascii::contains(option(command, "--output", "-o"), "push=true") ||
           ascii::contains(option(command, "--output", "-o"), "type=registry");
  }
  if (is_engine(program)) {
    const std::string_view subcommand = command.subcommand();
    return subcommand == "push" || (subcommand == "image" && has_words(command, "image", "push")) ||
           (subcommand == "compose" && has_words(command, "compose", "push"));
  }
  if (program == "docker-compose") return command.subcommand() == "push";
  return program == "crane" && command.subcommand() == "push";
}

std::optional<ImageWork> image_work(const Step& step) {
  if (!step.uses.empty()) return action_work(step);
  if (!step.script.understood) return std::nullopt;
  std::optional<ImageWork> work;
  for (const shell::Command& command : step.script.commands) {
    if (is_push(command)) return ImageWork{ImageWork::Kind::kPush, step.source(command.span)};
    if (!work && is_build(command)) {
      work = ImageWork{ImageWork::Kind::kBuild, step.source(command.span)};
    }
  }
  return work;
}

}  // namespace plimsoll::ci
