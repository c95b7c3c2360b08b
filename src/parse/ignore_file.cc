#include "parse/ignore_file.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "core/path.h"

namespace plimsoll {
namespace {

/// Git drops trailing spaces unless a backslash keeps one. Only spaces, as git does.
std::string_view trim_git(std::string_view line) {
  while (line.ends_with(' ')) {
    const std::string_view rest = line.substr(0, line.size() - 1);
    const std::size_t last = rest.find_last_not_of('\\');
    const std::size_t backslashes = rest.size() - (last == std::string_view::npos ? 0 : last + 1);
    if (backslashes % 2 == 1) break;
    line = rest;
  }
  return line;
}

/// Docker cleans patterns like paths, so "./a//b/" is "a/b", and one leading '/' is dropped.
std::optional<IgnorePattern> docker_pattern(std::string_view line) {
  if (line.starts_with('#')) return std::nullopt;
  IgnorePattern pattern;
  pattern.text = ascii::trim(line);
  std::string_view body = pattern.text;
  pattern.negated = body.starts_with('!');
  if (pattern.negated) body = ascii::trim(body.substr(1));
  if (body.empty()) return std::nullopt;
  const std::string clean = path::normalize(body);
  std::string_view glob = clean;
  if (glob.size() > 1 && glob.starts_with('/')) glob.remove_prefix(1);
  pattern.glob = Glob::compile(glob, GlobSyntax::kMoby);
  return pattern;
}

std::optional<IgnorePattern> git_pattern(std::string_view line) {
  if (line.starts_with('#')) return std::nullopt;
  IgnorePattern pattern;
  pattern.text = trim_git(line);
  std::string_view body = pattern.text;
  pattern.negated = body.starts_with('!');
  if (pattern.negated) body.remove_prefix(1);
  pattern.folders_only = body.ends_with('/');
  if (pattern.folders_only) body.remove_suffix(1);
  if (body.empty()) return std::nullopt;
  pattern.anchored = ascii::contains(body, "/");
  if (body.starts_with('/')) body.remove_prefix(1);
  pattern.glob = Glob::compile(body, GlobSyntax::kPath);
  return pattern;
}

bool matches(const IgnorePattern& pattern, std::string_view path, bool is_folder) {
  if (!pattern.glob || (pattern.folders_only && !is_folder)) return false;
  return pattern.glob->matches(pattern.anchored ? path : path::name(path));
}

/// Calls `visit` with every folder above `path`, outermost first, and with `path` itself last,
/// until it returns false.
template <class Visit>
void walk_down(std::string_view path, Visit visit) {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    if (!visit(path.substr(0, slash), true)) return;
  }
  visit(path, false);
}

bool docker_ignores(const std::vector<IgnorePattern>& patterns, std::string_view path,
                    bool is_folder) {
  bool ignored = false;
  for (const IgnorePattern& pattern : patterns) {
    if (pattern.negated != ignored) continue;  // it could not change the answer
    walk_down(path, [&](std::string_view at, bool above) {
      if (matches(pattern, at, above || is_folder)) ignored = !pattern.negated;
      return pattern.negated == ignored;
    });
  }
  return ignored;
}

bool git_ignores(const std::vector<IgnorePattern>& patterns, std::string_view path,
                 bool is_folder) {
  bool ignored = false;
  walk_down(path, [&](std::string_view at, bool above) {
    const auto last = std::find_if(patterns.rbegin(), patterns.rend(), [&](const auto& pattern) {
      return matches(pattern, at, above || is_folder);
    });
    if (last != patterns.rend()) ignored = !last->negated;
    return !ignored;  // git never enters an ignored folder
  });
  return ignored;
}

}  // namespace

bool IgnoreFile::ignores(std::string_view path, bool is_folder) const {
  const std::string normal = path::normalize(path);
  return syntax == IgnoreSyntax::kDocker ? docker_ignores(patterns, normal, is_folder)
                                         : git_ignores(patterns, normal, is_folder);
}

IgnoreFile parse_ignore(const SourceFile& source, IgnoreSyntax syntax) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  IgnoreFile file{.source = &source, .syntax = syntax};
  for (std::uint32_t index = 0; index < source.line_count(); ++index) {
    std::string_view line = source.slice(source.line_span(index));
    if (index == 0 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
    auto pattern = syntax == IgnoreSyntax::kDocker ? docker_pattern(line) : git_pattern(line);
    if (!pattern) continue;
    if (file.patterns.size() >= limits::kIgnorePatterns) {
      file.truncated = true;
      break;
    }
    const auto begin = static_cast<std::uint32_t>(pattern->text.data() - source.text().data());
    pattern->span = {begin, begin + static_cast<std::uint32_t>(pattern->text.size())};
    file.patterns.push_back(std::move(*pattern));
  }
  return file;
}

}  // namespace plimsoll
