#include "image/package_files.h"

#include "core/ascii.h"
#include "core/bug.h"
#include "core/path.h"

namespace plimsoll::image {
namespace {

bool is_plain(std::string_view text) {
  return text.find_first_of("*?[\\") == std::string_view::npos;
}

}  // namespace

PackageFiles::PackageFiles(const std::vector<const PackageReader*>& readers) {
  for (const PackageReader* reader : readers) {
    for (const std::string_view pattern : ascii::split(reader->files, ' ')) {
      if (pattern.empty()) continue;
      auto glob = Glob::compile(pattern, GlobSyntax::kPath);
      if (!glob) PL_BUG("a reader's glob is none");
      const std::string_view name = path::name(pattern);
      const std::string_view ending = path::extension(pattern);
      // Anywhere, so that there is nothing left to compare.
      const bool is_anywhere = pattern.substr(0, pattern.size() - name.size()) == "**/";
      if (is_plain(name)) {
        if (is_anywhere) glob.reset();
        by_name_[std::string(name)].push_back({std::move(glob), reader});
      } else if (!ending.empty() && is_plain(ending)) {
        if (is_anywhere && name.substr(1) == ending && name.front() == '*') glob.reset();
        by_ending_[std::string(ending)].push_back({std::move(glob), reader});
      } else {
        others_.push_back({std::move(glob), reader});
      }
    }
  }
}

const PackageReader* PackageFiles::reader_of(std::string_view path) const {
  const auto find = [path](const std::vector<Pattern>& patterns) -> const PackageReader* {
    for (const Pattern& pattern : patterns) {
      if (!pattern.glob || pattern.glob->matches(path)) return pattern.reader;
    }
    return nullptr;
  };
  if (const auto named = by_name_.find(path::name(path)); named != by_name_.end()) {
    if (const PackageReader* reader = find(named->second)) return reader;
  }
  if (const auto ending = by_ending_.find(path::extension(path)); ending != by_ending_.end()) {
    if (const PackageReader* reader = find(ending->second)) return reader;
  }
  return find(others_);
}

const PackageFiles& image_package_files() {
  static const PackageFiles kFiles = [] {
    std::vector<const PackageReader*> readers;
    for (const PackageReader* reader : all_package_readers()) {
      const bool is_lock = reader->presence == Presence::kLocked && reader->ecosystem != "Go";
      if (is_lock || reader->presence == Presence::kInstalled) readers.push_back(reader);
    }
    return PackageFiles(readers);
  }();
  return kFiles;
}

}  // namespace plimsoll::image
