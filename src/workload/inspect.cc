#include "workload/inspect.h"

#include <algorithm>
#include <set>
#include <string>

#include "workload/inspect_fields.h"
#include "workload/inspect_live.h"
#include "workload/inspect_mounts.h"
#include "workload/run/options.h"
#include "workload/run/values.h"

namespace plimsoll::inspect {
namespace {

using run::Argument;

/// Decimal places of nano CPUs, without trailing zeros: 1500000000 is "1.5".
std::string cpus(std::int64_t nano) {
  static constexpr std::int64_t kNano = 1'000'000'000;
  std::string fraction = std::to_string(kNano + nano % kNano).substr(1);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  const std::string whole = std::to_string(nano / kNano);
  return fraction.empty() ? whole : whole + '.' + fraction;
}

class ContainerReader {
 public:
  /// @param entry  one for which container_of() is not null
  ContainerReader(const SourceFile& file, const Node& entry, Workload& workload)
      : file_(file),
        fields_(file),
        entry_(entry),
        container_(*container_of(entry)),
        config_(container_.find("Config")),
        host_(container_.find("HostConfig")),
        workload_(workload) {}

  void run() {
    workload_.form = Form::kInspect;
    workload_.kind = "container";
    workload_.file = &file_;
    workload_.live = read_live(entry_, fields_);
    run::apply_defaults(workload_);
    name();
    identity();
    privilege();
    namespaces();
    read_mounts(container_, fields_, workload_);
    devices();
    resources();
    life();
    health();
    ports();
    data();
  }

 private:
  void name() {
    const Node* node = container_.find("Name");
    std::string_view text = node != nullptr ? node->str() : std::string_view{};
    if (text.empty()) {
      static constexpr std::size_t kShortId = 12;
      node = container_.find("Id");
      text = (node != nullptr ? node->str() : std::string_view{}).substr(0, kShortId);
    }
    if (text.starts_with('/')) text.remove_prefix(1);
    workload_.name = text;
    workload_.place = node != nullptr ? fields_.place(*node) : first_byte();
    workload_.group_place = workload_.place;
  }

  /// The whole container would be a range of hundreds of lines.
  [[nodiscard]] Place first_byte() const {
    return {&file_,
            {container_.span.begin, std::min(container_.span.begin + 1, container_.span.end)}};
  }

  void identity() {
    fields_.text(workload_.image, find(config_, "Image"));
    // Podman's Config.Image may be an id; ImageName is what was asked for.
    fields_.text(workload_.image, container_.find("ImageName"));
    const Node* user = find(config_, "User");
    fields_.text(workload_.user, user);
    // The image's USER is in Config.User already, so nothing there means root.
    if (!is_absent(user) && user->is_scalar() && user->text.empty()) {
      workload_.user = {"", Origin::kSet, fields_.place(*user)};
    }
    fields_.list(workload_.group_add, find(host_, "GroupAdd"));
    fields_.boolean(workload_.privileged, find(host_, "Privileged"));
  }

  void privilege() {
    const auto capabilities = [this](Items& items, std::string_view key) {
      fields_.each(find(host_, key), &items,
                   [&items](const Argument& item) { run::add_capabilities(items, item); });
    };
    capabilities(workload_.cap_add, "CapAdd");
    capabilities(workload_.cap_drop, "CapDrop");
    fields_.each(find(host_, "SecurityOpt"), &workload_.security_options,
                 [this](const Argument& item) { run::apply_security_option(workload_, item); });
    app_armor();
    // Left out or null is the engine's list; an empty one was asked for.
    const Node* masked = find(host_, "MaskedPaths");
    if (masked != nullptr && masked->is_sequence() && masked->items.empty()) {
      workload_.proc_mount = {"unconfined", Origin::kSet, fields_.place(*masked)};
    }
    fields_.boolean(workload_.read_only, find(host_, "ReadonlyRootfs"));
    fields_.pairs(workload_.sysctls, find(host_, "Sysctls"));
  }

  /// Says "unconfined" or nothing on hosts without AppArmor too, so only a profile tells something.
  void app_armor() {
    const Node* profile = container_.find("AppArmorProfile");
    if (workload_.apparmor.origin != Origin::kDefault || is_absent(profile)) return;
    fields_.text(workload_.apparmor, profile, "unconfined");
  }

  void namespaces() {
    const Node* network = find(host_, "NetworkMode");
    if (!is_absent(network) && network->is_scalar() && !network->text.empty()) {
      if (network->text != "default") run::apply_network(workload_, fields_.argument(*network));
    } else {
      fields_.text(workload_.network_mode, network);
    }
    joined_networks();
    fields_.text(workload_.pid_mode, find(host_, "PidMode"));
    fields_.text(workload_.ipc_mode, find(host_, "IpcMode"));
    fields_.text(workload_.uts_mode, find(host_, "UTSMode"));
    fields_.text(workload_.userns_mode, find(host_, "UsernsMode"));
    fields_.text(workload_.cgroup_mode, find(host_, "CgroupnsMode"));
    fields_.text(workload_.cgroup_mode, find(host_, "CgroupMode"));  // Podman
    fields_.text(workload_.cgroup_parent, find(host_, "CgroupParent"));
    fields_.list(workload_.extra_hosts, find(host_, "ExtraHosts"));
    fields_.list(workload_.links, find(host_, "Links"));
    fields_.list(workload_.volumes_from, find(host_, "VolumesFrom"));
  }

