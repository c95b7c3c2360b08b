#include "image/package_reader.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace plimsoll::image {

Package& PackageList::add(Package package) {
  if (package.name.empty() || is_full()) {
    dropped_ = std::move(package);
    return dropped_;
  }
  if (package.ecosystem.empty()) package.ecosystem = ecosystem_;
  if (package.path.empty()) package.path = path_;
  return packages_.emplace_back(std::move(package));
}

Package& PackageList::add(std::string_view name, std::string_view version, std::uint32_t line) {
  Package package;
  package.name = name;
  package.version = version;
  package.line = line;
  return add(std::move(package));
}

std::vector<Package> PackageList::finish() && {
  const auto key = [](const Package& package) {
    return std::tie(package.ecosystem, package.name, package.version, package.architecture,
                    package.path);
  };
  std::stable_sort(packages_.begin(), packages_.end(),
                   [&](const Package& a, const Package& b) { return key(a) < key(b); });
  std::vector<Package> once;
  for (Package& package : packages_) {
    if (!once.empty() && key(once.back()) == key(package)) {
      once.back().dev = once.back().dev && package.dev;
    } else {
      once.push_back(std::move(package));
    }
  }
  return once;
}

const PackageReader* find_package_reader(std::string_view kind) {
  const auto& readers = all_package_readers();
  const auto found = std::find_if(readers.begin(), readers.end(),
                                  [kind](const PackageReader* each) { return each->kind == kind; });
  return found == readers.end() ? nullptr : *found;
}

std::string package_kinds() {
  std::string kinds;
  for (const PackageReader* reader : all_package_readers()) {
    kinds += (kinds.empty() ? "" : ", ") + std::string(reader->kind);
  }
  return kinds;
}

PackageReading read_packages(const PackageReader& reader, std::string path, std::string bytes) {
  PackageFile file(std::move(path), std::move(bytes));
  PackageList list(reader.ecosystem, file.path());
  PackageReading reading;
  if (auto read = reader.read(file, list); !read) {
    if (read.error().path.empty()) read.error().path = file.path();
    reading.problems.push_back(std::move(read.error()));
  }
  if (list.is_full()) {
    reading.problems.push_back(
        fail(ErrorCode::kLimit, "more packages than are taken of one file", file.path()).value());
  }
  reading.packages = std::move(list).finish();
  return reading;
}

}  // namespace plimsoll::image
