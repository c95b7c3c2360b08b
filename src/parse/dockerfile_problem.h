#pragma once

#include <string>
#include <string_view>

#include "core/span.h"
#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {

/// 'text', cut when it is long, for messages.
[[nodiscard]] std::string quoted(std::string_view text);

/// Records something BuildKit would refuse or drop. A file full of them keeps the first
/// kFindingsPerFile: it is judged unreadable long before.
void report(Dockerfile& file, Span span, std::string message);
/// Records what ends the reading of the file. Always kept.
void reject(Dockerfile& file, Span span, std::string message);

}  // namespace plimsoll::dockerfile
