#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bug.h"
#include "core/path.h"
#include "parse/ignore_file.h"

// First line: a path. The rest: the ignore file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = input.find('\n');
  const std::string path = path::normalize(input.substr(0, line));
  const SourceFile source(".ignore", line == std::string::npos ? "" : input.substr(line + 1));
  for (const IgnoreSyntax syntax : {IgnoreSyntax::kDocker, IgnoreSyntax::kGit}) {
    const IgnoreFile file = parse_ignore(source, syntax);
    if (file.patterns.empty() && file.ignores(path, false)) PL_BUG("ignored by nothing");
    for (const IgnorePattern& pattern : file.patterns) {
      if (source.slice(pattern.span) != pattern.text) PL_BUG("a span is not its pattern");
    }
    // Git never looks below an ignored folder.
    const bool inside = path::is_within(path, ".") && path != ".";
    if (syntax == IgnoreSyntax::kGit && inside && file.ignores(path, true) &&
        !file.ignores(path + "/below", false)) {
      PL_BUG("not ignored below an ignored folder");
    }
  }
  return 0;
}
