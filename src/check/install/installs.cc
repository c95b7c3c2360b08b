#include "check/install/installs.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "check/external_image.h"
#include "check/install/install_command.h"
#include "check/install/stage_files.h"
#include "core/ascii.h"
#include "core/path.h"
#include "parse/dockerfile_scope.h"

namespace plimsoll::check::install {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;
using dockerfile::Stage;

/// What one install put into a stage.
struct Item {
  std::size_t install = 0;
  std::string path;   ///< "" where it is not known
  bool whole = true;  ///< false: files of the stage that it was put into, maybe with parts of it
};

/// A stage on its way. What it has from the stage that it is FROM is kept there.
struct StageState {
  const StageState* parent = nullptr;
  std::string folder = "/";  ///< that of WORKDIR; the base image's own is not known
  std::unordered_map<std::string_view, std::string_view> variables;  ///< of ENV and ARG
  std::vector<PlacedFile> files;
  std::vector<Item> items;
  bool is_used = false;  ///< another stage is made of it
};

/// A command installs from a file that was placed before.
struct Found {
  std::size_t file = 0;
  const Instruction* run = nullptr;
  bool with_dev = false;
  InstallReach reach = InstallReach::kNothing;
  bool is_replaced = false;  ///< by a later install of the same stage
};

class Tracing {
 public:
  Tracing(const dockerfile::Dockerfile& file, const BuildContext& context, std::size_t& steps_left)
      : file_(file), context_(context), steps_left_(steps_left), states_(file.stages.size()) {
    for (std::size_t i = 0; i < context.files.size(); ++i) {
      const std::string_view path = context.files[i];
      if (path.empty()) continue;
      if (!spend(1 + (context.ignore == nullptr ? 0 : context.ignore->patterns.size()))) return;
      if (context.ignore == nullptr || !context.ignore->ignores(path, false)) sent_.push_back(i);
    }
  }

  std::vector<Install> run(const std::vector<std::string_view>& targets) {
    if (sent_.empty()) return {};
    for (const Stage& stage : file_.stages) {
      if (!trace(stage)) break;
    }
    find_reach(targets);
    std::vector<Install> installs;
    for (const Found& found : found_) {
      if (found.is_replaced) continue;
      installs.push_back({found.file, found.run, found.with_dev, found.reach});
    }
    std::stable_sort(installs.begin(), installs.end(),
                     [](const Install& a, const Install& b) { return a.file < b.file; });
    return installs;
  }

 private:
  /// What is kept costs memory as well.
  static constexpr std::size_t kKept = 16;

  bool spend(std::size_t steps) {
    steps_left_ -= std::min(steps, steps_left_);
    return steps_left_ > 0;
  }

  /// @return false when it would cost too much to go on
  bool trace(const Stage& stage) {
    StageState& state = states_[stage.index];
    if (stage.parent) {
      StageState& parent = states_[*stage.parent];
      parent.is_used = true;
      state.parent = &parent;
      state.folder = parent.folder;
      if (!spend(1 + parent.variables.size())) return false;
      state.variables = parent.variables;
    }
    for (const Instruction& instruction : file_.of(stage)) {
      if (!spend(1)) return false;
      switch (instruction.keyword) {
        case Keyword::kWorkdir:
          state.folder =
              path::join(state.folder, expanded(instruction, ascii::trim(instruction.args.text)));
          break;
        case Keyword::kEnv:
        case Keyword::kArg:
          for (const dockerfile::Assignment& each : instruction.assignments) {
            set(each, state);
          }
          break;
        case Keyword::kCopy:
        case Keyword::kAdd: copy(instruction, state); break;
        case Keyword::kRun: run_commands(instruction, state); break;
        default: break;
      }
    }
    if (!stage.name.empty()) by_name_[ascii::lower(stage.name)] = stage.index;
    return steps_left_ > 0;
  }

  /// `ENV NODE_ENV=$NODE_ENV` leaves it what its ARG says.
  static void set(const dockerfile::Assignment& assignment, StageState& state) {
    if (!assignment.has_value) return;
    const bool refers = assignment.value.find('$') != std::string_view::npos;
    if (refers && state.variables.contains(assignment.name)) return;
    state.variables[assignment.name] = assignment.value;
  }

