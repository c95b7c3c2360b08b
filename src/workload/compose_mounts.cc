#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "core/ascii.h"
#include "core/path.h"
#include "workload/compose_values.h"

namespace plimsoll::compose {
namespace {

constexpr std::array<std::string_view, 6> kPropagations = {"rprivate", "private", "rshared",
                                                           "shared",   "rslave",  "slave"};
constexpr std::string_view kEngineSocket = "/var/run/docker.sock";

bool is_drive(std::string_view path) {
  return path.size() >= 2 && ascii::is_alpha(path[0]) && path[1] == ':';
}

void append_option(std::string& options, std::string_view option) {
  if (option.empty()) return;
  if (!options.empty()) options += ',';
  options += option;
}

void apply_options(Mount& mount, std::string_view options) {
  for (const std::string_view option : split_fields(options, ',')) {
    if (option == "ro" || option == "readonly") {
      mount.read_only = true;
    } else if (option == "rw") {
      mount.read_only = false;
    } else if (std::find(kPropagations.begin(), kPropagations.end(), option) !=
               kPropagations.end()) {
      mount.propagation = option;
    } else {
      append_option(mount.options, option);
    }
  }
}

/// Fields between colons, but the colon of a drive letter belongs to its path.
std::vector<std::string> mount_fields(std::string_view text) {
  std::vector<std::string> fields;
  bool after_drive = false;
  for (const std::string_view piece : split_fields(text, ':')) {
    if (after_drive) {
      fields.back() += ':';
      fields.back() += piece;
    } else {
      fields.emplace_back(piece);
    }
    after_drive = !after_drive && piece.size() == 1 && ascii::is_alpha(piece[0]);
  }
  return fields;
}

Mount::Type type_of(std::string_view word, std::string_view source) {
  if (word == "bind") return Mount::Type::kBind;
  if (word == "volume") return Mount::Type::kVolume;
  if (word == "tmpfs") return Mount::Type::kTmpfs;
  if (word.empty()) return is_host_path(source) ? Mount::Type::kBind : Mount::Type::kVolume;
  return Mount::Type::kOther;  // npipe, cluster, image
}

/// Reads one mapping of `volumes:`, `secrets:` or `configs:`.
class LongMount {
 public:
  LongMount(Reader& reader, const Layer& layer) : reader_(reader), entry_(layer) {}

  [[nodiscard]] std::string text(std::initializer_list<std::string_view> keys) {
    const Setting setting = entry_.at(keys);
    const Layer* const layer = setting.strongest();
    if (layer == nullptr) return {};
    Text text = reader_.text(*layer);
    known_ &= text.known;
    return std::move(text.value);
  }

  [[nodiscard]] Mount mount() {
    Mount mount;
    mount.source = text({"source"});
    mount.target = text({"target"});
    mount.type = type_of(text({"type"}), mount.source);
    mount.propagation = text({"bind", "propagation"});
    mount.known = known_;  // what follows says nothing about which files are shared
    const Value<bool> read_only = reader_.boolean(entry_.at("read_only"));
    mount.read_only = read_only.value;
    append_option(mount.options, text({"bind", "selinux"}));
    named_option(mount, "size");
    named_option(mount, "mode");
    return mount;
  }

  [[nodiscard]] bool known() const { return known_; }

 private:
  void named_option(Mount& mount, std::string_view name) {
    const std::string value = text({"tmpfs", name});
    if (!value.empty()) append_option(mount.options, std::string(name) + '=' + value);
  }

  Reader& reader_;
  Setting entry_;
  bool known_ = true;
};

/// A later mount on the same target replaces the earlier one.
class UniqueMounts {
 public:
  void put(Mount mount) {
    const auto [at, is_new] = index_.try_emplace(mount.target, mounts_.size());
    if (is_new || mount.target.empty()) {
      mounts_.push_back(std::move(mount));
    } else {
      mounts_[at->second] = std::move(mount);
    }
  }
  [[nodiscard]] std::vector<Mount> take() { return std::move(mounts_); }

