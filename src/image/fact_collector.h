#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "image/content_reader.h"
#include "image/password_state.h"

namespace plimsoll::image {

/// Keeps the few small files that say what an image is: its release, its accounts, its package
/// sources, which files packages of dpkg and pacman own and where libraries are looked for. Of etc/shadow only
/// who has a password is kept, and no hash of etc/passwd.
class FactCollector final : public ContentReader {
 public:
  explicit FactCollector(std::map<std::string, std::string, std::less<>>& into) : into_(into) {}

  bool begin(const Entry& entry, std::string_view head) override;
  void piece(std::string_view bytes) override;
  void end(const Entry& entry, bool whole) override;

 private:
  std::map<std::string, std::string, std::less<>>& into_;
  std::string* kept_ = nullptr;
  std::optional<PasswordStates> passwords_;  ///< reads what comes, where it must not be kept
};

/// Whether a path is that of a fact.
[[nodiscard]] bool is_fact(std::string_view path);

}  // namespace plimsoll::image
