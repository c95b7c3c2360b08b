#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bug.h"
#include "parse/ignore_file.h"

// First line: a path. The rest: the ignore file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = input.find('\n');
  const std::string path = input.substr(0, line);
  const SourceFile source(".ignore", line == std::string::npos ? "" : input.substr(line + 1));
  for (const IgnoreSyntax syntax : {IgnoreSyntax::kDocker, IgnoreSyntax::kGit}) {
    const IgnoreFile file = parse_ignore(source, syntax);
    const bool ignored = file.ignores(path, false);
    if (file.patterns.empty() && ignored) PL_BUG("ignored by nothing");
    for (const IgnorePattern& pattern : file.patterns) {
      if (source.slice(pattern.span) != pattern.text) PL_BUG("a span is not its pattern");
    }
    // Git never looks below an ignored folder.
    if (syntax == IgnoreSyntax::kGit && ignored && !path.empty() && path.find("..") == path.npos &&
        path != "." && file.ignores(path, true) && !file.ignores(path + "/below", false)) {
      PL_BUG("not ignored below an ignored folder");
    }
  }
  return 0;
}