 private:
  std::vector<Mount> mounts_;
  std::unordered_map<std::string, std::size_t> index_;
};

/// A volume of the local driver with the option `o: bind` is a bind mount in disguise.
void unmask_bind(const Reader& reader, Mount& mount) {
  if (mount.type != Mount::Type::kVolume) return;
  const std::string* const device = reader.bind_volume(mount.source);
  if (device == nullptr) return;
  mount.type = Mount::Type::kBind;
  mount.volume = std::exchange(mount.source, *device);
}

Mount volume_mount(Reader& reader, const Layer& element) {
  Mount mount;
  if (element.node->is_mapping()) {
    mount = LongMount(reader, element).mount();
  } else {
    const Text text = reader.text(element);
    mount = parse_mount(text.value);
    mount.known = text.known;
  }
  if (mount.type == Mount::Type::kBind) {
    mount.source = resolve_host_path(element.scope->folder, mount.source);
  }
  if (mount.target.starts_with('/')) mount.target = path::normalize(mount.target);
  mount.place = element.place();
  mount.read_only_settable = mount.type != Mount::Type::kTmpfs && mount.type != Mount::Type::kOther;
  return mount;
}

struct FileMount {
  std::string name;
  Mount mount;
};

/// An element of `secrets:` or `configs:`.
FileMount file_mount(Reader& reader, const Layer& element, Mount::Type type,
                     std::string_view folder) {
  FileMount file;
  Mount& mount = file.mount;
  if (element.node->is_mapping()) {
    LongMount entry(reader, element);
    file.name = entry.text({"source"});
    mount.target = entry.text({"target"});
    mount.known = entry.known();
  } else {
    Text text = reader.text(element);
    file.name = std::move(text.value);
    mount.known = text.known;
  }
  mount.type = type;
  mount.source = file.name;
  if (mount.target.empty()) mount.target = file.name;
  if (!mount.target.starts_with('/')) mount.target = std::string(folder) + mount.target;
  mount.read_only = true;
  mount.read_only_settable = false;
  mount.place = element.place();
  return file;
}

}  // namespace

bool is_host_path(std::string_view source) {
  if (source.empty()) return false;
  if (source[0] == '.' || source[0] == '/' || source[0] == '~') return true;
  // What a variable in front stands for cannot be known; it is a path far more often than a name.
  return source.starts_with("\\\\") || source.starts_with("${") || is_drive(source);
}

std::string resolve_host_path(std::string_view folder, std::string_view path) {
  const bool is_elsewhere =
      path.starts_with('~') || path.starts_with('\\') || is_drive(path) || path.starts_with("${");
  if (path.empty() || is_elsewhere) return std::string(path);
  return path::join(folder, path);
}

Mount parse_mount(std::string_view text) {
  Mount mount;
  const std::vector<std::string> fields = mount_fields(text);
  if (fields.size() == 1) {
    mount.type = Mount::Type::kVolume;
    mount.target = fields[0];
    return mount;
  }
  mount.source = fields[0];
  mount.target = fields[1];
  for (std::size_t i = 2; i < fields.size(); ++i) apply_options(mount, fields[i]);
  mount.type = is_host_path(mount.source) ? Mount::Type::kBind : Mount::Type::kVolume;
  return mount;
}

Mount parse_tmpfs(std::string_view text) {
  Mount mount;
  mount.type = Mount::Type::kTmpfs;
  const std::size_t colon = find_separator(text, ":");
  mount.target = text.substr(0, colon);
  if (colon != std::string_view::npos) apply_options(mount, text.substr(colon + 1));
  mount.read_only_settable = false;
  return mount;
}

std::vector<Mount> read_mounts(Reader& reader, const Setting& service, std::vector<Mount>& tmpfs) {
  UniqueMounts mounts;
  for (const Layer& element : reader.elements(service.at("volumes"))) {
    if (element.node->is_sequence() || element.node->is_null()) {
      reader.problem(element.place(), "a volume must be a string or a mapping");
      continue;
    }
    Mount mount = volume_mount(reader, element);
    unmask_bind(reader, mount);
    mounts.put(std::move(mount));
  }
  for (const Layer& element : reader.elements(service.at("secrets"))) {
    mounts.put(file_mount(reader, element, Mount::Type::kSecret, "/run/secrets/").mount);
  }
  for (const Layer& element : reader.elements(service.at("configs"))) {
    mounts.put(file_mount(reader, element, Mount::Type::kConfig, "/").mount);
  }
  const Value<bool> socket = reader.boolean(service.at("use_api_socket"));
  if (socket.value) {
    Mount mount;
    mount.source = mount.target = kEngineSocket;
    mount.read_only_settable = false;
    mount.place = socket.place;
    mounts.put(std::move(mount));
  }
  std::vector<Mount> all = mounts.take();
  const auto memory = std::stable_partition(
      all.begin(), all.end(), [](const Mount& mount) { return mount.type != Mount::Type::kTmpfs; });
  tmpfs.insert(tmpfs.end(), std::make_move_iterator(memory), std::make_move_iterator(all.end()));
  all.erase(memory, all.end());
  return all;
}

std::vector<Mount> read_tmpfs(Reader& reader, const Setting& service) {
  UniqueMounts mounts;
  for (const Layer& element : reader.elements(service.at("tmpfs"))) {
    if (!element.node->is_scalar()) {
      reader.problem(element.place(), "an entry of 'tmpfs' must be a string");
      continue;
    }
    const Text text = reader.text(element);
    Mount mount = parse_tmpfs(text.value);
    mount.known = text.known;
    mount.place = element.place();
    mounts.put(std::move(mount));
  }
  return mounts.take();
}

Items read_secrets(Reader& reader, const Setting& service) {
  Items items;
  const Setting secrets = service.at("secrets");
  const Layer* const strongest = secrets.strongest();
  if (strongest == nullptr) return items;
  items.place = strongest->place();
  items.origin = origin_of(*strongest);
  for (const Layer& element : reader.elements(secrets)) {
    FileMount file = file_mount(reader, element, Mount::Type::kSecret, "/run/secrets/");
    if (!file.mount.known) items.origin = Origin::kUnknown;
    items.items.push_back({std::move(file.name), element.place()});
  }
  return items;
}

}  // namespace plimsoll::compose
