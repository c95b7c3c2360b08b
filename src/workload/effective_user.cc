#include "workload/effective_user.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/path.h"
#include "parse/dockerfile_scope.h"
#include "parse/image_reference.h"
#include "workload/image_facts.h"

namespace plimsoll {
namespace {

using dockerfile::Dockerfile;
using dockerfile::Instruction;
using dockerfile::Keyword;
using dockerfile::Stage;

/// Programs that start another one as a lesser user.
constexpr std::array<std::string_view, 8> kPrivilegeDroppers{
    "gosu", "su-exec", "setpriv", "runuser", "chpst", "s6-setuidgid", "setuidgid", "suexec"};

bool drops_privileges(std::string_view word) {
  const std::string_view name = path::name(word);
  return std::find(kPrivilegeDroppers.begin(), kPrivilegeDroppers.end(), name) !=
         kPrivilegeDroppers.end();
}

const Instruction* last_of(const Dockerfile& file, const Stage& stage, Keyword keyword) {
  const Instruction* last = nullptr;
  for (const Instruction& instruction : file.of(stage)) {
    if (instruction.keyword == keyword) last = &instruction;
  }
  return last;
}

const Instruction* last_in_lineage(const Dockerfile& file, const Stage& stage, Keyword keyword) {
  for (const Stage* each : file.lineage(stage)) {
    if (const Instruction* found = last_of(file, *each, keyword)) return found;
  }
  return nullptr;
}

bool starts_with_dropper(const Instruction& instruction) {
  for (const shell::Command& command : instruction.script.commands) {
    for (const shell::Word& word : command.words) {
      if (drops_privileges(word.value)) return true;
    }
  }
  return false;
}

/// An image that brings gosu and starts through a script of its own is built to drop root there.
bool installs_dropper(const Dockerfile& file, const Stage& stage) {
  for (const Stage* each : file.lineage(stage)) {
    for (const Instruction& instruction : file.of(*each)) {
      if (instruction.keyword != Keyword::kRun && instruction.keyword != Keyword::kCopy &&
          instruction.keyword != Keyword::kAdd && instruction.keyword != Keyword::kEnv) {
        continue;
      }
      const std::string_view text = instruction.args.text;
      if (ascii::contains(text, "gosu") || ascii::contains(text, "su-exec") ||
          ascii::icontains(text, "s6-overlay") || ascii::icontains(text, "s6_overlay")) {
        return true;
      }
    }
  }
  return false;
}

std::string stage_name(const Stage& stage) {
  return stage.name.empty() ? std::string("the final stage")
                            : "stage '" + std::string(stage.name) + "'";
}

std::string known_user(const ImageReference& reference, const ImageFacts& facts) {
  if (!facts.user.empty()) return std::string(facts.user);
  return std::string(default_user(reference));
}

EffectiveUser user_of_image(const std::string& image, bool own_entrypoint) {
  EffectiveUser result;
  const auto reference = parse_image_reference(image);
  const ImageFacts* facts = reference ? find_image_facts(*reference) : nullptr;
  const std::string user = facts == nullptr ? std::string() : known_user(*reference, *facts);
  if (user.empty()) {
    result.facts.push_back({"base", "nothing is known of " + image});
    return result;
  }
  result.user = user;
  if (!is_root_user(user)) {
    result.runs_as = RunsAs::kNonRoot;
    result.facts.push_back({"base", image + " runs as " + user});
  } else if (facts->drops_root == DropsRoot::kEntrypoint && !own_entrypoint) {
    result.runs_as = RunsAs::kDropsRoot;
    result.facts.push_back({"base", image + " starts as root and drops it in its entrypoint"});
  } else {
    result.runs_as = RunsAs::kRoot;
    result.facts.push_back({"base", image + " runs as root"});
  }
  return result;
}

EffectiveUser user_of_base(const Dockerfile& file, const Stage& stage) {
  EffectiveUser result;
  const Stage& outermost = *file.lineage(stage).back();
  if (outermost.image_expanded == "scratch") {
    result.runs_as = RunsAs::kRoot;
    result.user = "root";
    result.facts.push_back({"base", "scratch runs as root"});
    return result;
  }
  if (!outermost.image_known || outermost.parent) {
    result.facts.push_back(
        {"base", "the base image is not known: " + std::string(outermost.image)});
    return result;
  }
  const bool own_entrypoint = last_in_lineage(file, stage, Keyword::kEntrypoint) != nullptr;
  return user_of_image(outermost.image_expanded, own_entrypoint);
}

/// Root at the start may still be given up on the way.
void consider_dropping(const Dockerfile& file, const Stage& stage, EffectiveUser& result) {
  if (result.runs_as == RunsAs::kNonRoot) return;
  const Instruction* entrypoint = last_in_lineage(file, stage, Keyword::kEntrypoint);
  const Instruction* command = last_in_lineage(file, stage, Keyword::kCmd);
  const bool direct = (entrypoint != nullptr && starts_with_dropper(*entrypoint)) ||
                      (command != nullptr && starts_with_dropper(*command));
  const bool by_script = entrypoint != nullptr && installs_dropper(file, stage);
  if (!direct && !by_script) return;
  result.runs_as = RunsAs::kDropsRoot;
  result.facts.push_back({"entrypoint", direct
                                            ? "drops root by itself"
                                            : "is a script and the image ships gosu or su-exec"});
}

}  // namespace

bool is_root_user(std::string_view user) {
  const std::string_view name = user.substr(0, user.find(':'));
  if (ascii::iequals(name, "root")) return true;
  return !name.empty() && name.find_first_not_of('0') == std::string_view::npos;
}

std::string EffectiveUser::explain() const {
  std::string text;
  for (const Fact& fact : facts) {
    if (!text.empty()) text += "; ";
    text += fact.value;
  }
  return text;
}

EffectiveUser effective_user(const Dockerfile& file, const Stage& stage) {
  EffectiveUser result;
  const Instruction* user = last_in_lineage(file, stage, Keyword::kUser);
  if (user == nullptr) {
    result = user_of_base(file, stage);
    result.facts.insert(result.facts.begin(), Fact{"user", "no USER in " + stage_name(stage)});
    consider_dropping(file, stage, result);
    return result;
  }
  result.place = {file.source,
                  user->args.source(Span{0, static_cast<std::uint32_t>(user->args.text.size())})};
  const dockerfile::Expansion value = dockerfile::Scope(file, *user).expand(user->args.text);
  const std::string_view name = ascii::trim(value.text);
  if (!value.known || name.empty()) {
    result.facts.push_back(
        {"user", "USER " + std::string(user->args.text) + " depends on a variable"});
    return result;
  }
  result.user = name;
  result.facts.push_back(
      {"user", "USER " + std::string(name) + " in " + stage_name(file.stages[user->stage])});
  result.runs_as = is_root_user(name) ? RunsAs::kRoot : RunsAs::kNonRoot;
  consider_dropping(file, stage, result);
  return result;
}

EffectiveUser effective_user(const Workload& workload) {
  EffectiveUser result;
  result.place = workload.user.place;
  const std::string where =
      workload.file == nullptr ? std::string("the workload") : std::string(workload.file->path());
  if (!workload.user.is_known()) {
    result.facts.push_back({"user", where + " takes the user from a variable"});
    return result;
  }
  if (workload.user.is_set() && !workload.user.value.empty()) {
    result.user = workload.user.value;
    result.runs_as = is_root_user(result.user) ? RunsAs::kRoot : RunsAs::kNonRoot;
    result.facts.push_back({"user", where + " sets user " + result.user});
    return result;
  }
  // `docker inspect` shows the image's setting merged in: empty there is root.
  if (workload.form == Form::kInspect) {
    result.runs_as = RunsAs::kRoot;
    result.user = "root";
    result.facts.push_back({"user", "neither the container nor its image sets a user"});
  } else if (workload.dockerfile != nullptr && workload.stage != nullptr) {
    result = effective_user(*workload.dockerfile, *workload.stage);
    result.place = {};
    result.facts.push_back({"workload", where + " sets no user"});
  } else {
    if (workload.image.is_known() && !workload.image.value.empty() && !workload.build) {
      result = user_of_image(workload.image.value, !workload.entrypoint.empty());
    } else {
      result.facts.push_back({"image", "the image is not known here"});
    }
    result.facts.push_back({"workload", where + " sets no user"});
  }
  // The kubelet refuses to start a container that would be root.
  if (workload.run_as_non_root.value == true) {
    result.runs_as = RunsAs::kNonRoot;
    result.facts.push_back({"runAsNonRoot", "true"});
  }
  return result;
}

}  // namespace plimsoll
