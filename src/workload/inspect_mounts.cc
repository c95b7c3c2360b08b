#include "workload/inspect_mounts.h"

#include <algorithm>
#include <set>
#include <string>

#include "core/ascii.h"
#include "workload/run/values.h"

namespace plimsoll::inspect {
namespace {

using run::Argument;

class MountReader {
 public:
  MountReader(const Node& container, const Fields& fields, Workload& workload)
      : container_(container),
        host_(container.find("HostConfig")),
        fields_(fields),
        workload_(workload) {}

  /// The same mount can stand in Mounts (what is), HostConfig.Binds and HostConfig.Mounts (what was
  /// asked for); the first says most.
  void run() {
    for_each_object(container_.find("Mounts"), [this](const Node& node) { actual_mount(node); });
    fields_.each(find(host_, "Binds"), nullptr,
                 [this](const Argument& bind) { add(run::read_volume(bind)); });
    for_each_object(find(host_, "Mounts"), [this](const Node& node) { asked_mount(node); });
    const Node* tmpfs = find(host_, "Tmpfs");
    if (is_absent(tmpfs) || !tmpfs->is_mapping()) return;
    for (const Node::Entry& entry : tmpfs->entries) {
      std::string text(entry.key->str());
      if (!entry.value->str().empty()) text += ':' + std::string(entry.value->str());
      add(run::read_tmpfs(Argument::of(text, fields_.place(*entry.key))));
    }
  }

 private:
  void add(Mount mount) {
    if (targets_.insert(mount.target).second) run::add_mount(workload_, std::move(mount));
  }

  static Mount::Type type_of(std::string_view type) {
    if (type == "bind") return Mount::Type::kBind;
    if (type == "volume") return Mount::Type::kVolume;
    if (type == "tmpfs") return Mount::Type::kTmpfs;
    return Mount::Type::kOther;
  }

  /// Short: the line that names the target.
  [[nodiscard]] Mount new_mount(const Node& node, std::string_view target_key) const {
    const Node* target = node.find(target_key);
    Mount mount;
    mount.type = type_of(string_at(node, "Type"));
    mount.source = string_at(node, "Source");
    mount.target = string_at(node, target_key);
    mount.known = target != nullptr && target->is_scalar();
    mount.place = fields_.place(target != nullptr ? *target : node);
    return mount;
  }

  void actual_mount(const Node& node) {
    Mount mount = new_mount(node, "Destination");
    const Node* writable = node.find("RW");
    mount.read_only = writable != nullptr && writable->as_bool() == false;
    mount.propagation = string_at(node, "Propagation");
    mount.options = string_at(node, "Mode");
    if (mount.type == Mount::Type::kVolume) mount.source = volume_name(string_at(node, "Name"));
    add(std::move(mount));
  }

  /// "" for an anonymous volume, whose name is 64 hexadecimal digits.
  static std::string volume_name(std::string name) {
    static constexpr std::size_t kGenerated = 64;
    const bool generated =
        name.size() == kGenerated && std::all_of(name.begin(), name.end(), ascii::is_hex);
    return generated ? std::string{} : name;
  }

  void asked_mount(const Node& node) {
    Mount mount = new_mount(node, "Target");
    const Node* read_only = node.find("ReadOnly");
    mount.read_only = read_only != nullptr && read_only->as_bool() == true;
    const Node* propagation = node.at({"BindOptions", "Propagation"});
    if (propagation != nullptr) mount.propagation = propagation->str();
    add(std::move(mount));
  }

  const Node& container_;
  const Node* host_;
  const Fields& fields_;
  Workload& workload_;
  std::set<std::string> targets_;
};

}  // namespace

void read_mounts(const Node& container, const Fields& fields, Workload& workload) {
  MountReader(container, fields, workload).run();
}

}  // namespace plimsoll::inspect
