#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workload/run/argument.h"

namespace plimsoll::run {

/// What a script's variables are known to hold at the command being read: simple data flow, from
/// `NAME=literal` down. What a branch or loop assigns is forgotten when it ends.
class Variables {
 public:
  Variables() = default;
  /// Starts with what `outer` knows, without changing it.
  explicit Variables(Variables* outer) : outer_(outer) {}

  /// A command that is nested `depth` deep follows.
  void enter(std::uint16_t depth);
  void assign(std::string_view name, Argument value, std::uint16_t depth = 0);
  /// Assigned, but as something that cannot be known.
  void forget(std::string_view name);
  /// Never to be believed again: a loop's variable.
  void distrust(std::string_view name);

  /// Null when it is not known, be it never assigned or assigned from elsewhere.
  [[nodiscard]] const Argument* find(std::string_view name) const;
  /// Assigned in this script, known or not: a default of ${NAME:-x} would not be taken then.
  [[nodiscard]] bool is_assigned(std::string_view name) const;
  /// Counts substituted bytes; false when the script used up its share, so that a short script
  /// cannot unfold into a huge one.
  [[nodiscard]] bool spend(std::size_t bytes);

 private:
  struct Variable {
    Argument value;
    bool known = false;
  };
  Variables* outer_ = nullptr;
  std::map<std::string, Variable, std::less<>> variables_;
  std::set<std::string, std::less<>> distrusted_;
  std::vector<std::pair<std::uint16_t, std::string>> scoped_;
  std::size_t spent_ = 0;
};

}  // namespace plimsoll::run