  void joined_networks() {
    const Node* networks = container_.at({"NetworkSettings", "Networks"});
    if (is_absent(networks) || !networks->is_mapping()) return;
    const Node* mode = find(host_, "NetworkMode");
    for (const Node::Entry& entry : networks->entries) {
      const std::string_view name = entry.key->str();
      const bool built_in = name == "bridge" || name == "host" || name == "none" ||
                            name == "podman" || name == "pasta" || name == "slirp4netns";
      const bool known = mode != nullptr && mode->str() == name;
      if (!built_in && !known) run::add_item(workload_.networks, fields_.argument(*entry.key));
    }
  }

  void devices() {
    for_each_object(find(host_, "Devices"), [this](const Node& node) {
      const std::string text = string_at(node, "PathOnHost") + ':' +
                               string_at(node, "PathInContainer") + ':' +
                               string_at(node, "CgroupPermissions");
      const Node* path = node.find("PathOnHost");
      run::add_item(workload_.devices,
                    Argument::of(text, fields_.place(path != nullptr ? *path : node)));
    });
    fields_.list(workload_.device_cgroup_rules, find(host_, "DeviceCgroupRules"));
    for_each_object(find(host_, "DeviceRequests"), [this](const Node& node) {
      workload_.gpu = {true, Origin::kSet, fields_.place(node)};
    });
    const Node* runtime = find(host_, "Runtime");
    if (runtime != nullptr && runtime->str() == "nvidia") {
      workload_.gpu = {true, Origin::kSet, fields_.place(*runtime)};
    }
  }

  void bytes(Value<std::string>& value, std::string_view key) const {
    const Node* node = find(host_, key);
    if (const auto amount = fields_.positive(value, node)) {
      value = {std::to_string(*amount), Origin::kSet, fields_.place(*node)};
    }
  }

  /// Microseconds of each period, which is a tenth of a second unless something else is said.
  void quota(Value<std::string>& limit) const {
    static constexpr std::int64_t kDefaultPeriod = 100'000;
    static constexpr std::int64_t kMost = 1'000'000'000;
    const Node* node = find(host_, "CpuQuota");
    const auto amount = fields_.positive(limit, node);
    if (!amount) return;
    const Node* period = find(host_, "CpuPeriod");
    const std::int64_t read = period != nullptr ? period->as_int().value_or(0) : 0;
    const std::int64_t whole = read > 0 ? read : kDefaultPeriod;
    limit = {cpus(std::min(*amount, kMost) * kMost / whole), Origin::kSet, fields_.place(*node)};
  }

  void resources() {
    Resources& resources = workload_.resources;
    bytes(resources.memory_limit, "Memory");
    bytes(resources.memory_request, "MemoryReservation");
    quota(resources.cpu_limit);
    const Node* nano = find(host_, "NanoCpus");
    if (const auto amount = fields_.positive(resources.cpu_limit, nano)) {
      resources.cpu_limit = {cpus(*amount), Origin::kSet, fields_.place(*nano)};
    }
    const Node* pids = find(host_, "PidsLimit");
    if (const auto amount = fields_.positive(resources.pids_limit, pids)) {
      resources.pids_limit = {*amount, Origin::kSet, fields_.place(*pids)};
    }
    const Node* ulimits = find(host_, "Ulimits");
    resources.ulimits = ulimits != nullptr && ulimits->is_sequence() && !ulimits->items.empty();
  }

  void life() {
    const Node* policy = find(host_, "RestartPolicy");
    if (!is_absent(policy) && !policy->is_mapping()) fields_.text(workload_.restart, policy);
    fields_.text(workload_.restart, find(policy, "Name"), "no");
    const Node* retries = find(policy, "MaximumRetryCount");
    const std::int64_t count = retries != nullptr ? retries->as_int().value_or(0) : 0;
    if (workload_.restart.value == "on-failure" && count > 0) {
      workload_.restart.value += ':' + std::to_string(count);
    }
    fields_.boolean(workload_.init, find(host_, "Init"));
    fields_.boolean(workload_.oom_kill_disable, find(host_, "OomKillDisable"));
    oom_score();
    fields_.text(workload_.stop_signal, find(config_, "StopSignal"));
    // Started in the foreground and gone when done: a tool.
    const Node* removed = find(host_, "AutoRemove");
    const Node* attached = find(config_, "AttachStdout");
    workload_.one_shot = removed != nullptr && removed->as_bool() == true && attached != nullptr &&
                         attached->as_bool() == true;
  }

  void oom_score() {
    const Node* score = find(host_, "OomScoreAdj");
    if (is_absent(score)) return;
    const auto read = score->as_int();
    if (read == 0) return;
    workload_.oom_score_adj = {read.value_or(0), read ? Origin::kSet : Origin::kUnknown,
                               fields_.place(*score)};
  }

