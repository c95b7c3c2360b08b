#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "image/blob_store.h"

namespace plimsoll::image {

/// An OCI layout of one image for stores that keep their blobs in another way, so that there is one
/// reader of images.
class MadeLayout final : public BlobStore {
 public:
  /// @param name    for messages
  /// @param digest  of the image's manifest or index
  MadeLayout(std::string name, const std::string& digest);

  void add(const std::string& digest, std::string bytes);
  /// Known by its size only: it cannot be opened.
  void add_unpacked(const std::string& digest, std::uint64_t size);
  /// Where everything is that was not added.
  void set_rest(std::unique_ptr<BlobStore> rest) { rest_ = std::move(rest); }

  [[nodiscard]] bool has(std::string_view path) const override;
  [[nodiscard]] Result<std::unique_ptr<archive::ByteStream>> open(
      std::string_view path) const override;
  [[nodiscard]] std::optional<std::uint64_t> size(std::string_view path) const override;
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  std::string name_;
  std::map<std::string, std::string, std::less<>> files_;
  std::map<std::string, std::uint64_t, std::less<>> unpacked_;
  std::unique_ptr<BlobStore> rest_;
};

/// A store's root may stand before the name: "[/var/lib/containerd]app:1", "[overlay@/a+/b]app:1".
struct RootedName {
  std::string root;  ///< "" when it is not said
  std::string name;
};
[[nodiscard]] RootedName rooted_name(std::string_view text);

/// Spellings under which stores keep what people call `name`: "app:1", "docker.io/library/app:1",
/// "localhost/app:1".
[[nodiscard]] std::vector<std::string> stored_names(const std::string& name);

}  // namespace plimsoll::image
