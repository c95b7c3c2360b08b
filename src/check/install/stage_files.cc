#include "check/install/stage_files.h"

#include <algorithm>

#include "check/remote_source.h"
#include "core/ascii.h"
#include "core/limits.h"

namespace plimsoll::check::install {
namespace {

/// Relative to the context, whose root is as far up as it goes.
std::string in_context(std::string_view written) {
  std::string path = path::normalize(written);
  while (path.starts_with("../") || path.starts_with('/')) path.erase(0, path[0] == '/' ? 1 : 3);
  return path == "." || path == ".." ? std::string() : path;
}

/// `names` is blank separated; one of them may have a `*`.
bool is_one_of(std::string_view names, std::string_view name) {
  for (const std::string_view each : ascii::split(names, ' ')) {
    const std::size_t star = each.find('*');
    if (star == std::string_view::npos) {
      if (each == name) return true;
    } else if (name.size() >= each.size() && name.starts_with(each.substr(0, star)) &&
               name.ends_with(each.substr(star + 1))) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Source> Source::read(std::string_view written) {
  if (written.starts_with("<<") || is_remote_source(written)) return std::nullopt;
  if (written.size() > limits::kPathPatternBytes) return std::nullopt;
  Source source;
  const std::size_t pivot = written.find("/./");
  if (pivot != std::string_view::npos) source.pivot_ = in_context(written.substr(0, pivot));
  source.path_ = in_context(written);
  if (source.path_.find_first_of("*?[") != std::string::npos) {
    source.glob_ = Glob::compile(source.path_, GlobSyntax::kPath);
    if (!source.glob_) return std::nullopt;
    source.steps_per_byte_ = 1 + source.path_.size() / 8;
  }
  return source;
}

std::optional<std::string_view> Source::match(std::string_view path) const {
  if (!glob_) {
    if (path_.empty()) return std::string_view();
    const bool is_below =
        path.size() > path_.size() && path.starts_with(path_) && path[path_.size()] == '/';
    if (!is_below && path != path_) return std::nullopt;
    return path.substr(0, path_.size());
  }
  // The pattern may name a folder on the way.
  for (std::string_view part = path;; part = path::folder(part)) {
    if (glob_->matches(part)) return part;
    if (part.find('/') == std::string_view::npos) return std::nullopt;
  }
}

std::string place_of(std::string_view file, std::string_view part, const Source& source,
                     const Target& target) {
  if (target.parents) {
    std::string_view kept = file;
    const std::string_view pivot = source.pivot();
    if (!pivot.empty() && kept.starts_with(pivot)) kept.remove_prefix(pivot.size());
    while (kept.starts_with('/')) kept.remove_prefix(1);
    return path::join(target.path, kept);
  }
  if (part.size() == file.size()) {
    return target.is_folder ? path::join(target.path, path::name(file)) : target.path;
  }
  // Of a folder its content is copied.
  std::string_view below = file.substr(part.size());
  while (below.starts_with('/')) below.remove_prefix(1);
  return path::join(target.path, below);
}

std::vector<std::size_t> locks_found(const LockTool& tool, std::string_view folder,
                                     const std::vector<const PlacedFile*>& files) {
  std::vector<std::size_t> found;
  std::string_view nearest;
  const auto take_if = [&](const auto& holds) {
    for (const PlacedFile* each : files) {
      const std::string_view place = each->path;
      if (is_one_of(tool.locks, path::name(place)) && holds(path::folder(place))) {
        found.push_back(each->file);
      }
    }
  };
  if (tool.search == Search::kBelow) {
    take_if([folder](std::string_view of) { return path::is_within(of, folder); });
    if (!found.empty()) return found;
  }
  if (tool.search == Search::kHere) {
    take_if([folder](std::string_view of) { return of == folder; });
    return found;
  }
  for (const PlacedFile* each : files) {
    const std::string_view of = path::folder(each->path);
    const bool is_nearer = nearest.empty() || of.size() > nearest.size();
    if (is_nearer && path::is_within(folder, of) && is_one_of(tool.locks, path::name(each->path))) {
      nearest = of;
    }
  }
  if (!nearest.empty()) take_if([nearest](std::string_view of) { return of == nearest; });
  return found;
}

}  // namespace plimsoll::check::install
