#include "image/saved_image.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "archive/sha256.h"
#include "core/ascii.h"
#include "image/bounded_json.h"

namespace plimsoll::image {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostJson = 4U << 20U;  // of a manifest, an index or a configuration
constexpr std::size_t kMostLayers = 1024;
constexpr std::size_t kMostManifests = 1024;
constexpr int kMostNesting = 4;

tl::unexpected<Error> invalid(const BlobStore& store, std::string message) {
  return fail(ErrorCode::kInvalid, std::move(message), store.name());
}

/// "" when it is absent or no text.
std::string text_of(const Json& json, const char* key) {
  if (!json.is_object()) return {};
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const Json& member(const Json& json, const char* key) {
  static const Json kNone;
  if (!json.is_object()) return kNone;
  const auto found = json.find(key);
  return found == json.end() ? kNone : *found;
}

Result<Json> parse(const BlobStore& store, std::string_view path, std::string_view text) {
  auto json = parse_bounded_json(text);
  if (json) return json;
  return fail(json.error().code, "'" + std::string(path) + "' is " + json.error().message,
              store.name());
}

/// "blobs/sha256/ab…" of "sha256:ab…"; "" of anything else, which might name another file.
std::string blob_path(std::string_view digest) {
  const std::size_t colon = digest.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view algorithm = digest.substr(0, colon);
  const std::string_view hex = digest.substr(colon + 1);
  const auto is_plain = [](char c) { return ascii::is_alnum(c); };
  if (algorithm.empty() || hex.size() < 32 ||
      !std::all_of(algorithm.begin(), algorithm.end(), is_plain) ||
      !std::all_of(hex.begin(), hex.end(), is_plain)) {
    return {};
  }
  return "blobs/" + std::string(algorithm) + '/' + std::string(hex);
}

/// A small blob whose bytes are what the digest says.
Result<std::string> read_checked(const BlobStore& store, const std::string& digest) {
  const std::string path = blob_path(digest);
  if (path.empty()) return invalid(store, "'" + digest + "' is no digest");
  auto text = read_blob(store, path, kMostJson);
  if (!text) return text;
  if (digest.starts_with("sha256:") && archive::sha256_of(*text) != digest) {
    return invalid(store, "'" + path + "' is not what its digest says");
  }
  return text;
}

Platform platform_of(const Json& json) {
  return {text_of(json, "os"), text_of(json, "architecture"), text_of(json, "variant")};
}

/// What made each layer: the entries of the history that made none are left out.
std::vector<std::string> instructions_of(const Json& config) {
  std::vector<std::string> instructions;
  const Json& history = member(config, "history");
  if (!history.is_array()) return instructions;
  for (const Json& entry : history) {
    if (member(entry, "empty_layer") != true) instructions.push_back(text_of(entry, "created_by"));
  }
  return instructions;
}

/// Adds what the configuration says of the layers: one diff id each.
Result<void> read_config(const BlobStore& store, SavedImage& image) {
  const auto config = parse(store, "the configuration", image.config);
  if (!config) return tl::unexpected(config.error());
  image.platform = platform_of(*config);
  const Json& ids = member(member(*config, "rootfs"), "diff_ids");
  if (!ids.is_array() || ids.size() != image.layers.size()) {
    return invalid(store, "the configuration tells of " +
                              std::to_string(ids.is_array() ? ids.size() : 0) +
                              " layers, the manifest of " + std::to_string(image.layers.size()));
  }
  const std::vector<std::string> instructions = instructions_of(*config);
  for (std::size_t i = 0; i < image.layers.size(); ++i) {
    if (!ids[i].is_string()) return invalid(store, "a diff id is no text");
    image.layers[i].diff_id = ids[i].get<std::string>();
    if (instructions.size() == image.layers.size()) image.layers[i].instruction = instructions[i];
  }
  return {};
}

/// Finds each layer in the store.
Result<void> measure_layers(const BlobStore& store, SavedImage& image) {
  for (Layer& layer : image.layers) {
    const auto size = store.size(layer.path);
    if (!size) return invalid(store, "the layer '" + layer.path + "' is missing");
    layer.size = *size;
  }
  return {};
}

std::string list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "none" : text;
}

/// "docker.io/library/app" and "app" with tags: the shorter spelling.
std::string short_name(std::string_view name) {
  for (const std::string_view prefix : {"docker.io/", "index.docker.io/", "library/"}) {
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  }
  std::string text(name);
  if (text.find(':', text.rfind('/') == std::string::npos ? 0 : text.rfind('/')) ==
      std::string::npos) {
    text += ":latest";
  }
  return text;
}

bool is_named(const std::vector<std::string>& names, std::string_view wanted) {
  return wanted.empty() || std::any_of(names.begin(), names.end(), [&](const std::string& name) {
           return short_name(name) == short_name(wanted);
         });
}

// --- docker-archive
// -------------------------------------------------------------------------------

std::vector<std::string> texts_of(const Json& list) {
  std::vector<std::string> texts;
  if (!list.is_array()) return texts;
  for (const Json& each : list) {
    if (each.is_string()) texts.push_back(each.get<std::string>());
  }
  return texts;
}

Result<SavedImage> read_docker_archive(const BlobStore& store, const Choice& choice) {
  const auto text = read_blob(store, "manifest.json", kMostJson);
  if (!text) return tl::unexpected(text.error());
  const auto manifest = parse(store, "manifest.json", *text);
  if (!manifest) return tl::unexpected(manifest.error());
  if (!manifest->is_array()) return invalid(store, "manifest.json is no list");
  std::vector<std::string> all;
  for (const Json& entry : *manifest) {
    SavedImage image;
    image.names = texts_of(member(entry, "RepoTags"));
    all.insert(all.end(), image.names.begin(), image.names.end());
    if (!is_named(image.names, choice.name)) continue;
    const std::string config = text_of(entry, "Config");
    auto bytes = read_blob(store, config, kMostJson);
    if (!bytes) return tl::unexpected(bytes.error());
    image.config = *std::move(bytes);
    image.config_digest = archive::sha256_of(image.config);
    // The configuration is named by its digest, whatever stands around it.
    const std::string hex = image.config_digest.substr(7);
    const bool says_digest = config.size() >= 64 && config.find('/') == std::string::npos;
    if (says_digest && !config.starts_with(hex)) {
      return invalid(store, "'" + config + "' is not what its digest says");
    }
    const std::vector<std::string> layers = texts_of(member(entry, "Layers"));
    if (layers.size() > kMostLayers) return invalid(store, "too many layers");
    for (const std::string& path : layers) image.layers.push_back({.path = path});
    if (auto read = read_config(store, image); !read) return tl::unexpected(read.error());
    if (auto found = measure_layers(store, image); !found) return tl::unexpected(found.error());
    if (!image.platform.matches(choice.platform)) continue;
    return image;
  }
  return fail(ErrorCode::kNotFound, "no such image; there is: " + list(all), store.name());
}

// --- OCI layout
// -----------------------------------------------------------------------------------

class OciLayout {
 public:
  OciLayout(const BlobStore& store, const Choice& choice) : store_(store), choice_(choice) {}

