#include "advisory/name_pattern.h"

#include <re2/re2.h>

#include <utility>

#include "core/limits.h"

namespace plimsoll::advisory {
namespace {

re2::RE2::Options options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(static_cast<std::int64_t>(limits::kIgnorePatternBytes));
  return options;
}

}  // namespace

struct NamePattern::Compiled {
  explicit Compiled(const std::string& text) : expression(text, options()) {}
  re2::RE2 expression;
};

NamePattern::NamePattern(std::string text) : text_(std::move(text)) {}
NamePattern::NamePattern(NamePattern&&) noexcept = default;
NamePattern& NamePattern::operator=(NamePattern&&) noexcept = default;
NamePattern::~NamePattern() = default;

NamePattern NamePattern::exact(std::string name) {
  return NamePattern(std::move(name));
}

Result<NamePattern> NamePattern::expression(std::string text) {
  NamePattern pattern(std::move(text));
  if (pattern.text_.size() > limits::kPathPatternBytes) {
    return fail(ErrorCode::kInvalid, "this regular expression is too long");
  }
  // Most are plain names, of which RE2 need not know.
  if (pattern.text_.find_first_of("\\^$.|?*+()[]{}") == std::string::npos) return pattern;
  auto compiled = std::make_unique<Compiled>(pattern.text_);
  if (!compiled->expression.ok()) {
    return fail(ErrorCode::kInvalid,
                "this is no regular expression: " + compiled->expression.error());
  }
  pattern.compiled_ = std::move(compiled);
  return pattern;
}

bool NamePattern::matches(std::string_view name) const {
  if (compiled_ == nullptr) return name == text_;
  return re2::RE2::FullMatch({name.data(), name.size()}, compiled_->expression);
}

}  // namespace plimsoll::advisory
