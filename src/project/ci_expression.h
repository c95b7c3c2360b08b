#pragma once

#include <string_view>
#include <vector>

#include "project/project.h"

/// What stands inside `${{ … }}`, as far as secrets and strangers' text go.
namespace plimsoll::ci {

/// The expressions of `text` read `secrets.…` or the job's token.
[[nodiscard]] bool reads_secret(std::string_view text);
/// Name behind the first `secrets.` of `text`: "NPM_TOKEN"; "" when there is none.
[[nodiscard]] std::string_view secret_read(std::string_view text);

/// Text that somebody else writes: a value of the event that people without any right to the
/// repository can write, or an input that the caller of an action or workflow chooses.
struct UntrustedContext {
  Span span;                  ///< in the text that was searched
  std::string_view path;      ///< as written: "github.event.issue.title"
  bool with_secrets = false;  ///< some trigger of the workflow runs it with secrets or a token
                              ///< that may write
  bool from_caller = false;   ///< an input
};

/// Such values that the expressions of `text` pass on (not those that are only compared), the first
/// of each expression, that the workflow's triggers can fill; composite actions and called
/// workflows count as any. Source: securitylab.github.com, "Keeping your GitHub Actions and
/// workflows secure", part 2.
[[nodiscard]] std::vector<UntrustedContext> untrusted_contexts(std::string_view text,
                                                               const Workflow& workflow);

}  // namespace plimsoll::ci
