#include "image/package_files.h"

#include "core/ascii.h"
#include "core/bug.h"
#include "core/path.h"

namespace plimsoll::image {

PackageFiles::PackageFiles(Presence presence) {
  for (const PackageReader* reader : all_package_readers()) {
    if (reader->presence != presence) continue;
    for (const std::string_view pattern : ascii::split(reader->files, ' ')) {
      if (pattern.empty()) continue;
      auto glob = Glob::compile(pattern, GlobSyntax::kPath);
      if (!glob) PL_BUG("a reader's glob is none");
      const std::string_view name = path::name(pattern);
      if (name.find_first_of("*?[\\") == std::string_view::npos) {
        by_name_[std::string(name)].emplace_back(*std::move(glob), reader);
      } else {
        others_.emplace_back(*std::move(glob), reader);
      }
    }
  }
}

const PackageReader* PackageFiles::reader_of(std::string_view path) const {
  const auto find = [path](const std::vector<Pattern>& patterns) -> const PackageReader* {
    for (const auto& [glob, reader] : patterns) {
      if (glob.matches(path)) return reader;
    }
    return nullptr;
  };
  if (const auto named = by_name_.find(path::name(path)); named != by_name_.end()) {
    if (const PackageReader* reader = find(named->second)) return reader;
  }
  return find(others_);
}

const PackageFiles& installed_package_files() {
  static const PackageFiles kFiles(Presence::kInstalled);
  return kFiles;
}

}  // namespace plimsoll::image
