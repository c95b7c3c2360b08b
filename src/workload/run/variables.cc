#include "workload/run/variables.h"

#include "core/limits.h"

namespace plimsoll::run {
namespace {

/// A longer value is no image, flag or path; it is not worth carrying around.
constexpr std::size_t kValueBytes = 4096;

}  // namespace

void Variables::enter(std::uint16_t depth) {
  while (!scoped_.empty() && scoped_.back().first > depth) {
    const std::string name = std::move(scoped_.back().second);
    scoped_.pop_back();
    forget(name);
  }
}

void Variables::assign(std::string_view name, Argument value, std::uint16_t depth) {
  if (value.text().size() > kValueBytes || !value.partly_known()) {
    forget(name);
    return;
  }
  variables_.insert_or_assign(std::string(name), Variable{std::move(value), true});
  if (depth > 0) scoped_.emplace_back(depth, name);
}

void Variables::forget(std::string_view name) {
  variables_.insert_or_assign(std::string(name), Variable{});
}

void Variables::distrust(std::string_view name) {
  distrusted_.emplace(name);
}

const Argument* Variables::find(std::string_view name) const {
  if (distrusted_.contains(name)) return nullptr;
  const auto found = variables_.find(name);
  if (found == variables_.end()) return outer_ != nullptr ? outer_->find(name) : nullptr;
  return found->second.known ? &found->second.value : nullptr;
}

bool Variables::is_assigned(std::string_view name) const {
  return variables_.find(name) != variables_.end() || distrusted_.contains(name) ||
         (outer_ != nullptr && outer_->is_assigned(name));
}

bool Variables::spend(std::size_t bytes) {
  if (outer_ != nullptr) return outer_->spend(bytes);
  if (spent_ + bytes > limits::kExpandedValueBytes) return false;
  spent_ += bytes;
  return true;
}

}  // namespace plimsoll::run