  Result<SavedImage> read() {
    const auto text = read_blob(store_, "index.json", kMostJson);
    if (!text) return tl::unexpected(text.error());
    auto index = parse(store_, "index.json", *text);
    if (!index) return tl::unexpected(index.error());
    return choose(*index);
  }

 private:
  /// Goes through indexes of indexes, breadth first.
  Result<SavedImage> choose(const Json& index) {
    std::vector<std::pair<Json, std::vector<std::string>>> indexes{{index, {}}};
    for (int depth = 0; depth < kMostNesting && !indexes.empty(); ++depth) {
      std::vector<std::pair<Json, std::vector<std::string>>> deeper;
      for (const auto& [each, names] : indexes) {
        auto image = search(each, names, deeper);
        if (!image) return tl::unexpected(image.error());
        if (*image) return **std::move(image);
      }
      indexes = std::move(deeper);
    }
    return fail(ErrorCode::kNotFound, "no such image; there is: " + list(seen_), store_.name());
  }

  Result<std::optional<SavedImage>> search(
      const Json& index, const std::vector<std::string>& outer,
      std::vector<std::pair<Json, std::vector<std::string>>>& deeper) {
    const Json& manifests = member(index, "manifests");
    if (!manifests.is_array()) return invalid(store_, "an index without manifests");
    if (manifests.size() > kMostManifests || deeper.size() > kMostManifests) {
      return invalid(store_, "too many manifests");
    }
    for (const Json& descriptor : manifests) {
      std::vector<std::string> names = names_of(descriptor, outer);
      if (!is_named(names, choice_.name) || is_attestation(descriptor)) continue;
      const Json& said = member(descriptor, "platform");
      if (said.is_object() && !platform_of(said).matches(choice_.platform)) {
        seen_.push_back(platform_of(said).to_string());
        continue;
      }
      const std::string digest = text_of(descriptor, "digest");
      // Docker keeps the index of all platforms and the blobs of one.
      if (const std::string path = blob_path(digest); !path.empty() && !store_.has(path)) continue;
      const auto text = read_checked(store_, digest);
      if (!text) return tl::unexpected(text.error());
      auto manifest = parse(store_, digest, *text);
      if (!manifest) return tl::unexpected(manifest.error());
      const bool has_layers = manifest->contains("layers");
      const bool has_manifests = manifest->contains("manifests");
      // Of one that claims to be both, tools would see different images.
      if (has_layers == has_manifests) {
        return invalid(store_, "'" + digest + "' is neither a manifest nor an index, or both");
      }
      if (has_manifests) {
        deeper.emplace_back(*std::move(manifest), std::move(names));
        continue;
      }
      auto image = image_of(*manifest, digest, std::move(names));
      if (!image) return tl::unexpected(image.error());
      if (image->platform.matches(choice_.platform)) return std::optional(*std::move(image));
      seen_.push_back(image->platform.to_string());
    }
    return std::optional<SavedImage>();
  }

