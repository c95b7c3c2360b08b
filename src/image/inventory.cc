#include "image/inventory.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/parallel.h"
#include "core/path.h"
#include "image/layer.h"
#include "image/package_files.h"

namespace plimsoll::image {
namespace {

/// Where a path of the merged image comes from.
struct Origin {
  std::size_t layer = 0;
  std::size_t file = 0;  ///< index of LayerContent::kept
};

/// The files of all layers as a container would see them.
class View {
 public:
  void add(const LayerContent& content, std::size_t layer) {
    // A mark is about lower layers only, wherever in the tar it stands.
    for (const std::string& path : content.removed) remove(path, true);
    for (const std::string& folder : content.emptied) remove(folder, false);
    for (const std::string& path : content.replaced) remove(path, true);
    for (std::size_t i = 0; i < content.kept.size(); ++i) files_[content.kept[i].path] = {layer, i};
  }
  [[nodiscard]] const std::map<std::string, Origin>& files() const { return files_; }

 private:
  /// The path and all below it.
  void remove(const std::string& path, bool itself) {
    if (itself) files_.erase(path);
    const std::string below = path.empty() ? path : path + '/';
    auto at = files_.lower_bound(below);
    while (at != files_.end() && at->first.starts_with(below)) at = files_.erase(at);
  }

  std::map<std::string, Origin> files_;
};

/// Where distributions and Java keep packages that no reader knows yet: an image that has them must
/// not look as if it had none.
struct Unread {
  std::string_view what;
  std::string_view begins;
  std::string_view ends;
};
constexpr Unread kUnread[] = {
    {"Java archives", "", ".jar"},
    {"Java archives", "", ".war"},
    {"Java archives", "", ".ear"},
    {".NET", "", ".deps.json"},
};

void tell_unread(const LayerContent& content, const PackageFiles& read,
                 std::map<std::string_view, std::string>& unread) {
  for (const std::string& path : content.replaced) {
    for (const Unread& each : kUnread) {
      if (!path.starts_with(each.begins) || !path.ends_with(each.ends)) continue;
      if (read.reader_of(path) == nullptr) unread.try_emplace(each.what, path);
    }
  }
}

void check_digest(const Layer& layer, const LayerContent& content, std::vector<Error>& problems) {
  if (content.diff_id.empty() || content.diff_id == layer.diff_id) return;
  problems.push_back({ErrorCode::kInvalid,
                      "its content is not what its digest " + layer.diff_id + " says", layer.path});
}

}  // namespace

Inventory take_inventory(const BlobStore& store, SavedImage image, std::size_t jobs) {
  Inventory inventory{.image = std::move(image)};
  const std::vector<Layer>& layers = inventory.image.layers;
  const PackageFiles wanted(Presence::kInstalled);
  std::vector<LayerContent> contents(layers.size());
  parallel_for(layers.size(), jobs, [&](std::size_t i) {
    auto stream = store.open(layers[i].path);
    if (!stream) {
      contents[i].problems.push_back(std::move(stream.error()));
      return;
    }
    contents[i] = read_layer(*std::move(stream), [&wanted](std::string_view path) {
      return wanted.reader_of(path) != nullptr;
    });
  });
  View view;
  std::map<std::string_view, std::string> unread;  // what → the first such file
  for (std::size_t i = 0; i < contents.size(); ++i) {
    LayerContent& content = contents[i];
    check_digest(layers[i], content, inventory.problems);
    for (Error& problem : content.problems) {
      if (problem.path.empty()) problem.path = layers[i].path;
      inventory.problems.push_back(std::move(problem));
    }
    inventory.files += content.files;
    inventory.bytes += content.bytes;
    tell_unread(content, wanted, unread);
    view.add(content, i);
  }
  for (const auto& [what, path] : unread) {
    inventory.problems.push_back(
        {ErrorCode::kLimit, "packages of " + std::string(what) + " are not read yet", path});
  }
  for (const auto& [path, origin] : view.files()) {
    std::string& bytes = contents[origin.layer].kept[origin.file].bytes;
    PackageReading reading = read_packages(*wanted.reader_of(path), path, std::move(bytes));
    for (Package& package : reading.packages) {
      package.layer = layers[origin.layer].diff_id;
      inventory.packages.push_back(std::move(package));
    }
    for (Error& problem : reading.problems) inventory.problems.push_back(std::move(problem));
  }
  std::stable_sort(inventory.packages.begin(), inventory.packages.end(),
                   [](const Package& a, const Package& b) {
                     return std::tie(a.ecosystem, a.name, a.version, a.path) <
                            std::tie(b.ecosystem, b.name, b.version, b.path);
                   });
  return inventory;
}

}  // namespace plimsoll::image
