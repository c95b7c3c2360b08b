#include "scan/lock_installs.h"

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "check/install/installs.h"
#include "core/limits.h"
#include "core/path.h"

namespace plimsoll::scan {
namespace {

/// What somebody builds of a Dockerfile.
struct Builds {
  std::vector<std::string> contexts;
  std::vector<std::string_view> targets;
};

class Joining {
 public:
  Joining(const Inputs& inputs, const Model& model, LockFiles& locks)
      : inputs_(inputs), locks_(locks) {
    for (const Workload* workload : model.workloads) {
      if (!workload->build || !workload->build->known) continue;
      const Build& build = *workload->build;
      if (build.dockerfile.empty() || build.context.empty()) continue;
      Builds& builds = builds_[build.dockerfile];
      builds.contexts.push_back(path::normalize(build.context));
      if (!build.target.empty()) builds.targets.push_back(build.target);
    }
    for (auto& [dockerfile, builds] : builds_) {
      std::vector<std::string>& contexts = builds.contexts;
      std::sort(contexts.begin(), contexts.end());
      contexts.erase(std::unique(contexts.begin(), contexts.end()), contexts.end());
    }
  }

  /// @return false when it would cost too much to look at all
  bool run() {
    for (const Loaded& file : inputs_.targets()) join(file);
    for (const Loaded& file : inputs_.extra()) join(file);
    for (LockFile& lock : locks_.files) {
      std::vector<LockInstall>& installs = lock.installs;
      const auto key = [](const LockInstall& each) {
        return std::tie(each.path, each.line, each.stage, each.reach, each.with_dev);
      };
      std::sort(installs.begin(), installs.end(),
                [&key](const LockInstall& a, const LockInstall& b) { return key(a) < key(b); });
      installs.erase(std::unique(installs.begin(), installs.end()), installs.end());
      if (installs.size() > limits::kInstallsOfLockFile) {
        installs.resize(limits::kInstallsOfLockFile);
      }
    }
    return steps_left_ > 0;
  }

 private:
  void join(const Loaded& file) {
    if (file.content != Content::kDockerfile || file.dockerfile == nullptr) return;
    if (file.dockerfile->stages.empty()) return;
    locks_.has_dockerfiles = true;
    const auto builds = builds_.find(file.path);
    if (builds != builds_.end()) {
      for (const std::string& context : builds->second.contexts) {
        join(file, context, builds->second.targets);
      }
      return;
    }
    // Nobody says from where it is built.
    std::string context(path::folder(file.path));
    while (!join(file, context, {}) && !is_root(context) && context != "/") {
      const std::string above(path::folder(context));
      if (above == context) return;
      context = above;
    }
  }

  [[nodiscard]] bool is_root(const std::string& folder) const {
    const std::vector<std::string>& roots = inputs_.discovery().roots;
    const bool is_inside = std::any_of(roots.begin(), roots.end(), [&](const std::string& root) {
      return folder != root && path::is_within(folder, root);
    });
    return !is_inside;
  }

  /// @return whether it installs from any lock file
  bool join(const Loaded& file, const std::string& context,
            const std::vector<std::string_view>& targets) {
    const auto [first, last] = below(context);
    if (first == last || steps_left_ == 0) return false;
    check::install::BuildContext build;
    for (std::size_t i = first; i < last; ++i) {
      const std::string_view path = locks_.files[i].path;
      const bool is_below = path::is_within(path, context);
      build.files.push_back(is_below ? relative(path, context) : std::string_view());
    }
    build.ignore = ignore_of(file.path, context);
    const auto installs =
        check::install::find_installs(*file.dockerfile, build, targets, steps_left_);
    for (const check::install::Install& each : installs) {
      locks_.files[first + each.file].installs.push_back(install_of(file, each));
    }
    return !installs.empty();
  }

  /// The lock files in it: they stand together, as they are sorted.
  [[nodiscard]] std::pair<std::size_t, std::size_t> below(const std::string& context) const {
    const std::vector<LockFile>& files = locks_.files;
    const auto position = [&files](const auto& is_before) {
      return static_cast<std::size_t>(std::partition_point(files.begin(), files.end(), is_before) -
                                      files.begin());
    };
    // Files of several targets are not all below the current folder: what is not stays unmatched.
    if (context == ".") return {0, files.size()};
    const std::string start = context == "/" ? context : context + '/';
    const std::string end = start.substr(0, start.size() - 1) + static_cast<char>('/' + 1);
    return {position([&](const LockFile& file) { return file.path < start; }),
            position([&](const LockFile& file) { return file.path < end; })};
  }

  static std::string_view relative(std::string_view path, std::string_view folder) {
    if (folder == ".") return path;
    path.remove_prefix(folder.size());
    while (path.starts_with('/')) path.remove_prefix(1);
    return path;
  }

  static LockInstall install_of(const Loaded& file, const check::install::Install& install) {
    const dockerfile::Stage& stage = file.dockerfile->stages[install.run->stage];
    return {.path = file.path,
            .line = file.dockerfile->source->position(install.run->span.begin).line,
            .stage = stage.name.empty() ? std::to_string(stage.index) : std::string(stage.name),
            .with_dev = install.with_dev,
            .reach = install.reach};
  }

  /// `<Dockerfile>.dockerignore` beside the Dockerfile beats `.dockerignore` of the context.
  const IgnoreFile* ignore_of(const std::string& dockerfile, const std::string& context) {
    for (const std::string& path :
         {dockerfile + ".dockerignore", path::join(context, ".dockerignore")}) {
      const auto [known, is_new] = ignores_.try_emplace(path);
      const Loaded* file = is_new ? inputs_.find(path) : nullptr;
      if (file != nullptr && file->source != nullptr) {
        known->second =
            std::make_unique<IgnoreFile>(parse_ignore(*file->source, IgnoreSyntax::kDocker));
      }
      if (known->second != nullptr) return known->second.get();
    }
    return nullptr;
  }

  const Inputs& inputs_;
  LockFiles& locks_;
  std::unordered_map<std::string, Builds> builds_;
  std::map<std::string, std::unique_ptr<IgnoreFile>> ignores_;  ///< by path; null: there is none
  std::size_t steps_left_ = limits::kInstallSteps;
};

}  // namespace

void find_installs(const Inputs& inputs, const Model& model, LockFiles& locks,
                   std::vector<Incomplete>& incomplete) {
  if (Joining(inputs, model, locks).run()) return;
  incomplete.push_back({"limit", "", "which Dockerfiles install lock files",
                        std::to_string(limits::kInstallSteps), false});
}

}  // namespace plimsoll::scan
