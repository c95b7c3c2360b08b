#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "project/update_bot.h"

namespace plimsoll {
namespace {

/// Managers that look at container images in the files we judge.
constexpr std::array<std::string_view, 4> kDockerManagers = {"dockerfile", "docker-compose",
                                                             "kubernetes", "helm-values"};
constexpr std::size_t kKubernetes = 2;

/// Presets by name; parameters such as "(2)" and a leading "default:" are cut off first.
/// Source: docs.renovatebot.com, "Config Presets" (config, default, docker).
constexpr std::array<std::string_view, 2> kDisablingPresets = {"docker:disable", ":disableDocker"};
constexpr std::array<std::string_view, 3> kPinningPresets = {
    "docker:pinDigests", "config:best-practices", ":pinDigests"};
constexpr std::array<std::string_view, 1> kUnpinningPresets = {":pinDigestsDisabled"};

/// Keys of a package rule that do not narrow what it applies to.
constexpr std::array<std::string_view, 2> kBroadMatchers = {"matchDatasources", "matchManagers"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_true(const Node* node) {
  return node != nullptr && node->as_bool().value_or(false);
}

bool is_false(const Node* node) {
  return node != nullptr && !node->as_bool().value_or(true);
}

std::string_view preset_name(std::string_view preset) {
  preset = preset.substr(0, preset.find('('));
  if (preset.starts_with("default:")) preset.remove_prefix(std::string_view("default").size());
  return preset;
}

/// Renovate takes a string or a list in many places.
std::vector<std::string_view> strings_of(const Node* node) {
  std::vector<std::string_view> strings;
  if (node == nullptr) return strings;
  if (node->is_scalar()) strings.push_back(node->text);
  for (const Node* const item : node->items) {
    if (item->is_scalar()) strings.push_back(item->text);
  }
  return strings;
}

bool has_string(const Node* node, std::string_view wanted) {
  const std::vector<std::string_view> strings = strings_of(node);
  return std::find(strings.begin(), strings.end(), wanted) != strings.end();
}

/// "3 days", or the older stabilityDays: 3. "0 days" and null switch it off.
bool has_waiting_time(const Node& config) {
  for (const std::string_view key : {"minimumReleaseAge", "stabilityDays"}) {
    const Node* const age = config.find(key);
    if (age == nullptr || !age->is_scalar()) continue;
    const std::string_view text = ascii::trim(age->text);
    if (!text.empty() && text.front() != '0' && !is_false(age)) return true;
  }
  return false;
}

class RenovateReader {
 public:
  explicit RenovateReader(UpdateBot& bot) : bot_(bot) { on_.fill(true); }

  void read(const Node& root) {
    bot_.enabled = !is_false(root.find("enabled"));
    on_[kKubernetes] = has_patterns(root.find(kDockerManagers[kKubernetes]));
    read_presets(root);
    read_enabled_managers(root);
    read_digests(root);
    bot_.has_cooldown = bot_.has_cooldown || has_waiting_time(root);
    for (std::size_t i = 0; i < kDockerManagers.size(); ++i) read_manager(root, i);
    // The old spelling of a rule for the docker datasource.
    if (const Node* const docker = root.find("docker")) {
      if (is_false(docker->find("enabled"))) on_.fill(false);
      read_digests(*docker);
    }
    if (const Node* const rules = root.find("packageRules")) {
      for (const Node* const rule : rules->items) read_rule(*rule);
    }
    for (std::size_t i = 0; i < kDockerManagers.size(); ++i) {
      if (on_[i]) bot_.docker_managers.push_back(kDockerManagers[i]);
    }
    bot_.docker_enabled = !bot_.docker_managers.empty() || has_custom_docker_manager(root);
  }

 private:
  /// The kubernetes manager has no file patterns of its own: without some it finds nothing.
  static bool has_patterns(const Node* manager) {
    if (manager == nullptr) return false;
    return !strings_of(manager->find("managerFilePatterns")).empty() ||
           !strings_of(manager->find("fileMatch")).empty();
  }

  void read_presets(const Node& root) {
    for (const std::string_view preset : strings_of(root.find("extends"))) {
      const std::string_view name = preset_name(preset);
      if (contains(kDisablingPresets, name)) on_.fill(false);
      if (name == ":onlyNpm") on_.fill(false);
      if (contains(kPinningPresets, name)) bot_.pins_digests = true;
      if (contains(kUnpinningPresets, name)) bot_.pins_digests = false;
    }
    for (const std::string_view ignored : strings_of(root.find("ignorePresets"))) {
      if (ignored == "docker:pinDigests") bot_.pins_digests = false;
    }
  }

  void read_enabled_managers(const Node& root) {
    const Node* const managers = root.find("enabledManagers");
    if (managers == nullptr || !managers->is_sequence() || managers->items.empty()) return;
    for (std::size_t i = 0; i < kDockerManagers.size(); ++i) {
      on_[i] = on_[i] && has_string(managers, kDockerManagers[i]);
    }
  }

  void read_digests(const Node& config) {
    const Node* const pin = config.find("pinDigests");
    if (is_true(pin)) bot_.pins_digests = true;
    if (is_false(pin)) bot_.pins_digests = false;
  }

  void read_manager(const Node& root, std::size_t index) {
    const Node* const manager = root.find(kDockerManagers[index]);
    if (manager == nullptr) return;
    if (is_false(manager->find("enabled"))) on_[index] = false;
    if (is_true(manager->find("pinDigests"))) bot_.pins_digests = true;
  }

  /// Only a rule that says nothing but "docker" switches docker off (or on again); one for a
  /// package or an update type leaves the rest watched.
  void read_rule(const Node& rule) {
    if (has_waiting_time(rule)) bot_.has_cooldown = true;
    bool broad = false;
    for (const Node::Entry& entry : rule.entries) {
      const std::string_view key = entry.key->str();
      const bool matcher = key.starts_with("match") || key.starts_with("exclude");
      if (!matcher) continue;
      if (!contains(kBroadMatchers, key)) {
        const bool everything = has_string(entry.value, "*") && entry.value->items.size() <= 1;
        if (!everything) return;
      }
      broad = true;
    }
    const Node* const datasources = rule.find("matchDatasources");
    const Node* const managers = rule.find("matchManagers");
    if (!broad || (datasources != nullptr && !has_string(datasources, "docker"))) return;
    bool ours = managers == nullptr;
    const Node* const enabled = rule.find("enabled");
    for (std::size_t i = 0; i < kDockerManagers.size(); ++i) {
      if (managers != nullptr && !has_string(managers, kDockerManagers[i])) continue;
      ours = true;
      if (is_false(enabled)) on_[i] = false;
      if (is_true(enabled) && i != kKubernetes) on_[i] = true;
    }
    if (ours) read_digests(rule);
  }

  static bool has_custom_docker_manager(const Node& root) {
    for (const std::string_view key : {"customManagers", "regexManagers"}) {
      const Node* const managers = root.find(key);
      if (managers == nullptr) continue;
      for (const Node* const manager : managers->items) {
        const Node* const datasource = manager->find("datasourceTemplate");
        if (datasource != nullptr && datasource->str() == "docker") return true;
      }
    }
    return false;
  }

  UpdateBot& bot_;
  std::array<bool, kDockerManagers.size()> on_{};
};

}  // namespace

void read_renovate(const Node& root, UpdateBot& bot) {
  RenovateReader(bot).read(root);
}

}  // namespace plimsoll
