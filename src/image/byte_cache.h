#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::image {

/// Bytes by name in a folder of the user's own. What was kept by another version, by another user
/// or was torn is as good as nothing. Everything may fail in silence: a cache only saves time.
/// Several processes may share it.
class ByteCache {
 public:
  ByteCache(std::string folder, std::uint64_t version)
      : folder_(std::move(folder)), version_(version) {}

  /// @param name  64 hexadecimal digits; anything else is never there
  [[nodiscard]] std::optional<std::string> find(std::string_view name) const;
  void keep(std::string_view name, std::string_view bytes) const;
  /// Removes what was not asked for the longest until at most so many bytes are left.
  void shrink(std::uint64_t most_bytes) const;

 private:
  [[nodiscard]] std::string path_of(std::string_view name) const;

  std::string folder_;
  std::uint64_t version_;
};

}  // namespace plimsoll::image
