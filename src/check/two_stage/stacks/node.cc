#include <algorithm>

#include "check/package_manager.h"
#include "check/two_stage/stack.h"
#include "core/path.h"
#include "parse/dockerfile_edit.h"
#include "workload/newer_release.h"

namespace plimsoll::check::two_stage::stacks {
namespace {

using dockerfile::Instruction;

constexpr WordList kPrograms = "npm npx yarn pnpm corepack node nodejs tsc";
/// Packages whose programs build; nothing of them is needed to run.
constexpr WordList kGlobalTools =
    "npm pnpm yarn corepack typescript node-gyp @angular/cli @nestjs/cli @vue/cli turbo nx lerna "
    "gulp gulp-cli grunt-cli webpack webpack-cli vite esbuild rimraf node-pre-gyp ts-node";

bool builds(const SingleStage&, const shell::Command& command) {
  return has_word(kPrograms, command.name());
}

bool installs_node(const SingleStage& stage) {
  bool found = false;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    PackageCommand read = read_package_command(command);
    if (!read || read.tool() != PackageTool::kApt || !read.installs()) return;
    while (const shell::Word* word = read.operands.next()) {
      if (word->value == "nodejs") found = true;
    }
  });
  return found;
}

bool calls_program(const SingleStage& stage) {
  bool found = false;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    found = found || builds(stage, command);
  });
  return found;
}

bool applies(const SingleStage& stage) {
  if (stage.image == "node") return true;
  return (stage.image == "ubuntu" || stage.image == "debian") && installs_node(stage) &&
         calls_program(stage);
}

/// "18" of https://deb.nodesource.com/setup_18.x; "" when there is none, "lts" or "current".
std::string release_of_script(const SingleStage& stage) {
  constexpr std::string_view kScript = "deb.nodesource.com/setup_";
  std::string release;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    for (const shell::Word& word : command) {
      const std::size_t at = word.value.find(kScript);
      if (at == std::string_view::npos) continue;
      std::string_view rest = word.value.substr(at + kScript.size());
      rest = rest.substr(0, rest.find('.'));
      if (ascii::is_number(rest)) release = std::string(rest);
    }
  });
  return release;
}

/// `npm install` without names, `npm ci`.
bool is_install(const shell::Command& command) {
  if (command.name() != "npm") return false;
  const std::string_view verb = command.subcommand();
  if (verb != "install" && verb != "i" && verb != "ci") return false;
  return std::count_if(command.begin(), command.end(),
                       [](const shell::Word& word) { return !word.value.starts_with('-'); }) == 1;
}

bool is_global(const shell::Command& command) {
  const std::string_view name = command.name();
  if (name == "yarn") return command.subcommand() == "global";
  return (name == "npm" || name == "pnpm") &&
         (command.has_flag("-g") || command.has_flag("--global"));
}

bool is_development(std::string_view script) {
  return script == "dev" || script == "develop" || script == "watch" || script == "test" ||
         script.ends_with(":dev") || script.ends_with(":watch") || script.starts_with("dev:") ||
         script == "serve" || script == "start-dev";
}

/// Images of Node.js brought Yarn until release 26.
bool has_yarn(const SingleStage& stage) {
  const std::string_view tag = stage.tag();
  return stage.image == "node" && tag.size() > 1 && ascii::is_digit(tag[0]) &&
         (tag[0] <= '2' && !(tag[0] == '2' && ascii::is_digit(tag[1]) && tag[1] > '4'));
}

/// Why what it starts does not work from the small image; "" when it does.
/// @param by_node  only files are run, so that no script may need a development tool
std::string check_start(const SingleStage& stage, bool& by_node) {
  by_node = true;
  for (const Words& start : stage.starts) {
    const std::string_view program = path::name(start.front());
    if (program == "node" || program == "nodejs") continue;
    by_node = false;
    if (program != "npm" && program != "npx" && !(program == "yarn" && has_yarn(stage))) {
      return "whether the small image has '" + std::string(program) + "' is not known";
    }
    for (const std::string_view word : start) {
      if (is_development(word)) return "it runs for development";
    }
  }
  return {};
}

struct Commands {
  std::vector<std::pair<const Instruction*, const shell::Command*>> installs;
  const Instruction* last = nullptr;
  bool has_build_step = false;
  bool only_npm = true;
  std::string reason;
};