  /// As far as variables are known; what remains of them is compared as it is written.
  std::string expanded(const Instruction& instruction, std::string_view text) {
    // Each reads all that is declared before it: a hostile file must not make that quadratic.
    constexpr std::size_t kMostExpansions = 64;
    if (text.find('$') == std::string_view::npos || expansions_ >= kMostExpansions) {
      return std::string(text);
    }
    ++expansions_;
    dockerfile::Expansion value = dockerfile::Scope(file_, instruction).expand(text);
    return value.known ? std::move(value.text) : std::string(text);
  }

  StageState* find_stage(std::string_view name, const StageState& before) {
    const auto known = by_name_.find(ascii::lower(name));
    if (known != by_name_.end()) return &states_[known->second];
    const dockerfile::Stage* stage = ascii::is_number(name) ? file_.find_stage(name) : nullptr;
    if (stage == nullptr || &states_[stage->index] >= &before) return nullptr;
    return &states_[stage->index];
  }

  void copy(const Instruction& instruction, StageState& state) {
    if (instruction.words.size() < 2) return;
    const std::size_t sources = instruction.words.size() - 1;
    const std::string written = expanded(instruction, instruction.words.back().value);
    Target target{.path = path::join(state.folder, written)};
    target.parents = instruction.flag("parents") != nullptr;
    // A name without anything that says so is a folder where one of this name is in use.
    target.is_folder = sources > 1 || written.ends_with('/') || written.ends_with('.') ||
                       target.path == state.folder;
    const dockerfile::Flag* from = instruction.flag("from");
    StageState* other = from == nullptr ? nullptr : find_stage(from->value, state);
    for (std::size_t i = 0; i < sources; ++i) {
      const std::string source = expanded(instruction, instruction.words[i].value);
      if (other != nullptr) {
        copy_from(*other, source, target, state);
      } else if (from == nullptr) {
        copy_sent(source, target, state.files);
      }
    }
  }

  /// Files of the context.
  void copy_sent(std::string_view written, const Target& target, std::vector<PlacedFile>& into) {
    const auto source = Source::read(written);
    if (!source) return;
    Target to = target;
    to.is_folder = to.is_folder || source->is_pattern();
    for (const std::size_t index : sent_) {
      const std::string_view file = context_.files[index];
      if (!spend(1 + source->steps_per_byte() * file.size() / 8)) return;
      const auto part = source->match(file);
      if (!part || !spend(kKept)) continue;
      into.push_back({place_of(file, *part, *source, to), index});
    }
  }

  /// Files of another stage, and what was installed there.
  void copy_from(StageState& other, std::string_view written, const Target& target,
                 StageState& state) {
    other.is_used = true;
    const std::string source = path::join("/", written);
    place_from(other, source, target, state.files);
    for (const StageState* each = &other; each != nullptr; each = each->parent) {
      for (const Item& item : each->items) {
        if (!spend(kKept + state.items.size())) return;
        add_item(carried(item, source, target), state);
      }
    }
  }

  void place_from(const StageState& other, const std::string& source, const Target& target,
                  std::vector<PlacedFile>& into) {
    for (const StageState* each = &other; each != nullptr; each = each->parent) {
      for (const PlacedFile& file : each->files) {
        if (!spend(1)) return;
        if (!path::is_within(file.path, source) || !spend(kKept)) continue;
        into.push_back({moved(file.path, source, target), file.file});
      }
    }
  }

  static std::string moved(std::string_view path, std::string_view source, const Target& target) {
    std::string_view below = path.substr(source.size());
    while (below.starts_with('/')) below.remove_prefix(1);
    if (!below.empty()) return path::join(target.path, below);
    return target.is_folder ? path::join(target.path, path::name(source)) : target.path;
  }

  /// What a copy of `source` brings of it.
  Item carried(const Item& item, const std::string& source, const Target& target) const {
    Item to{.install = item.install, .whole = false};
    if (!item.whole) return to;
    if (!item.path.empty() && path::is_within(item.path, source)) {
      to.path = item.path == source ? target.path : moved(item.path, source, target);
      to.whole = true;
    } else if (is_home(*tools_[item.install], source)) {
      to.path = target.path;
      to.whole = true;
    }
    return to;
  }

