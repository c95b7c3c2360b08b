#include <unistd.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "archive/sha256.h"
#include "core/ascii.h"
#include "core/base64.h"
#include "core/file_system.h"
#include "core/path.h"
#include "image/bounded_json.h"
#include "image/image_source.h"
#include "image/made_layout.h"
#include "image/node_field.h"
#include "image/package_file.h"

namespace plimsoll::image::sources {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostListBytes = 64U << 20U;  // of all images, or all layers
constexpr std::size_t kMostDataBytes = 4U << 20U;
constexpr std::size_t kMostConfigurationBytes = 1U << 20U;
constexpr std::size_t kMostLayers = 1024;

std::string text_of(const Json& json, const char* key) {
  if (!json.is_object()) return {};
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Ids are names of folders: nothing else may be one.
bool is_id(std::string_view id) {
  return id.size() == 64 && std::all_of(id.begin(), id.end(), ascii::is_hex);
}

/// The file in which containers/storage keeps a datum (makeBigDataBaseName of its image store).
std::string file_of(const std::string& key) {
  const bool plain = std::all_of(key.begin(), key.end(), [](char c) {
    return c == '.' || ascii::is_digit(c) || ascii::is_lower(c);
  });
  return plain ? key : '=' + encode_base64(key);
}

Result<Json> read_list(const FileSystem& files, const std::string& path) {
  const auto text = files.read(path, kMostListBytes);
  if (!text) return tl::unexpected(text.error());
  auto json = parse_bounded_json(*text);
  if (!json || json->is_array()) return json;
  return fail(ErrorCode::kInvalid, "it is no list", path);
}

/// One store of images, unpacked by the overlay driver.
class Storage {
 public:
  Storage(const FileSystem& files, std::string root) : files_(files), root_(std::move(root)) {}

  Result<FoundImage> find(const std::string& name, const Choice& choice) const {
    const auto images = read_list(files_, path::join(root_, "overlay-images/images.json"));
    if (!images) return tl::unexpected(images.error());
    const Json* entry = entry_of(*images, name);
    if (entry == nullptr) return fail(ErrorCode::kNotFound, "it has no such image", root_);
    const std::string id = text_of(*entry, "id");
    if (!is_id(id)) return fail(ErrorCode::kInvalid, "'" + id + "' is no image's id", root_);
    const std::string folder = path::join(path::join(root_, "overlay-images"), id);
    auto manifest = files_.read(path::join(folder, "manifest"), kMostDataBytes);
    if (!manifest) return tl::unexpected(manifest.error());
    const auto parsed = parse_bounded_json(*manifest);
    if (!parsed) return tl::unexpected(Error(parsed.error()).in("reading its manifest"));
    const Json json = parsed->is_object() ? *parsed : Json::object();
    const std::string config_digest = text_of(json.value("config", Json()), "digest");
    auto config = files_.read(path::join(folder, file_of(config_digest)), kMostDataBytes);
    if (!config) return tl::unexpected(std::move(config).error().in("reading its configuration"));
    // One image may have come with several manifests: its own "digest" may be another one's.
    const std::string digest = archive::sha256_of(*manifest);
    MadeLayout layout(root_, digest);
    layout.add(digest, *std::move(manifest));
    layout.add(config_digest, *std::move(config));
    for (const Json& layer : json.value("layers", Json::array())) {
      const bool sized =
          layer.is_object() && layer.contains("size") && layer["size"].is_number_unsigned();
      layout.add_unpacked(text_of(layer, "digest"), sized ? layer["size"].get<std::uint64_t>() : 0);
    }
    auto image = read_saved_image(layout, {.name = {}, .platform = choice.platform});
    if (!image) return tl::unexpected(image.error());
    image->names = {name};
    if (auto found = add_folders(*image, text_of(*entry, "layer")); !found) {
      return tl::unexpected(found.error());
    }
    FoundImage found;
    found.image = *std::move(image);
    return found;
  }

 private:
  /// By name, else by the beginning of its id.
  static const Json* entry_of(const Json& images, const std::string& name) {
    for (const std::string& wanted : stored_names(name)) {
      for (const Json& image : images) {
        const Json names = image.is_object() ? image.value("names", Json::array()) : Json::array();
        if (names.is_array() && std::find(names.begin(), names.end(), wanted) != names.end()) {
          return &image;
        }
      }
    }
    constexpr std::size_t kShortId = 12;
    for (const Json& image : images) {
      if (name.size() >= kShortId && text_of(image, "id").starts_with(name)) return &image;
    }
    return nullptr;
  }

  /// Goes from the top layer down.
  Result<void> add_folders(SavedImage& image, std::string id) const {
    std::map<std::string, Json> layers;
    const std::string path = path::join(root_, "overlay-layers/layers.json");
    auto list = read_list(files_, path);
    if (!list) return tl::unexpected(list.error());
    for (Json& layer : *list) layers.try_emplace(text_of(layer, "id"), std::move(layer));
    for (std::size_t i = image.layers.size(); i > 0; --i) {
      const auto found = layers.find(id);
      if (found == layers.end() || !is_id(id) || image.layers.size() > kMostLayers) {
        return fail(ErrorCode::kInvalid, "the layer '" + id + "' is missing", path);
      }
      Layer& layer = image.layers[i - 1];
      if (text_of(found->second, "diff-digest") != layer.diff_id) {
        return fail(ErrorCode::kInvalid,
                    "the layer '" + id + "' is not what the image's configuration says", path);
      }
      layer.folder = path::join(root_, "overlay/" + id + "/diff");
      layer.path = layer.folder;
      id = text_of(found->second, "parent");
    }
    return {};
  }

  const FileSystem& files_;
  std::string root_;
};

/// `graphroot` of storage.conf, and where it is when nobody says it.
std::vector<std::string> roots(const FileSystem& files, const ImageRequest& request) {
  std::vector<std::string> roots;
  const std::string home = request.variable("HOME");
  const auto add_configured = [&](const std::string& path) {
    auto text = files.read(path, kMostConfigurationBytes);
    if (!text) return;
    PackageFile file(path, *std::move(text));
    const auto root = file.toml();
    const Node* configured = root ? (*root)->at({"storage", "graphroot"}) : nullptr;
    if (configured != nullptr && !configured->str().empty()) {
      roots.emplace_back(configured->str());
    }
  };
  const std::string named = request.variable("CONTAINERS_STORAGE_CONF");
  if (!named.empty()) add_configured(named);
  if (::geteuid() != 0) {
    if (!home.empty()) add_configured(path::join(home, ".config/containers/storage.conf"));
    const std::string data = request.variable("XDG_DATA_HOME");
    const std::string base = data.empty() ? path::join(home, ".local/share") : data;
    if (!home.empty()) roots.push_back(path::join(base, "containers/storage"));
  } else if (named.empty()) {
    add_configured("/etc/containers/storage.conf");
  }
  roots.emplace_back("/var/lib/containers/storage");
  return roots;
}

/// Why there is no overlay store in a folder.
Error no_store(const FileSystem& files, const std::string& root) {
  for (const char* driver : {"vfs", "btrfs", "zfs", "aufs", "devicemapper"}) {
    if (!files.kind(path::join(root, std::string(driver) + "-images"), true)) continue;
    return fail(ErrorCode::kEnvironment,
                "its layers are kept by the driver " + std::string(driver) +
                    "; only overlay's are read (podman save writes an archive)",
                root)
        .value();
  }
  return fail(ErrorCode::kNotFound, "there is no store", root).value();
}

Result<FoundImage> find(const ImageRequest& request) {
  const DiskFileSystem files;
  const RootedName wanted = rooted_name(request.name);
  if (wanted.name.empty()) return fail(ErrorCode::kUsage, "it names no image", request.name);
  Error none = fail(ErrorCode::kNotFound, "there is no store").value();
  for (const std::string& root :
       wanted.root.empty() ? roots(files, request) : std::vector<std::string>{wanted.root}) {
    const auto there = files.kind(path::join(root, "overlay-images/images.json"), true);
    if (!there && there.error().code == ErrorCode::kNotFound) {
      if (none.code == ErrorCode::kNotFound) none = no_store(files, root);
      continue;
    }
    auto found = Storage(files, root).find(wanted.name, request.choice);
    if (found || found.error().code == ErrorCode::kInvalid) return found;
    none = std::move(found.error());
    if (none.code == ErrorCode::kUnreadable) none.code = ErrorCode::kEnvironment;
  }
  return tl::unexpected(std::move(none));
}

}  // namespace

const ImageSource& containers_storage() {
  static constexpr ImageSource kSource{
      .name = "containers-storage",
      .prefixes = "containers-storage: image:// local://",
      .what = "an image of the storage of podman, buildah, skopeo and CRI-O on this disk",
      .rank = 60,
      .find = find,
  };
  return kSource;
}

}  // namespace plimsoll::image::sources
