#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

namespace plimsoll::advisory {

/// A name, or a regular expression for whole names, which is matched in linear time.
class NamePattern {
 public:
  [[nodiscard]] static NamePattern exact(std::string name);
  /// Of RE2's syntax, which is that of Go. `^` at its begin and `$` at its end say nothing more.
  /// @error kInvalid  no such expression, or one too large
  [[nodiscard]] static Result<NamePattern> expression(std::string text);

  NamePattern(NamePattern&&) noexcept;
  NamePattern& operator=(NamePattern&&) noexcept;
  ~NamePattern();

  [[nodiscard]] bool matches(std::string_view name) const;
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  struct Compiled;
  explicit NamePattern(std::string text);

  std::string text_;
  std::unique_ptr<const Compiled> compiled_;  ///< null: the text is the name
};

}  // namespace plimsoll::advisory
