#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "check/two_stage/single_stage.h"
#include "check/word_list.h"

/// How the applications of one language are built, and what of it a running image needs. A stack
/// is one file that defines `const Stack& <file name>()`; CMake finds it.
namespace plimsoll::check::two_stage {

/// A path of the build stage that the final one gets.
struct Result {
  std::string from;
  std::string to;
  std::string chown;  ///< who gets it; "": as it is
};

/// The stage that is to run what the other has built.
struct Plan {
  std::string image;  ///< after FROM; of no meaning with `fork`
  /// What stands above belongs to both stages, so that it becomes one that they are FROM; the build
  /// begins here. Null: the stages have nothing in common.
  const dockerfile::Instruction* fork = nullptr;
  std::vector<std::string> build_lines;  ///< instructions that the build begins with, at `fork`
  std::string build_image;               ///< what the build stage is FROM instead; "": as written
  bool bare = false;                     ///< no shell and no package manager: distroless
  bool is_nonroot = false;               ///< `image` runs as somebody else than root by itself
  std::vector<Result> results;
  bool only_program = false;      ///< they are no more than what is started
  bool reads_environment = true;  ///< the build may look at any variable
  std::string environment;        ///< of ENV in both stages: "PATH=…"; may be ""
  /// The image serves the results by itself, at this port and as its own user: what says how the
  /// original starts goes. "" otherwise.
  std::string port;
  std::string setup;                                     ///< of RUN below what is copied; may be ""
  std::vector<Edit> edits;                               ///< of the build's own commands
  std::vector<const dockerfile::Instruction*> unneeded;  ///< only what goes had a use for them
  std::string preparation;  ///< of RUN in front of the first build command; may be ""
  std::string advice;       ///< what a person should look at; no full stop
};

/// A reason is a phrase without full stop.
using PlanOrReason = tl::expected<Plan, std::string>;
using Reason = tl::unexpected<std::string>;

struct Stack {
  /// The stage is one of this stack's, whether it can be split or not.
  bool (*applies)(const SingleStage&);
  /// The command works on the application's files only.
  bool (*builds)(const SingleStage&, const shell::Command&);
  PlanOrReason (*plan)(const SingleStage&);
  /// Packages that the final stage has no need of, as its image brings what they are for.
  WordList provided = {};
  /// Programs of the final image that a RUN behind the build may call.
  WordList programs = {};
  /// What it starts tells more than its image: asked before the stacks of whole languages.
  bool special = false;
};

[[nodiscard]] const std::vector<const Stack*>& all_stacks();

}  // namespace plimsoll::check::two_stage
