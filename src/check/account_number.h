#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "check/rule.h"

/// The number behind the name of an account, which Kubernetes needs and Docker takes as well.
namespace plimsoll::check {

/// A useradd or adduser in a RUN.
struct AccountCreation {
  const dockerfile::Instruction* run = nullptr;
  const shell::Command* command = nullptr;
  const shell::Word* user = nullptr;  ///< its name
  const shell::Word* uid = nullptr;   ///< the word that holds the number; null when none is given
  std::string_view number;            ///< "" when there is none, or it is a variable
  explicit operator bool() const { return command != nullptr; }
};

/// The last account that the nearest stage of the target's lineage creates; only those called
/// `name` unless that is empty. Not in a loop over several.
[[nodiscard]] AccountCreation last_creation(const DockerfileView& view, std::string_view name = {});

/// The number of an account that comes with the base image; nothing when not certain.
[[nodiscard]] std::optional<std::string> number_in_base(const StageBase& base,
                                                        std::string_view name);
/// The same of its group.
[[nodiscard]] std::optional<std::string> group_in_base(const StageBase& base,
                                                       std::string_view name);

/// Gives an account that was created without a number this one; nothing when that is no plain edit.
[[nodiscard]] std::optional<Edit> give_number(const DockerfileView& view,
                                              const AccountCreation& creation,
                                              std::string_view number);

}  // namespace plimsoll::check
