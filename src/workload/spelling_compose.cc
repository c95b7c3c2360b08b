#include <algorithm>

#include "workload/compose.h"
#include "workload/spelling_form.h"

namespace plimsoll::spelling {
namespace {

using yaml::NewNode;
using yaml::Path;

/// What version 3 files and swarm stacks know is `deploy.resources`; the short keys are of version
/// 2 and of today's specification. A service uses one way.
bool uses_deploy(const Workload& workload) {
  if (workload.node->at({"deploy", "resources"}) != nullptr) return true;
  for (const char* key : {"mem_limit", "cpus", "pids_limit", "mem_reservation"}) {
    if (workload.node->find(key) != nullptr) return false;
  }
  const Node* version = workload.compose != nullptr && workload.compose->root != nullptr
                            ? workload.compose->root->find("version")
                            : nullptr;
  return version != nullptr && version->str().starts_with('3');
}

class ComposeSpelling final : public FormSpelling {
 public:
  Edits set(const Workload& workload, Attribute attribute,
            const std::string& value) const override {
    if (workload.node == nullptr || !workload.node->is_mapping())
      return refuse("it has no mapping");
    const bool deploy = uses_deploy(workload);
    switch (attribute) {
      case Attribute::kUser: return put(workload, {"user"}, NewNode::of(value));
      case Attribute::kReadOnly: return put(workload, {"read_only"}, NewNode::literal(value));
      case Attribute::kInit: return put(workload, {"init"}, NewNode::literal(value));
      case Attribute::kRestart: return put(workload, {"restart"}, restart(value));
      case Attribute::kNoNewPrivileges:
        return append(workload, {"security_opt"}, "no-new-privileges:" + value);
      case Attribute::kMemoryLimit:
        return deploy
                   ? put(workload, {"deploy", "resources", "limits", "memory"}, NewNode::of(value))
                   : put(workload, {"mem_limit"}, NewNode::of(value));
      case Attribute::kCpuLimit:
        return deploy ? put(workload, {"deploy", "resources", "limits", "cpus"}, NewNode::of(value))
                      : put(workload, {"cpus"}, NewNode::literal(value));
      case Attribute::kPidsLimit:
        return deploy ? put(workload, {"deploy", "resources", "limits", "pids"},
                            NewNode::literal(value))
                      : put(workload, {"pids_limit"}, NewNode::literal(value));
      case Attribute::kHealthcheck: return put(workload, {"healthcheck"}, healthcheck(value));
      case Attribute::kPullPolicy: return put(workload, {"pull_policy"}, NewNode::of(value));
      case Attribute::kRunAsNonRoot:
      case Attribute::kMemoryRequest:
      case Attribute::kCpuRequest:
      case Attribute::kSeccomp:
      case Attribute::kServiceAccountToken:
      case Attribute::kLivenessProbe:
      case Attribute::kReadinessProbe: break;
    }
    return refuse("Compose has no such setting");
  }

  Edits add_capability(const Workload& workload, const std::string& name) const override {
    return append(workload, {"cap_add"}, name);
  }
  Edits drop_capability(const Workload& workload, const std::string& name) const override {
    return append(workload, {"cap_drop"}, name);
  }

  Edits add_scratch(const Workload& workload, const Scratch& scratch) const override {
    const Node* list = workload.node->find("tmpfs");
    if (list != nullptr && list->is_scalar()) return refuse("`tmpfs` is no list");
    return append(workload, {"tmpfs"},
                  scratch.path + ":" + (scratch.executable ? "exec" : "noexec") +
                      ",nosuid,nodev,size=" + scratch.size);
  }

  Edits bound_log(const Workload& workload, const std::string& size,
                  const std::string& files) const override {
    const Node* logging = workload.node == nullptr ? nullptr : workload.node->find("logging");
    Edits edits = std::vector<Edit>{};
    if (logging == nullptr) {
      // json-file is the default, unless daemon.json says otherwise: then these options would be
      // refused by that driver.
      edits = put(workload, {"logging", "driver"}, NewNode::of("json-file"));
    }
    if (!workload.logging.value.has_max_size) {
      edits = both(std::move(edits),
                   put(workload, {"logging", "options", "max-size"}, NewNode::of(size)));
    }
    if (!workload.logging.value.has_max_file) {
      edits = both(std::move(edits),
                   put(workload, {"logging", "options", "max-file"}, NewNode::of(files)));
    }
    return edits;
  }

  Edits take_out(const Workload& workload, Place place) const override {
    if (workload.node == nullptr) return refuse("it has no mapping");
    return take_out_of_tree(*workload.file, *workload.node, place.span);
  }

  /// "5432:5432" gets the address in front, "5432" an empty host port too; the long form a key.
  Edits publish_on(const Workload& workload, const Port& port,
                   const std::string& address) const override {
    const Node* ports = workload.node == nullptr ? nullptr : workload.node->find("ports");
    if (ports == nullptr || !ports->is_sequence()) return refuse("it is written elsewhere");
    for (const Node* item : ports->items) {
      if (item->span != port.place.span && !item->span.overlaps(port.place.span)) continue;
      if (item->is_mapping()) {
        return yaml::put(*workload.file, *item, {"host_ip"}, NewNode::of(address));
      }
      if (!item->is_scalar() || item->text.find('[') != std::string_view::npos) break;
      return yaml::replace(*workload.file, *item, NewNode::of(on_address(item->text, address)));
    }
    return refuse("it is written elsewhere");
  }

 private:
  static Edits put(const Workload& workload, const Path& path, const NewNode& value) {
    if (workload.node == nullptr) return refuse("it has no mapping");
    return yaml::put(*workload.file, *workload.node, path, value);
  }
  /// Compose takes capabilities, options and tmpfs as lists of strings.
  static Edits append(const Workload& workload, const Path& path, const std::string& item) {
    if (workload.node == nullptr) return refuse("it has no mapping");
    return yaml::append(*workload.file, *workload.node, path, NewNode::of(item));
  }
  static NewNode restart(const std::string& value) {
    return value == "no" ? NewNode::literal("\"no\"") : NewNode::of(value);
  }
  static NewNode healthcheck(const std::string& command) {
    NewNode test = NewNode::list({"CMD-SHELL"});
    test.on_one_line = true;
    // Compose takes '$' for a variable of its own.
    std::string text;
    for (const char c : command) text += c == '$' ? std::string("$$") : std::string(1, c);
    test.items.push_back(NewNode::of(text));
    return NewNode::mapping({{"test", test},
                             {"interval", NewNode::of("30s")},
                             {"timeout", NewNode::of("5s")},
                             {"retries", NewNode::literal("3")},
                             {"start_period", NewNode::of("30s")}});
  }
};

}  // namespace

const FormSpelling& compose_spelling() {
  static const ComposeSpelling spelling;
  return spelling;
}

}  // namespace plimsoll::spelling