  static bool is_home(const LockTool& tool, std::string_view path) {
    const std::vector<std::string_view> parts = ascii::split(path, '/');
    return std::any_of(parts.begin(), parts.end(),
                       [&tool](std::string_view part) { return has_word(tool.homes, part); });
  }

  static void add_item(Item item, StageState& state) {
    const auto known = std::find_if(state.items.begin(), state.items.end(), [&](const Item& each) {
      return each.install == item.install && each.whole == item.whole && each.path == item.path;
    });
    if (known == state.items.end()) state.items.push_back(std::move(item));
  }

  void run_commands(const Instruction& run, StageState& state) {
    if (!run.script.understood) return;
    const std::vector<PlacedFile> mounted = mount(run, state);
    std::vector<const PlacedFile*> files;  // collected when a command asks for them
    const Variable variable = [&state](std::string_view name) -> std::optional<std::string_view> {
      const auto found = state.variables.find(name);
      if (found == state.variables.end()) return std::nullopt;
      return found->second;
    };
    std::string folder = state.folder;
    std::string_view last_cd;
    for (const shell::Command& command : run.script.commands) {
      if (!spend(1)) return;
      if (command.name() == "cd" || command.name() == "pushd") {
        if (command.begin() == command.end()) continue;
        last_cd = command.begin()->value;
        folder = path::join(folder, last_cd);
        continue;
      }
      if (removes_dev(command)) leave_dev_out(state);
      const auto install = read_install_command(command, variable);
      if (!install) continue;
      if (files.empty()) files = files_of(state, mounted);
      if (files.empty()) return;
      if (!spend(files.size())) return;
      std::vector<std::size_t> found = locks_of(*install, folder, files);
      // The `cd` before may have been that of another subshell.
      if (found.empty()) found = locks_of(*install, path::join(state.folder, last_cd), files);
      for (const std::size_t file : found) add(*install, run, file, folder, files, state);
    }
  }

  /// What bind mounts show to this RUN.
  std::vector<PlacedFile> mount(const Instruction& run, StageState& state) {
    std::vector<PlacedFile> files;
    for (const dockerfile::Flag& flag : run.flags) {
      if (flag.name != "mount") continue;
      const auto field = [&flag](std::string_view name, std::string_view also) {
        const std::string_view value = mount_field(flag.value, name);
        return value.empty() ? mount_field(flag.value, also) : value;
      };
      const std::string_view type = mount_field(flag.value, "type");
      if (!type.empty() && type != "bind") continue;
      const std::string_view source = field("source", "src");
      std::string_view at = field("target", "dst");
      if (at.empty()) at = mount_field(flag.value, "destination");
      const Target target{.path = path::join(state.folder, expanded(run, at))};
      const std::string_view from = mount_field(flag.value, "from");
      if (from.empty()) {
        copy_sent(source.empty() ? "." : source, target, files);
      } else if (StageState* other = find_stage(from, state)) {
        StageState seen;
        copy_from(*other, source.empty() ? "/" : source, target, seen);
        files.insert(files.end(), seen.files.begin(), seen.files.end());
        // It is there for one command, which may keep some of it.
        for (Item& item : seen.items) {
          add_item({.install = item.install, .path = {}, .whole = false}, state);
        }
      }
    }
    return files;
  }

  std::vector<const PlacedFile*> files_of(const StageState& state,
                                          const std::vector<PlacedFile>& mounted) {
    std::vector<const PlacedFile*> files;
    for (const PlacedFile& file : mounted) files.push_back(&file);
    for (const StageState* each = &state; each != nullptr; each = each->parent) {
      for (const PlacedFile& file : each->files) {
        if (!spend(1)) return files;
        files.push_back(&file);
      }
    }
    return files;
  }