Commands read_commands(const SingleStage& stage) {
  Commands read;
  for_each_command(stage, [&](const Instruction& run, const shell::Command& command) {
    if (!builds(stage, command)) return;
    read.last = &run;
    const std::string_view name = command.name();
    if (is_global(command)) {
      for (const shell::Word& word : command) {
        const std::string_view text = word.value;
        if (text.starts_with('-') || text == "install" || text == "i" || text == "add" ||
            text == "global") {
          continue;
        }
        const std::size_t version = text.find('@', 1);
        if (!has_word(kGlobalTools, text.substr(0, version))) {
          read.reason = "whether '" + std::string(text) + "' is needed at run time is not known";
        }
      }
      return;
    }
    if (is_install(command)) {
      read.installs.emplace_back(&run, &command);
    } else if (name == "npm" &&
               (command.subcommand() == "cache" || command.subcommand() == "config" ||
                command.subcommand() == "set" || command.subcommand() == "prune")) {
      if (command.subcommand() == "prune") read.only_npm = false;
    } else if (command.subcommand() != "--version" && !command.has_flag("-v") &&
               !command.has_flag("--version")) {
      read.has_build_step = true;
    }
    if (name != "npm" && name != "node") read.only_npm = false;
  });
  return read;
}

bool leaves_out_development(const shell::Command& command) {
  return std::any_of(command.begin(), command.end(), [](const shell::Word& word) {
    return word.value.starts_with("--omit") || word.value.starts_with("--production") ||
           word.value.starts_with("--only") || word.value.starts_with("--include");
  });
}

const shell::Word& verb_of(const shell::Command& command) {
  return *std::find_if(command.begin(), command.end(),
                       [](const shell::Word& word) { return !word.value.starts_with('-'); });
}

/// Exactly what the lock file names is installed, and nothing of development unless that builds.
void settle_installs(const SingleStage& stage, const Commands& commands, bool leave_out,
                     Plan& plan) {
  const bool locked =
      copies_file(stage, "package-lock.json") || copies_file(stage, "npm-shrinkwrap.json");
  for (const auto& [run, command] : commands.installs) {
    const shell::Word& verb = verb_of(*command);
    if (!dockerfile::is_editable(stage.view.file, *run, *command, verb)) continue;
    std::string written(locked ? std::string_view("ci") : verb.value);
    if (leave_out && !leaves_out_development(*command)) written += " --omit=dev";
    if (written != verb.value) plan.edits.push_back({run->source(verb.span), std::move(written)});
  }
}

/// Dependencies of development stay out of what ships.
void leave_out_development(const SingleStage& stage, const Commands& commands, bool by_node,
                           Plan& plan) {
  const bool leave_out = by_node && setting(stage, "NODE_ENV") != "production";
  settle_installs(stage, commands, leave_out && !commands.has_build_step, plan);
  if (!leave_out || !commands.has_build_step || !commands.only_npm || commands.installs.empty() ||
      leaves_out_development(*commands.installs.back().second)) {
    return;
  }
  auto edits = dockerfile::append_command(stage.view.file, *commands.last, "npm prune --omit=dev");
  if (edits) plan.edits.insert(plan.edits.end(), edits->begin(), edits->end());
}

bool is_manifest(std::string_view name) {
  return (name.starts_with("package") && name.ends_with(".json")) || name == ".npmrc" ||
         name == "npm-shrinkwrap.json";
}

PlanOrReason plan_images(const SingleStage& stage) {
  Plan plan;
  if (stage.image == "node") {
    std::string reason;
    plan.image = slim_base(stage, reason);
    if (plan.image.empty()) return Reason(reason);
    return plan;
  }
  std::string release = release_of_script(stage);
  if (release.empty()) {
    const auto reference = parse_image_reference("node");
    const auto current = reference ? current_tag(*reference, stage.options.today) : std::nullopt;
    if (!current) return Reason("which release of Node.js to take is not certain offline");
    release = *current;
    plan.advice = "check that it works with Node.js " + release;
  }
  plan.build_image = "node:" + release;
  plan.image = plan.build_image + "-slim";
  return plan;
}

PlanOrReason plan(const SingleStage& stage) {
  if (stage.root.empty()) return Reason("which folder holds the application is not certain");
  bool by_node = false;
  if (std::string reason = check_start(stage, by_node); !reason.empty()) return Reason(reason);
  const Commands commands = read_commands(stage);
  if (!commands.reason.empty()) return Reason(commands.reason);
  if (commands.last == nullptr) return Reason("no RUN builds the application");
  PlanOrReason plan = plan_images(stage);
  if (!plan) return plan;
  const bool whole = commands.has_build_step || !commands.only_npm ||
                     copied_later(stage, *commands.last, is_manifest) != CopiedLater::kWholly;
  const std::string result = whole ? stage.root : stage.workdir + "/node_modules";
  plan->results = {{result, result}};
  plan->reads_environment = commands.has_build_step;
  leave_out_development(stage, commands, by_node, *plan);
  return plan;
}

}  // namespace

const Stack& node() {
  static constexpr Stack kStack{applies, builds, plan, "nodejs npm yarn python3 python node"};
  return kStack;
}

}  // namespace plimsoll::check::two_stage::stacks
