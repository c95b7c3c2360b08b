#include "check/data_network.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "check/remedy.h"
#include "core/ascii.h"
#include "parse/yaml_edit.h"

namespace plimsoll::check {
namespace {

using yaml::NewNode;

/// Part of a host name.
bool is_name_character(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
}

/// `name` stands in `text` as a word of its own: "postgres://u:p@db:5432/x".
bool names(std::string_view text, std::string_view name) {
  if (name.empty()) return false;
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool begins = at == 0 || !is_name_character(text[at - 1]);
    const bool ends = end == text.size() || !is_name_character(text[end]);
    if (begins && ends) return true;
  }
  return false;
}

bool says(const Workload& service, std::string_view name) {
  const auto in = [name](std::string_view text) { return names(text, name); };
  return std::any_of(service.environment.begin(), service.environment.end(),
                     [&](const EnvironmentVariable& variable) { return in(variable.value); }) ||
         std::any_of(service.command.begin(), service.command.end(), in) ||
         std::any_of(service.entrypoint.begin(), service.entrypoint.end(), in) ||
         std::any_of(service.links.items.begin(), service.links.items.end(),
                     [&](const Item& link) { return in(link.value); });
}

/// `user` says that it talks to `used`: by waiting for it, or by any of its names.
bool uses(const Workload& user, const Workload& used) {
  const bool waits = std::any_of(
      user.depends_on.begin(), user.depends_on.end(),
      [&used](const Dependency& dependency) { return dependency.service == used.name; });
  if (waits || says(user, used.name)) return true;
  if (used.node == nullptr) return false;
  const auto named_by = [&](std::string_view key) {
    const Node* name = used.node->find(key);
    return name != nullptr && says(user, name->str());
  };
  return named_by("container_name") || named_by("hostname");
}

/// What the host lends for other reasons than to configure a program.
bool is_system_path(std::string_view path) {
  constexpr std::string_view kSystem[] = {"/dev", "/etc/localtime", "/etc/timezone", "/proc",
                                          "/run", "/sys",           "/var/run",      "/var/log"};
  return std::any_of(std::begin(kSystem), std::end(kSystem),
                     [path](std::string_view each) { return path.starts_with(each); });
}

/// Something that we do not see might tell it where the data is.
bool has_unseen_settings(const Workload& service) {
  if (!service.env_files.empty() || service.env_files.is_set()) return true;
  const auto unseen = [](const EnvironmentVariable& variable) {
    return variable.source == EnvironmentVariable::Source::kVariable ||
           variable.source == EnvironmentVariable::Source::kHost;
  };
  if (std::any_of(service.environment.begin(), service.environment.end(), unseen)) return true;
  return std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
    return mount.type == Mount::Type::kConfig || mount.type == Mount::Type::kSecret ||
           (mount.type == Mount::Type::kBind && !is_system_path(mount.source));
  });
}

bool same_program(const Workload& a, const Workload& b) {
  if (a.build && b.build) {
    return a.build->context == b.build->context && a.build->dockerfile == b.build->dockerfile;
  }
  return !a.build && !b.build && a.image.value == b.image.value;
}

/// Who is on the data's network, and who is not.
class DataNetwork {
 public:
  DataNetwork(const compose::Project& project, const std::set<std::string_view>& data_stores)
      : project_(project) {
    for (const Workload& service : project.services) {
      if (!service.network_mode.value.empty()) continue;
      (data_stores.contains(service.name) ? stores_ : others_).push_back(&service);
    }
  }

  [[nodiscard]] yaml::Edits edits() {
    if (std::string reason = obstacle(); !reason.empty()) {
      return tl::unexpected<std::string>(std::move(reason));
    }
    for (const Workload* other : others_) {
      if (find_data_use(*other)) users_.insert(other);
    }
    choose_name();
    for (const Workload* store : stores_) add(move(*store));
    std::size_t strangers = 0;
    std::size_t undecided = 0;
    for (const Workload* other : others_) {
      const bool certain = uses_data(*other);
      if (!certain && !may_use_data(*other)) {
        ++strangers;
        continue;
      }
      if (!certain) ++undecided;
      add(join(*other));
    }
    if (strangers == others_.size()) {
      return tl::unexpected<std::string>("nothing in the project says that it needs the data");
    }
    // Where most would join on suspicion, somebody who knows them has to say.
    if (strangers < std::max<std::size_t>(undecided, 1)) {
      return tl::unexpected<std::string>("which services do without the data is yours to say");
    }
    add(put(*project_.root, {"networks", name_}, network()));
    if (!reason_.empty()) return tl::unexpected<std::string>(reason_);
    return std::move(edits_);
  }

