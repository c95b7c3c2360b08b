#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "core/bug.h"
#include "workload/compose.h"

namespace {

using namespace plimsoll;

/// The input is up to four files between lines of "%%%".
constexpr std::string_view kSeparator = "\n%%%\n";
constexpr std::string_view kNames[] = {"compose.yaml", "base.yaml", ".env", "override.yaml"};

class Files {
 public:
  explicit Files(std::string_view input) {
    for (const std::string_view name : kNames) {
      const std::size_t end = input.find(kSeparator);
      const std::string path(name);
      files_[path] = std::make_unique<SourceFile>(path, std::string(input.substr(0, end)));
      if (end == std::string_view::npos) break;
      input.remove_prefix(end + kSeparator.size());
    }
  }

  Result<const SourceFile*> text(const std::string& path) {
    const auto found = files_.find(path);
    if (found == files_.end()) return fail(ErrorCode::kNotFound, "no such file", path);
    return found->second.get();
  }

  Result<const Tree*> tree(const std::string& path) {
    const Result<const SourceFile*> file = text(path);
    if (!file) return tl::unexpected<Error>(file.error());
    std::unique_ptr<Tree>& tree = trees_[path];
    if (tree == nullptr) tree = parse_yaml(**file);
    return tree.get();
  }

 private:
  std::map<std::string, std::unique_ptr<SourceFile>> files_;
  std::map<std::string, std::unique_ptr<Tree>> trees_;
};

void check(const Place& place) {
  if (place.file == nullptr) return;
  if (place.span.begin > place.span.end || place.span.end > place.file->text().size()) {
    PL_BUG("a place lies outside its file");
  }
}

template <class T>
void check(const Value<T>& value) {
  check(value.place);
  if (value.origin == Origin::kDefault && value.place.file != nullptr) {
    PL_BUG("a default has a place");
  }
  if (value.is_set() && value.place.file == nullptr) PL_BUG("a set value has no place");
}

void check(const Items& items) {
  check(items.place);
  for (const Item& item : items.items) check(item.place);
  if (!items.is_set() && !items.empty()) PL_BUG("items that nobody set");
}

void check(const Workload& workload) {
  check(workload.place);
  if (workload.file == nullptr || workload.node == nullptr) PL_BUG("a service without its node");
  check(workload.image);
  check(workload.user);
  check(workload.privileged);
  check(workload.read_only);
  check(workload.no_new_privileges);
  check(workload.seccomp);
  check(workload.network_mode);
  check(workload.restart);
  check(workload.healthcheck);
  check(workload.logging);
  check(workload.resources.memory_limit);
  check(workload.resources.cpu_limit);
  check(workload.resources.pids_limit);
  for (const Items* items :
       {&workload.cap_add, &workload.cap_drop, &workload.security_options, &workload.sysctls,
        &workload.devices, &workload.labels, &workload.networks, &workload.env_files,
        &workload.secrets, &workload.profiles, &workload.extra_hosts, &workload.links}) {
    check(*items);
  }
  for (const Mount& mount : workload.mounts) check(mount.place);
  for (const Port& port : workload.ports) check(port.place);
  for (const Dependency& dependency : workload.depends_on) check(dependency.place);
  for (const EnvironmentVariable& variable : workload.environment) {
    if (variable.name.empty()) PL_BUG("a variable without a name");
    check(variable.place);
    check(variable.value_place);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Files files(std::string_view(reinterpret_cast<const char*>(data), size));
  const compose::Sources sources{
      [&](const std::string& path) { return files.tree(path); },
      [&](const std::string& path) { return files.text(path); },
  };
  std::vector<const Tree*> overrides;
  if (const auto tree = files.tree("override.yaml")) overrides.push_back(*tree);
  const auto project = compose::read(**files.tree("compose.yaml"), sources, overrides);
  std::set<std::string> ids;
  for (const Workload& service : project->services) {
    check(service);
    if (!ids.insert(service.id).second) PL_BUG("two services with one id");
  }
  for (const TreeProblem& problem : project->problems) check({project->file, problem.span});
  return 0;
}
