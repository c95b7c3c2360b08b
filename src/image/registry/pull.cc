#include "image/registry/pull.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "archive/sha256.h"
#include "image/bounded_json.h"
#include "image/own_platform.h"
#include "image/registry/blob_stream.h"

namespace plimsoll::image::registry {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostManifestBytes = 4U << 20U;
constexpr std::size_t kMostManifests = 1024;
constexpr std::size_t kMostLayers = 1024;
constexpr int kMostNesting = 4;
constexpr const char* kAccept =
    "Accept: application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.docker.distribution.manifest.v2+json";

std::string text_of(const Json& json, const char* key) {
  if (!json.is_object()) return {};
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

struct Manifest {
  std::string digest;
  std::string bytes;
  Json json;
};

struct Blob {
  std::string bytes;   ///< what is here already
  std::string digest;  ///< "": all of it is
  std::uint64_t size = 0;
};

class RemoteStore final : public BlobStore {
 public:
  RemoteStore(std::unique_ptr<Session> session, std::shared_ptr<const Surroundings> surroundings,
              std::string name)
      : surroundings_(std::move(surroundings)),
        session_(std::move(session)),
        name_(std::move(name)) {}

  void add_bytes(const std::string& path, std::string bytes) {
    const std::uint64_t size = bytes.size();
    blobs_[path] = {std::move(bytes), {}, size};
  }
  void add_remote(const std::string& digest, std::uint64_t size) {
    blobs_.try_emplace("blobs/sha256/" + digest.substr(7), Blob{{}, digest, size});
  }

  bool has(std::string_view path) const override { return blobs_.find(path) != blobs_.end(); }
  std::optional<std::uint64_t> size(std::string_view path) const override {
    const auto found = blobs_.find(path);
    return found == blobs_.end() ? std::nullopt : std::optional(found->second.size);
  }
  Result<std::unique_ptr<archive::ByteStream>> open(std::string_view path) const override {
    const auto found = blobs_.find(path);
    if (found == blobs_.end()) {
      return fail(ErrorCode::kNotFound, "it has no '" + std::string(path) + "'", name_);
    }
    const Blob& blob = found->second;
    if (blob.digest.empty()) return archive::memory_stream(blob.bytes);
    return blob_stream(*session_, blob.digest, blob.size);
  }
  const std::string& name() const override { return name_; }

 private:
  std::shared_ptr<const Surroundings> surroundings_;  // shared by all stores of one search
  std::unique_ptr<Session> session_;
  std::string name_;
  std::map<std::string, Blob, std::less<>> blobs_;
};

/// One search at one registry.
class Pull {
 public:
  Pull(Session& session, const Reference& reference, const Platform& wanted)
      : session_(session), reference_(reference), wanted_(wanted) {}

  /// The manifest of the one image.
  Result<Manifest> find() {
    auto manifest = fetch(reference_.digest.empty() ? reference_.tag : reference_.digest);
    for (int depth = 0; manifest && manifest->json.contains("manifests"); ++depth) {
      if (depth == kMostNesting) return invalid("indexes within indexes within indexes");
      const auto digest = choose(manifest->json["manifests"]);
      if (!digest) return tl::unexpected(digest.error());
      manifest = fetch(*digest);
    }
    return manifest;
  }

 private:
  Result<Manifest> fetch(const std::string& what) {
    auto answer = session_.get("manifests/" + what, {kAccept});
    if (!answer) return tl::unexpected(answer.error());
    auto body = http::read_body(**answer, kMostManifestBytes);
    if (!body) return tl::unexpected(http::to_error(body.error(), session_.endpoint().host));
    Manifest manifest{.digest = archive::sha256_of(*body), .bytes = {}, .json = {}};
    const std::string said = (*answer)->header("Docker-Content-Digest");
    if ((is_sha256(what) && what != manifest.digest) ||
        (is_sha256(said) && said != manifest.digest)) {
      return invalid("the manifest is not what its digest says");
    }
    auto parsed = parse_bounded_json(*body);
    if (!parsed) return invalid("the manifest is " + parsed.error().message);
    manifest.json = *std::move(parsed);
    manifest.bytes = *std::move(body);
    const Json& json = manifest.json;
    if (!json.is_object()) return invalid("the manifest is no object");
    if (json.contains("schemaVersion") && json["schemaVersion"] == 1) {
      return invalid(
          "its manifest is of schema 1, which names no configuration (deprecated since 2017: "
          "pull and push it with a current tool)");
    }
    // Of one that claims to be both, tools would see different images.
    if (json.contains("layers") == json.contains("manifests")) {
      return invalid("what it has is neither an image nor an index of images");
    }
    return manifest;
  }

  /// Of an index, the digest of the manifest for the platform.
  Result<std::string> choose(const Json& manifests) {
    if (!manifests.is_array()) return invalid("an index without manifests");
    if (manifests.size() > kMostManifests) {
      return fail(ErrorCode::kLimit, "too many manifests", session_.endpoint().host);
    }
    const bool is_free = wanted_.os.empty() && wanted_.architecture.empty();
    const Platform wanted = is_free ? own_platform() : wanted_;
    std::vector<std::string> digests;
    std::string there;
    for (const Json& each : manifests) {
      const Json platform = each.is_object() ? each.value("platform", Json()) : Json();
      const Platform own{text_of(platform, "os"), text_of(platform, "architecture"),
                         text_of(platform, "variant")};
      if (own.os == "unknown") continue;  // an attestation of BuildKit
      const std::string digest = text_of(each, "digest");
      if (!is_sha256(digest)) return invalid("'" + digest + "' is no sha256 digest");
      if (own.matches(wanted)) return digest;
      digests.push_back(digest);
      there += (there.empty() ? "" : ", ") + own.to_string();
    }
    // There is no other to mix it up with.
    if (is_free && digests.size() == 1) return digests.front();
    return fail(ErrorCode::kNotFound,
                "it is not there for " + wanted.to_string() +
                    ", but for: " + (there.empty() ? "none" : there) + " (--platform)",
                session_.endpoint().host);
  }

  [[nodiscard]] tl::unexpected<Error> invalid(std::string message) const {
    return fail(ErrorCode::kInvalid, std::move(message), session_.endpoint().host);
  }

  Session& session_;
  const Reference& reference_;
  const Platform& wanted_;
};

/// Adds what a descriptor names.
Result<void> add_blob(RemoteStore& store, const Json& descriptor) {
  const std::string digest = text_of(descriptor, "digest");
  if (!is_sha256(digest)) {
    return fail(ErrorCode::kInvalid, "'" + digest + "' is no sha256 digest", store.name());
  }
  const auto size = descriptor.find("size");
  if (size == descriptor.end() || !size->is_number_unsigned()) {
    return fail(ErrorCode::kInvalid, "the manifest tells no size of '" + digest + "'",
                store.name());
  }
  store.add_remote(digest, size->get<std::uint64_t>());
  return {};
}

/// What an OCI layout of this one image holds.
Result<void> fill(RemoteStore& store, Manifest manifest, const std::string& name) {
  const Json& json = manifest.json;
  const Json& layers = json["layers"];
  if (!layers.is_array() || layers.size() > kMostLayers) {
    return fail(ErrorCode::kInvalid, "its layers are no list, or too many", store.name());
  }
  const Json config = json.value("config", Json::object());
  if (!config.is_object())
    return fail(ErrorCode::kInvalid, "it has no configuration", store.name());
  // OCI 1.1 keeps signatures, SBOMs and charts as if they were images.
  if (std::string type = text_of(json, "artifactType"); !type.empty()) {
    std::replace_if(
        type.begin(), type.end(), [](char c) { return c < ' ' || c == 0x7F; }, ' ');
    return fail(ErrorCode::kInvalid, "it is no image but an artifact: " + type.substr(0, 100),
                store.name());
  }
  if (auto added = add_blob(store, config); !added) return added;
  for (const Json& layer : layers) {
    // Where `urls` say that a layer is elsewhere, nobody goes there.
    if (!layer.is_object()) return fail(ErrorCode::kInvalid, "a layer is no object", store.name());
    if (auto added = add_blob(store, layer); !added) return added;
  }
  const Json descriptor{{"mediaType", text_of(json, "mediaType")},
                        {"digest", manifest.digest},
                        {"size", manifest.bytes.size()},
                        {"annotations", {{"io.containerd.image.name", name}}}};
  const Json index{{"schemaVersion", 2}, {"manifests", Json::array({descriptor})}};
  store.add_bytes("oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
  store.add_bytes("index.json", index.dump());
  store.add_bytes("blobs/sha256/" + manifest.digest.substr(7), std::move(manifest.bytes));
  return {};
}

}  // namespace

Result<std::unique_ptr<BlobStore>> open_remote(const Reference& reference,
                                               const std::vector<Endpoint>& endpoints,
                                               const Platform& wanted,
                                               std::shared_ptr<const Surroundings> surroundings) {
  Error none;
  std::string mirrors;  // what each of them said
  for (const Endpoint& endpoint : endpoints) {
    auto session = std::make_unique<Session>(endpoint, *surroundings);
    auto manifest = Pull(*session, reference, wanted).find();
    if (!manifest) {
      none = std::move(manifest.error());
      if (&endpoint != &endpoints.back()) mirrors += endpoint.host + ": " + none.message + "; ";
      continue;
    }
    auto store =
        std::make_unique<RemoteStore>(std::move(session), surroundings, reference.to_string());
    auto filled = fill(*store, *std::move(manifest), reference.to_string());
    if (!filled) return tl::unexpected(filled.error());
    return store;
  }
  none.message.insert(0, mirrors);
  return tl::unexpected(std::move(none));
}

}  // namespace plimsoll::image::registry
