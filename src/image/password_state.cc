#include "image/password_state.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kLongestName = 256;

}  // namespace

void PasswordStates::end_name() {
  field_ = name_.empty() ? Field::kRest : Field::kPassword;
}

void PasswordStates::end_password(std::string_view state) {
  into_ += name_;
  into_ += ':';
  into_ += state;
  into_ += '\n';
  field_ = Field::kRest;
}

void PasswordStates::piece(std::string_view bytes) {
  for (const char c : bytes) {
    switch (field_) {
      case Field::kName:
        if (c == ':') {
          end_name();
        } else if (c == '\n') {
          name_.clear();
        } else if (name_.size() < kLongestName) {
          name_ += c;
        }
        continue;
      case Field::kPassword:
        // Its first character decides: no hash begins with either mark.
        end_password(c == ':' || c == '\n' ? "empty" : c == '!' || c == '*' ? "locked" : "set");
        [[fallthrough]];
      case Field::kRest:
        if (c != '\n') continue;
        name_.clear();
        field_ = Field::kName;
    }
  }
}

}  // namespace plimsoll::image