  /// A port of something that is on internal networks only cannot be published.
  [[nodiscard]] bool is_internal() const {
    return std::all_of(stores_.begin(), stores_.end(), [](const Workload* store) {
      return store->extra_hosts.empty() &&
             std::none_of(store->ports.begin(), store->ports.end(),
                          [](const Port& port) { return port.published; });
    });
  }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  [[nodiscard]] std::string obstacle() const {
    if (project_.root == nullptr) return "the project is not read whole";
    // Each service is compared with each other.
    constexpr std::size_t kMostServices = 200;
    constexpr std::size_t kMostText = std::size_t{256} * 1024;
    if (project_.services.size() > kMostServices || project_.file->text().size() > kMostText) {
      return "the project is too large to see who uses what";
    }
    for (const Workload& service : project_.services) {
      if (service.file != project_.file || service.node == nullptr) {
        return "the services are written in several files";
      }
    }
    for (const Workload* store : stores_) {
      if (store->networks.items.size() > 1) return "a data store is on several networks already";
      const compose::Network* network = project_.network(
          store->networks.empty() ? "default" : store->networks.items.front().value);
      if (network != nullptr && network->external) {
        return "the network is shared with other projects";
      }
    }
    return {};
  }

  void choose_name() {
    for (const char* name : {"data", "data-internal", "data-stores"}) {
      name_ = name;
      if (project_.network(name) == nullptr) return;
    }
  }

  [[nodiscard]] NewNode network() const {
    if (!is_internal()) return NewNode::literal("{}");
    return NewNode::mapping({{"internal", NewNode::literal("true")}});
  }

  [[nodiscard]] bool uses_data(const Workload& service) const { return users_.contains(&service); }
  [[nodiscard]] bool find_data_use(const Workload& service) const {
    return std::any_of(stores_.begin(), stores_.end(), [&service](const Workload* store) {
      return uses(service, *store) || uses(*store, service);
    });
  }

  /// It does not say so. What says whom it talks to, and does not name the data, does without. So
  /// do the images that everybody uses, which know nothing but what they are told.
  [[nodiscard]] bool may_use_data(const Workload& service) const {
    if (has_unseen_settings(service)) return true;
    const bool is_twin = std::any_of(others_.begin(), others_.end(), [&](const Workload* other) {
      return other != &service && same_program(*other, service) && uses_data(*other);
    });
    if (is_twin) return true;
    if (!service.build && service.image_facts != nullptr) return false;
    return std::none_of(others_.begin(), others_.end(), [&service](const Workload* other) {
      return other != &service && uses(service, *other);
    });
  }

  [[nodiscard]] yaml::Edits put(const Node& mapping, const yaml::Path& path, const NewNode& value) {
    return yaml::put(*project_.file, mapping, path, value);
  }

  /// The data's network, instead of the one it is on.
  [[nodiscard]] yaml::Edits move(const Workload& store) {
    const Node* networks = store.node->find("networks");
    if (networks == nullptr || networks->is_null()) {
      return put(*store.node, {"networks"}, NewNode::list({name_}));
    }
    if (!networks->is_sequence() || networks->items.size() != 1) {
      return tl::unexpected<std::string>("a data store's networks have settings of their own");
    }
    if (networks->shared) return tl::unexpected<std::string>("an anchor gives it to several users");
    const Node::Entry* entry = store.node->find_entry("networks");
    if (entry->merged || !store.node->span.contains(networks->span)) {
      return tl::unexpected<std::string>("an alias or a merge key brings it");
    }
    return yaml::replace(*project_.file, *networks->items.front(), NewNode::of(name_));
  }

  /// The data's network as well.
  [[nodiscard]] yaml::Edits join(const Workload& service) {
    const Node* networks = service.node->find("networks");
    if (networks == nullptr || networks->is_null()) {
      return put(*service.node, {"networks"}, NewNode::list({"default", name_}));
    }
    if (networks->is_mapping()) {
      return put(*service.node, {"networks", name_}, NewNode::literal("{}"));
    }
    return yaml::append(*project_.file, *service.node, {"networks"}, NewNode::of(name_));
  }

  void add(yaml::Edits more) {
    if (!more) {
      if (reason_.empty()) reason_ = std::move(more.error());
      return;
    }
    for (Edit& edit : *more) edits_.push_back(std::move(edit));
  }

  const compose::Project& project_;
  std::vector<const Workload*> stores_;
  std::vector<const Workload*> others_;
  std::set<const Workload*> users_;  ///< those of the others that say so
  std::string name_;
  std::vector<Edit> edits_;
  std::string reason_;
};

}  // namespace

void separate_data(Finding& finding, const compose::Project& project,
                   const std::set<std::string_view>& data_stores) {
  DataNetwork network(project, data_stores);
  remedy(finding, "put the data on a network of its own", network.edits(), FixSafety::kUnsafe);
  if (!finding.fix) return;
  finding.fix->advice =
      network.is_internal()
          ? "look whether a service that is not on '" + network.name() +
                "' needs the data, and whether what is on no other needs the internet"
          : "make '" + network.name() + "' internal once none of its ports has to be published";
}

}  // namespace plimsoll::check
