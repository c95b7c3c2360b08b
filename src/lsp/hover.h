#pragma once

#include <optional>
#include <string>

#include "core/date.h"
#include "core/report.h"
#include "core/source_file.h"
#include "lsp/markdown.h"

namespace plimsoll::lsp {

/// What is wrong, why it matters, what to do, which facts decided it, where to read on.
[[nodiscard]] std::string explain(const Finding& finding, const RuleInfo& rule, Markup markup);
/// The same of a rule alone.
[[nodiscard]] std::string explain(const RuleInfo& rule, Markup markup);

struct ImageHover {
  Span span;
  std::string text;
};
/// What is known of the base image at `offset` of a Dockerfile: who it runs as, how long its
/// releases get fixes. Nullopt when no FROM's image stands there, or nothing is known of it.
[[nodiscard]] std::optional<ImageHover> describe_base(const SourceFile& dockerfile,
                                                      std::uint32_t offset, Date today,
                                                      Markup markup);

}  // namespace plimsoll::lsp
