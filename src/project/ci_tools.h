#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "project/project.h"

/// What the steps of a workflow do to images, told by the actions and programs they name.
namespace plimsoll::ci {

/// The `owner/repo[/path]` of a used action, without its version.
[[nodiscard]] std::string_view action_name(const Step& step);
/// A used action's input as text; "" when absent.
[[nodiscard]] std::string_view input(const Step& step, std::string_view name);
/// `uses: owner/repo/.github/workflows/x.yml@v1`.
[[nodiscard]] bool calls_workflow(const Step& step);

/// The value of `--option value`, `--option=value` or `-o value` among a command's words; null when
/// absent. Empty strings are no option.
[[nodiscard]] const shell::Word* option_word(const shell::Command& command, std::string_view longer,
                                             std::string_view shorter = {});
/// option_word()'s text, without `--option=`; "" when absent.
[[nodiscard]] std::string_view option(const shell::Command& command, std::string_view longer,
                                      std::string_view shorter = {});

/// docker, podman, nerdctl, buildah.
[[nodiscard]] bool is_engine(std::string_view program);
/// `docker build`, `docker buildx build`, `podman build`, `buildah bud`, `/kaniko/executor`…
[[nodiscard]] bool is_build(const shell::Command& command);
/// `docker push`, `docker compose push`, `crane push`, or a build with --push.
[[nodiscard]] bool is_push(const shell::Command& command);

struct ImageWork {
  enum class Kind : std::uint8_t { kBuild, kPush };
  Kind kind = Kind::kBuild;
  Place place;
};
/// A step that makes an image, best known by what it publishes.
[[nodiscard]] std::optional<ImageWork> image_work(const Step& step);

/// Some scanner for images is named anywhere: an action, a command, a template, a job's image.
/// Wide on purpose, since it is used to say that there is none.
[[nodiscard]] bool names_scanner(const Workflow& workflow);
/// The same for linters of Dockerfiles.
[[nodiscard]] bool names_dockerfile_linter(const Workflow& workflow);

/// A job runs Renovate or updatecli itself, with a configuration that may be anywhere.
[[nodiscard]] bool runs_update_bot(const Workflow& workflow);

/// A step that runs a scanner whose result could stop the job.
struct Scan {
  enum class Gate : std::uint8_t {
    kGates,
    kNever,    ///< whatever is found, the job goes on
    kUnknown,  ///< a variable or a later step decides
  };
  std::string_view tool;
  Gate gate = Gate::kUnknown;
  std::string_view reason;  ///< of kNever: "no exit code is asked for"
  Place place;
};
[[nodiscard]] std::vector<Scan> scans_of(const Workflow& workflow);

}  // namespace plimsoll::ci
