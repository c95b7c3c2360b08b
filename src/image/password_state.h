#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::image {

/// Makes "root:locked" of each line of etc/shadow while it passes: what the password is was never
/// kept. "empty" lets everybody in, "locked" nobody, "set" whoever knows it. Source: shadow(5).
class PasswordStates {
 public:
  explicit PasswordStates(std::string& into) : into_(into) {}

  void piece(std::string_view bytes);

 private:
  enum class Field : std::uint8_t { kName, kPassword, kRest };
  void end_name();
  void end_password(std::string_view state);

  std::string& into_;
  std::string name_;
  Field field_ = Field::kName;
};

}  // namespace plimsoll::image
