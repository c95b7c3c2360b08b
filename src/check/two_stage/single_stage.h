#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"

/// A stage that builds an application and then runs it, as far as splitting it is concerned.
namespace plimsoll::check::two_stage {

/// What a RUN is for.
enum class Role : std::uint8_t {
  kBuild,     ///< makes something below the application's folder, or nothing that lasts
  kPackages,  ///< installs packages and nothing else
  kAccounts,  ///< creates users and folders of theirs and nothing else
  kOther,     ///< anything else: the reason says what
};

struct Step {
  const dockerfile::Instruction* run = nullptr;
  Role role = Role::kBuild;
  std::string reason;  ///< of kOther
  bool makes_folders = false;
  bool installs = false;  ///< packages, besides what it is for
};

using Words = std::vector<std::string_view>;

struct SingleStage {
  const DockerfileView& view;
  const dockerfile::Stage& stage;
  const StageBase& base;  ///< with a reference
  const RuleOptions& options;
  std::string image;    ///< familiar name of the base
  std::string workdir;  ///< where it starts; "" when that is not certain
  std::string root;     ///< the WORKDIR that holds all others; "" when there is none such
  std::vector<std::string> folders;  ///< every WORKDIR
  /// What ENTRYPOINT and CMD start, without an init before it. Several for `a && b`.
  std::vector<Words> starts;
  bool starts_by_shell = false;
  const dockerfile::Instruction* healthcheck = nullptr;

  /// Without its FROM.
  [[nodiscard]] std::span<const dockerfile::Instruction> instructions() const {
    return view.file.of(stage).subspan(1);
  }
  [[nodiscard]] std::string_view tag() const { return base.reference->tag; }
  /// `path` is the application's: below a WORKDIR that is none of the system's folders.
  [[nodiscard]] bool owns(std::string_view path) const;
};

/// Calls visit(run, command) for the commands of each RUN in turn.
template <class Visit>
void for_each_command(const SingleStage& stage, Visit visit) {
  for (const dockerfile::Instruction& instruction : stage.instructions()) {
    if (instruction.keyword != dockerfile::Keyword::kRun) continue;
    for (const shell::Command& command : instruction.script.commands) visit(instruction, command);
  }
}

/// Nothing with the reason when the stage is not one that could be split.
/// @param reason  set when it is not possible
[[nodiscard]] std::optional<SingleStage> read_single_stage(const DockerfileView& view,
                                                           const RuleOptions& options,
                                                           std::string& reason);

/// A path that the stage names, made absolute: relative to `folder`, "" when that is not certain.
[[nodiscard]] std::string absolute(std::string_view folder, std::string_view path);

/// WORKDIR in force at an instruction; "" when not certain.
[[nodiscard]] std::string workdir_at(const SingleStage& stage,
                                     const dockerfile::Instruction& instruction);

/// NAME is set to a value by ENV or ARG, or for this command alone; "" otherwise.
[[nodiscard]] std::string_view setting(const SingleStage& stage, std::string_view name);

/// Files of the context that were copied there by name: "package-lock.json". Not by a folder.
[[nodiscard]] bool copies_file(const SingleStage& stage, std::string_view name);

/// The only ENTRYPOINT or CMD as a list, where it is one plain command for a shell; else nothing.
[[nodiscard]] std::optional<Edit> start_as_list(const SingleStage& stage);

/// How the application comes into the image behind its last RUN.
enum class CopiedLater : std::uint8_t {
  kNot,     ///< something else than what a package manager reads is there before
  kPartly,  ///< only that is there before, and files follow
  kWholly,  ///< and the whole context follows
};
/// @param is_manifest  tells by its name what a package manager reads
[[nodiscard]] CopiedLater copied_later(const SingleStage& stage,
                                       const dockerfile::Instruction& last,
                                       bool (*is_manifest)(std::string_view name));

/// The base, or its -slim variant when it is a full image.
/// @param reason  set when there is none: ""
[[nodiscard]] std::string slim_base(const SingleStage& stage, std::string& reason);

}  // namespace plimsoll::check::two_stage