  void health() {
    const Node* check = find(config_, "Healthcheck");
    if (is_absent(check)) return;
    Value<Probe>& value = workload_.healthcheck;
    const Node* test = check->find("Test");
    if (!check->is_mapping() || (!is_absent(test) && !test->is_sequence())) {
      value = {{}, Origin::kUnknown, fields_.place(*check)};
      return;
    }
    if (is_absent(test) || test->items.empty()) return;
    value.value.test = words(test);
    value.value.disabled = value.value.test.front() == "NONE";
    value.value.node = check;
    value.origin = Origin::kSet;
    value.place = fields_.place(*test);
  }

  void ports() {
    const Node* bindings = find(host_, "PortBindings");
    if (!is_absent(bindings) && bindings->is_mapping()) {
      for (const Node::Entry& entry : bindings->entries) {
        for_each_object(entry.value, [&](const Node& node) { published(*entry.key, node); });
      }
    }
    fields_.boolean(workload_.publish_all, find(host_, "PublishAllPorts"));
    const Node* exposed = find(config_, "ExposedPorts");
    if (is_absent(exposed) || !exposed->is_mapping()) return;
    for (const Node::Entry& entry : exposed->entries) {
      if (published_.contains(entry.key->str())) continue;
      workload_.ports.push_back(run::read_expose(fields_.argument(*entry.key)));
    }
  }

  /// "80/tcp": [{"HostIp": "", "HostPort": "8080"}]
  void published(const Node& key, const Node& binding) {
    published_.emplace(key.str());
    Port port = run::read_expose(fields_.argument(key));
    port.published = true;
    port.host_ip = string_at(binding, "HostIp");
    port.host_port = string_at(binding, "HostPort");
    const Node* shown = binding.find(port.host_ip.empty() ? "HostPort" : "HostIp");
    port.place = fields_.place(shown != nullptr ? *shown : key);
    workload_.ports.push_back(std::move(port));
  }

  void data() {
    fields_.each(find(config_, "Env"), nullptr, [this](const Argument& variable) {
      workload_.environment.push_back(run::read_variable(variable));
    });
    fields_.pairs(workload_.labels, find(config_, "Labels"));
    workload_.command = words(find(config_, "Cmd"));
    if (const Node* command = find(config_, "Cmd"))
      workload_.command_place = fields_.place(*command);
    workload_.entrypoint = words(find(config_, "Entrypoint"));
    logging();
  }

  void logging() {
    const Node* log = find(host_, "LogConfig");
    if (is_absent(log)) return;
    Value<Logging>& logging = workload_.logging;
    logging.place = fields_.place(*log);
    logging.origin = log->is_mapping() ? Origin::kSet : Origin::kUnknown;
    const Node* type = find(log, "Type");
    if (type != nullptr) {
      logging.value.driver = type->str();
      logging.place = fields_.place(*type);
    }
    const Node* options = find(log, "Config");
    logging.value.has_max_size = !is_absent(find(options, "max-size"));
    logging.value.has_max_file = !is_absent(find(options, "max-file"));
    // Podman's own field; "0B" is no limit.
    const Node* size = find(log, "Size");
    const std::string_view limit = size != nullptr ? size->str() : std::string_view{};
    if (!limit.empty() && limit != "0B") logging.value.has_max_size = true;
  }

  const SourceFile& file_;
  Fields fields_;
  const Node& entry_;
  const Node& container_;
  const Node* config_;
  const Node* host_;
  Workload& workload_;
  std::set<std::string, std::less<>> published_;
};

/// Reads the containers of one tree, so that their ids differ.
class Reader {
 public:
  Reader(const SourceFile& file, std::deque<Workload>& out) : file_(file), out_(out) {}

  void entry(const Node& node) {
    if (container_of(node) == nullptr) {
      problems_.push_back({ErrorCode::kInvalid, node.span,
                           "not a container: 'Config' and 'HostConfig' are missing"});
      return;
    }
    Workload& workload = out_.emplace_back();
    ContainerReader(file_, node, workload).run();
    std::string id = file_.path() + '#' + workload.name;
    if (!ids_.insert(id).second) {
      id += '@' + std::to_string(node.span.begin);
      ids_.insert(id);
    }
    workload.id = std::move(id);
  }

  [[nodiscard]] std::vector<TreeProblem> take_problems() { return std::move(problems_); }

 private:
  const SourceFile& file_;
  std::deque<Workload>& out_;
  std::set<std::string> ids_;
  std::vector<TreeProblem> problems_;
};

}  // namespace

bool looks_like_inspect(const Node& root) {
  if (root.is_mapping()) return container_of(root) != nullptr;
  return std::any_of(root.items.begin(), root.items.end(),
                     [](const Node* item) { return container_of(*item) != nullptr; });
}

std::vector<TreeProblem> read(const Tree& tree, std::deque<Workload>& out) {
  Reader reader(*tree.source, out);
  for (const Document& document : tree.documents) {
    if (!document.root->is_sequence()) {
      reader.entry(*document.root);
      continue;
    }
    for (const Node* item : document.root->items) reader.entry(*item);
  }
  return reader.take_problems();
}

}  // namespace plimsoll::inspect
