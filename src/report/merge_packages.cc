#include "report/merge_packages.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace plimsoll::report {
namespace {

bool is_same(const ImageSummary& a, const ImageSummary& b) {
  if (a.digest.empty() || b.digest.empty()) return a == b;
  return a.digest == b.digest && a.platform == b.platform;
}

std::string identity(const Package& package) {
  std::string key;
  for (const std::string* part : {&package.path, &package.ecosystem, &package.name,
                                  &package.version, &package.purl, &package.layer}) {
    key += *part + '\0';
  }
  return key + std::to_string(package.line) + (package.dev ? " dev" : "");
}

/// Gathers packages, and moves what points at them.
class Packages {
 public:
  void add(const Document& document) {
    std::vector<std::size_t> places;
    places.reserve(document.packages.size());
    std::unordered_map<std::string, std::size_t> seen;  // twice in one report is twice there
    for (const Package& package : document.packages) {
      std::string key = identity(package);
      key += '\0' + std::to_string(seen[key]++);
      const auto [known, is_new] = known_.try_emplace(std::move(key), packages_.size());
      if (is_new) packages_.push_back(package);
      places.push_back(known->second);
    }
    for (const Vulnerability& each : document.vulnerabilities) {
      if (each.package >= places.size()) continue;
      const std::size_t package = places[each.package];
      if (!vulnerable_.insert(each.id + '\0' + std::to_string(package)).second) continue;
      vulnerabilities_.push_back(each);
      vulnerabilities_.back().package = package;
    }
  }

  void finish(Document& merged) && {
    sort_packages();
    const auto first = [](const Vulnerability& a, const Vulnerability& b) {
      return a.priority != b.priority ? a.priority > b.priority : a.severity > b.severity;
    };
    std::stable_sort(vulnerabilities_.begin(), vulnerabilities_.end(), first);
    merged.packages = std::move(packages_);
    merged.vulnerabilities = std::move(vulnerabilities_);
  }

 private:
  void sort_packages() {
    std::vector<std::size_t> order(packages_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      const auto key = [](const Package& each) {
        return std::tie(each.ecosystem, each.name, each.version);
      };
      return key(packages_[a]) < key(packages_[b]);
    });
    std::vector<Package> sorted;
    sorted.reserve(order.size());
    std::vector<std::size_t> places(order.size());
    for (const std::size_t from : order) {
      places[from] = sorted.size();
      sorted.push_back(std::move(packages_[from]));
    }
    packages_ = std::move(sorted);
    for (Vulnerability& each : vulnerabilities_) each.package = places[each.package];
  }

  std::vector<Package> packages_;
  std::unordered_map<std::string, std::size_t> known_;
  std::vector<Vulnerability> vulnerabilities_;
  std::unordered_set<std::string> vulnerable_;
};

std::vector<LockFile> lock_files_of(std::span<const NamedDocument> documents) {
  std::map<std::string_view, LockFile> by_path;
  for (const NamedDocument& each : documents) {
    for (const LockFile& file : each.document.lock_files) {
      const auto [known, is_new] = by_path.try_emplace(file.path, file);
      if (is_new) continue;
      LockFile& merged = known->second;
      merged.packages = std::max(merged.packages, file.packages);
      for (const LockInstall& install : file.installs) {
        const auto& all = merged.installs;
        if (std::find(all.begin(), all.end(), install) == all.end()) {
          merged.installs.push_back(install);
        }
      }
    }
  }
  std::vector<LockFile> files;
  for (auto& [path, file] : by_path) {
    std::stable_sort(file.installs.begin(), file.installs.end(),
                     [](const LockInstall& a, const LockInstall& b) {
                       return std::tie(a.path, a.line) < std::tie(b.path, b.line);
                     });
    files.push_back(std::move(file));
  }
  return files;
}

/// A saved report says only how many packages: those of two reports of one image are the same ones.
std::vector<UnjudgedPackages> unjudged_of(std::span<const NamedDocument> documents,
                                          const ImagesOf& images) {
  std::map<std::pair<std::string_view, std::string_view>, std::map<std::size_t, UnjudgedPackages>>
      gathered;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    for (const UnjudgedPackages& each : documents[i].document.unjudged) {
      auto& by_origin = gathered[{each.ecosystem, each.reason}];
      UnjudgedPackages& known = by_origin.try_emplace(images.origin(i), each).first->second;
      known.packages = std::max(known.packages, each.packages);
    }
  }
  std::vector<UnjudgedPackages> unjudged;
  for (const auto& [key, by_origin] : gathered) {
    UnjudgedPackages& sum = unjudged.emplace_back(by_origin.begin()->second);
    sum.packages = 0;
    for (const auto& [origin, each] : by_origin) {
      sum.packages += each.packages;
      sum.is_of_system = sum.is_of_system || each.is_of_system;
    }
  }
  return unjudged;
}

/// `plimsoll cves` leaves out of it what could be saved.
std::optional<ImageSummary> fullest_image(std::span<const NamedDocument> documents) {
  const std::optional<ImageSummary>* fullest = nullptr;
  for (const NamedDocument& each : documents) {
    const auto& image = each.document.image;
    if (!image) continue;
    if (fullest == nullptr || image->waste.size() > (*fullest)->waste.size()) fullest = &image;
  }
  return fullest == nullptr ? std::nullopt : *fullest;
}

}  // namespace

ImagesOf::ImagesOf(std::span<const NamedDocument> documents) {
  std::vector<const NamedDocument*> images;  // the first report of each
  for (const NamedDocument& each : documents) {
    if (!each.document.image) continue;
    const bool is_known = std::any_of(images.begin(), images.end(), [&](const auto* image) {
      return is_same(*image->document.image, *each.document.image);
    });
    if (!is_known) images.push_back(&each);
  }
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const auto& image = documents[i].document.image;
    const auto found = std::find_if(images.begin(), images.end(), [&](const auto* known) {
      return image && is_same(*known->document.image, *image);
    });
    origins_.push_back(found == images.end() ? images.size() + i
                                             : static_cast<std::size_t>(found - images.begin()));
  }
  for (const NamedDocument* each : images) {
    const std::string& reference = each->document.image->reference;
    const auto sharing = std::count_if(images.begin(), images.end(), [&](const auto* image) {
      return image->document.image->reference == reference;
    });
    labels_.push_back(sharing == 1 && !reference.empty() ? reference : each->name);
  }
}

std::string ImagesOf::label(std::size_t report) const {
  return origins_[report] < labels_.size() ? labels_[origins_[report]] : std::string();
}

void name_images_in_paths(const ImagesOf& images, std::vector<NamedDocument>& documents) {
  if (images.size() < 2) return;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const std::string label = images.label(i);
    if (label.empty()) continue;
    for (Package& package : documents[i].document.packages) {
      package.path = package.path.empty() ? label : label + ':' + package.path;
    }
  }
}

void add_packages(std::span<const NamedDocument> documents, const ImagesOf& images,
                  Document& merged) {
  if (images.size() == 1) merged.image = fullest_image(documents);
  Packages packages;
  for (const NamedDocument& each : documents) {
    const Document& document = each.document;
    packages.add(document);
    merged.matches_left_out += document.matches_left_out;
    // What all of it was asked of is no newer than the oldest.
    const std::string& made = document.advisories_made;
    const bool is_older = merged.advisories_made.empty() || made < merged.advisories_made;
    if (!made.empty() && is_older) merged.advisories_made = made;
  }
  std::move(packages).finish(merged);
  merged.lock_files = lock_files_of(documents);
  merged.unjudged = unjudged_of(documents, images);
}

}  // namespace plimsoll::report