  Result<SavedImage> image_of(const Json& manifest, const std::string& digest,
                              std::vector<std::string> names) {
    SavedImage image{.names = std::move(names), .digest = digest};
    const Json& annotations = member(manifest, "annotations");
    if (annotations.is_object()) {
      for (const auto& [key, value] : annotations.items()) {
        if (value.is_string()) image.annotations[key] = value.get<std::string>();
      }
    }
    image.config_digest = text_of(member(manifest, "config"), "digest");
    auto config = read_checked(store_, image.config_digest);
    if (!config) return tl::unexpected(config.error());
    image.config = *std::move(config);
    const Json& layers = member(manifest, "layers");
    if (!layers.is_array()) return invalid(store_, "a manifest whose layers are no list");
    if (layers.size() > kMostLayers) return invalid(store_, "too many layers");
    for (const Json& layer : layers) {
      Layer one{.digest = text_of(layer, "digest")};
      one.path = blob_path(one.digest);
      if (one.path.empty()) return invalid(store_, "a layer has no digest");
      image.layers.push_back(std::move(one));
    }
    if (auto read = read_config(store_, image); !read) return tl::unexpected(read.error());
    if (auto found = measure_layers(store_, image); !found) return tl::unexpected(found.error());
    return image;
  }

  static std::vector<std::string> names_of(const Json& descriptor,
                                           const std::vector<std::string>& outer) {
    std::vector<std::string> names = outer;
    const Json& notes = member(descriptor, "annotations");
    for (const char* key : {"io.containerd.image.name", "org.opencontainers.image.ref.name"}) {
      if (std::string name = text_of(notes, key); !name.empty()) names.push_back(std::move(name));
    }
    return names;
  }

  /// BuildKit keeps its attestations beside the images, as images of no platform.
  static bool is_attestation(const Json& descriptor) {
    return text_of(member(descriptor, "annotations"), "vnd.docker.reference.type") ==
           "attestation-manifest";
  }

  const BlobStore& store_;
  const Choice& choice_;
  std::vector<std::string> seen_;
};

}  // namespace

std::string Platform::to_string() const {
  std::string text = os + '/' + architecture;
  if (!variant.empty()) text += '/' + variant;
  return text;
}

bool Platform::matches(const Platform& wanted) const {
  const auto fits = [](const std::string& own, const std::string& other) {
    return other.empty() || own.empty() || own == other;
  };
  return fits(os, wanted.os) && fits(architecture, wanted.architecture) &&
         fits(variant, wanted.variant);
}

Result<Platform> parse_platform(std::string_view text) {
  const std::vector<std::string_view> parts = ascii::split(text, '/');
  const bool empty =
      std::any_of(parts.begin(), parts.end(), [](std::string_view part) { return part.empty(); });
  if (parts.size() > 3 || empty) {
    return fail(ErrorCode::kUsage,
                "'" + std::string(text) + "' is no platform such as linux/amd64");
  }
  Platform platform;
  // One word alone is the architecture: images are nearly all of Linux.
  if (parts.size() == 1) {
    platform.architecture = parts[0];
    return platform;
  }
  platform.os = parts[0];
  platform.architecture = parts[1];
  if (parts.size() == 3) platform.variant = parts[2];
  return platform;
}

Result<SavedImage> read_saved_image(const BlobStore& store, const Choice& choice) {
  if (store.has("index.json") && store.has("oci-layout")) return OciLayout(store, choice).read();
  if (store.has("manifest.json")) return read_docker_archive(store, choice);
  return invalid(store,
                 "neither a docker-archive nor an OCI layout: it has no manifest.json and "
                 "no index.json");
}

}  // namespace plimsoll::image
