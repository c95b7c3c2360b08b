#pragma once

namespace plimsoll {

/// Prints "bug: <what> (<file>:<line>)" and aborts. For our own mistakes only, never for input.
[[noreturn]] void bug(const char* what, const char* file, int line);

}  // namespace plimsoll

// A macro, because only the preprocessor knows the place of the call (std::source_location would
// put it into every signature on the way).
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PL_BUG(what) ::plimsoll::bug((what), __FILE__, __LINE__)
