#include "image/package_collector.h"

#include <utility>

namespace plimsoll::image {

bool PackageCollector::begin(const Entry& entry, std::string_view) {
  reader_ = reader_of_(entry.path);
  if (reader_ == nullptr) return false;
  bytes_.clear();
  if (entry.size <= kMostBytes) return true;
  PackageReading& reading = into_[entry.path];
  reading = {};
  reading.problems.push_back({ErrorCode::kLimit, "it is too large to be read", entry.path});
  return false;
}

void PackageCollector::piece(std::string_view bytes) {
  bytes_ += bytes;
}

void PackageCollector::end(const Entry& entry, bool) {
  // Of one path the last holds. What broke off is read as far as it came: the layer says that.
  into_[entry.path] = read_packages(*reader_, entry.path, std::exchange(bytes_, {}));
}

}  // namespace plimsoll::image