  static std::vector<std::size_t> locks_of(const InstallCommand& install, const std::string& folder,
                                           const std::vector<const PlacedFile*>& files) {
    const std::string works_in = path::join(folder, install.folder);
    std::vector<std::size_t> found;
    if (install.files.empty()) {
      found = locks_found(*install.tool, works_in, files);
    }
    for (const std::string_view named : install.files) {
      const std::string place = path::join(works_in, named);
      for (const PlacedFile* file : files) {
        if (file->path == place) found.push_back(file->file);
      }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  void add(const InstallCommand& install, const Instruction& run, std::size_t file,
           const std::string& folder, const std::vector<const PlacedFile*>& files,
           StageState& state) {
    for (const Item& item : state.items) {
      Found& known = found_[item.install];
      if (known.file != file || known.is_replaced || known.run->stage != run.stage) continue;
      if (known.with_dev == install.with_dev) return;  // once more the same
      known.is_replaced = true;
    }
    const std::size_t index = found_.size();
    found_.push_back({.file = file, .run = &run, .with_dev = install.with_dev});
    tools_.push_back(install.tool);
    Item item{.install = index};
    const auto lock = std::find_if(files.begin(), files.end(),
                                   [file](const PlacedFile* each) { return each->file == file; });
    if (!install.into.empty()) {
      item.path = path::join(folder, install.into);
    } else if (!install.tool->output.empty() && lock != files.end()) {
      item.path = path::join(path::folder((*lock)->path), install.tool->output);
    }
    state.items.push_back(std::move(item));
  }

  void leave_dev_out(StageState& state) {
    for (const Item& item : state.items) {
      if (tools_[item.install]->output == "node_modules") found_[item.install].with_dev = false;
    }
  }

  void find_reach(const std::vector<std::string_view>& targets) {
    const Stage* last = file_.target_stage();
    std::vector<bool> is_built(states_.size(), false);
    if (last != nullptr) is_built[last->index] = true;
    for (const std::string_view target : targets) {
      const Stage* stage = file_.find_stage(target);
      if (stage != nullptr) is_built[stage->index] = true;
    }
    for (const Stage& stage : file_.stages) {
      if (is_built[stage.index]) {
        reach(states_[stage.index], InstallReach::kImage);
      } else if (!states_[stage.index].is_used) {
        reach(states_[stage.index], is_development_stage(stage.name) ? InstallReach::kDevelopment
                                                                     : InstallReach::kTarget);
      }
    }
  }

  /// What is in the stage, and what it has from those it is FROM, gets into this image.
  void reach(const StageState& built, InstallReach image) {
    std::vector<std::size_t> without_dev;  // files whose packages for developing went again
    for (const StageState* state = &built; state != nullptr; state = state->parent) {
      std::vector<std::size_t> now;
      for (const Item& item : state->items) {
        if (!spend(1 + without_dev.size())) return;
        Found& found = found_[item.install];
        const bool went = found.with_dev && std::find(without_dev.begin(), without_dev.end(),
                                                      found.file) != without_dev.end();
        if (found.is_replaced || went) continue;
        const InstallReach reach =
            item.whole || image == InstallReach::kDevelopment ? image : InstallReach::kPart;
        found.reach = std::max(found.reach, reach);
        if (item.whole && !found.with_dev) now.push_back(found.file);
      }
      without_dev.insert(without_dev.end(), now.begin(), now.end());
    }
  }

  const dockerfile::Dockerfile& file_;
  const BuildContext& context_;
  std::size_t& steps_left_;
  std::vector<std::size_t> sent_;  ///< files that the builder gets
  std::vector<StageState> states_;
  std::unordered_map<std::string, std::uint32_t> by_name_;  ///< stages before this one
  std::vector<Found> found_;
  std::vector<const LockTool*> tools_;  ///< of `found_`
  std::size_t expansions_ = 0;
};

}  // namespace

std::vector<Install> find_installs(const dockerfile::Dockerfile& file, const BuildContext& context,
                                   const std::vector<std::string_view>& targets,
                                   std::size_t& steps_left) {
  return Tracing(file, context, steps_left).run(targets);
}

bool is_development_stage(std::string_view name) {
  constexpr std::array kNames = std::to_array<std::string_view>(
      {"dev", "develop", "development", "devel", "test", "tests", "testing", "lint", "debug", "ci",
       "check", "docs", "e2e", "unit", "storybook", "local"});
  const std::string lower = ascii::lower(name);
  std::size_t begin = 0;
  while (begin <= lower.size()) {
    const std::size_t end = std::min(lower.find_first_of("-_.", begin), lower.size());
    const std::string_view part = std::string_view(lower).substr(begin, end - begin);
    if (std::find(kNames.begin(), kNames.end(), part) != kNames.end()) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace plimsoll::check::install
