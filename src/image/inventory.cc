#include "image/inventory.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/ascii.h"
#include "core/parallel.h"
#include "core/path.h"
#include "image/archive_stream.h"
#include "image/file_lists.h"
#include "image/image_secrets.h"
#include "image/ownership.h"
#include "image/package_files.h"
#include "image/purl.h"
#include "image/reach.h"

namespace plimsoll::image {
namespace {

/// Counts what passes.
class Counted final : public archive::ByteStream {
 public:
  Counted(std::unique_ptr<archive::ByteStream> source, Progress& progress)
      : source_(std::move(source)), progress_(progress) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    const auto got = source_->read(buffer);
    if (got) progress_.bytes_done += *got;
    return got;
  }
  Result<void> skip(std::uint64_t bytes) override {
    auto skipped = source_->skip(bytes);
    if (skipped) progress_.bytes_done += bytes;
    return skipped;
  }

 private:
  std::unique_ptr<archive::ByteStream> source_;
  Progress& progress_;
};

/// A folder has no digest, and what a container's files are nothing says: "" goes with anything.
bool differ(std::string_view seen, std::string_view said) {
  return !seen.empty() && !said.empty() && seen != said;
}

void check_digests(const Layer& layer, const LayerEntries& content, std::vector<Error>& problems) {
  if (differ(content.diff_id, layer.diff_id)) {
    problems.push_back({ErrorCode::kInvalid,
                        "its content is not what its digest " + layer.diff_id + " says",
                        layer.path});
  } else if (differ(content.stored, layer.digest)) {
    problems.push_back(
        {ErrorCode::kInvalid, "it is not what its digest " + layer.digest + " says", layer.path});
  }
}

void sort_packages(std::vector<Package>& packages) {
  std::stable_sort(packages.begin(), packages.end(), [](const Package& a, const Package& b) {
    return std::tie(a.ecosystem, a.name, a.version, a.path) <
           std::tie(b.ecosystem, b.name, b.version, b.path);
  });
}

Result<SbomContent> content_of(const std::string& path, std::unique_ptr<archive::ByteStream> sbom,
                               const InventoryOptions& options) {
  if (options.workers == nullptr) return read_sbom(path, std::move(sbom));
  return options.workers->read_sbom(path, std::move(sbom));
}

Inventory inventory_of(const std::string& path, SbomContent content) {
  Inventory inventory;
  inventory.image.names = {content.subject.name.empty() ? path : std::move(content.subject.name)};
  inventory.image.digest = std::move(content.subject.digest);
  inventory.release = std::move(content.subject.release);
  inventory.packages = std::move(content.packages);
  sort_packages(inventory.packages);
  inventory.problems = std::move(content.problems);
  inventory.is_of_sbom = true;
  return inventory;
}

/// Reads a layer once more, for these files of it.
using ReadAgain =
    std::function<Result<PackageReadings>(const Layer& layer, const WantedReaders& wanted)>;

/// Brings what the layers tell together.
class Joining {
 public:
  Joining(SavedImage image, std::vector<LayerAnalysis> layers, const Analysers& analysers,
          ReadAgain read_again)
      : analysers_(analysers), read_again_(std::move(read_again)) {
    inventory_.image = std::move(image);
    inventory_.config = parse_image_config(inventory_.image.config);
    inventory_.layers = std::move(layers);
  }

  Inventory run() {
    for (std::size_t i = 0; i < inventory_.layers.size(); ++i) {
      LayerAnalysis& layer = inventory_.layers[i];
      check_digests(inventory_.image.layers[i], layer.content, inventory_.problems);
      for (const Error& problem : layer.content.problems) {
        Error& told = inventory_.problems.emplace_back(problem);
        if (told.path.empty()) told.path = inventory_.image.layers[i].path;
      }
      inventory_.tree.add(layer.content);
    }
    std::string_view release = inventory_.fact("etc/os-release");
    if (release.empty()) release = inventory_.fact("usr/lib/os-release");
    inventory_.release = parse_os_release(release);
    inventory_.loadable = find_loadable(inventory_);
    collect_packages();
    for (Package& package : inventory_.packages) package.tier = tier_of(package, inventory_);
    inventory_.secrets_sought = analysers_.detectors() != nullptr;
    inventory_.secrets = image_secrets(inventory_, analysers_);
    return std::move(inventory_);
  }

 private:
  struct Lock {
    std::string path;
    EntryId id;
    const PackageReader* reader;
  };

  void collect_packages() {
    std::map<std::uint32_t, WantedReaders> late;  // by layer
    std::vector<Lock> locks;
    std::vector<std::pair<std::string, EntryId>> led;  // paths that lead to them
    inventory_.tree.for_each([&](const std::string& path, EntryId id) {
      const Entry* entry = &inventory_.tree.entry(id);
      const bool is_link = entry->type == Entry::Type::kSymbolicLink;
      if (entry->type != Entry::Type::kFile && !is_link) return;
      if (!is_link) take_binary(path, id);
      const PackageReader* reader = wanted_.reader_of(path);
      if (is_link) {
        if (reader == nullptr) return;
        const auto target = inventory_.tree.find(path);
        if (!target || inventory_.tree.entry(*target).type != Entry::Type::kFile) return;
        id = *target;
        entry = &inventory_.tree.entry(id);
        // Where the target lists packages by its own name it is taken by that.
        if (wanted_.reader_of(inventory_.tree.real_path(path)) == reader) return;
      }
      const PackageReader* own = path == entry->path ? reader : wanted_.reader_of(entry->path);
      if (reader == own) {
        if (reader == nullptr) return;
        if (reader->presence == Presence::kLocked) {
          locks.push_back({path, id, reader});
        } else {
          take(path, id, inventory_.layers[id.layer].packages);
        }
      } else if (reader != nullptr) {
        late[id.layer].emplace(entry->path, reader->kind);
        led.emplace_back(path, id);
      }
    });
    for (const auto& [number, files] : late) {
      const auto readings = read_again_(inventory_.image.layers[number], files);
      if (!readings) {
        for (const auto& [path, kind] : files) {
          inventory_.problems.push_back(
              {ErrorCode::kLimit, "what it lists could not be read: another path leads to it",
               path});
        }
        continue;
      }
      for (const auto& [path, id] : led) {
        if (id.layer == number) take(path, id, *readings);
      }
    }
    take_locks(locks);
    miss_rpm_logs();
    take_file_lists(inventory_);
    settle_ownership(inventory_, std::move(of_binaries_));
    sort_packages(inventory_.packages);
  }

  /// What was not written into a database of RPM when the layer was made stands in a log beside
  /// it, which is not read.
  void miss_rpm_logs() {
    for (const std::string_view database :
         {"var/lib/rpm/rpmdb.sqlite", "usr/lib/sysimage/rpm/rpmdb.sqlite",
          "usr/share/rpm/rpmdb.sqlite"}) {
      const std::string log = inventory_.tree.real_path(std::string(database) + "-wal");
      const auto id = log.empty() ? std::nullopt : inventory_.tree.find(log);
      if (!id || inventory_.tree.entry(*id).size == 0) continue;
      inventory_.problems.push_back(
          {ErrorCode::kLimit, "packages that stand only in this log of the database are missing",
           log});
      return;  // the folders are often the same one
    }
  }

  /// @param path  where a container sees the file
  void take(const std::string& path, EntryId id, const PackageReadings& readings) {
    const auto found = readings.find(inventory_.tree.entry(id).path);
    if (found == readings.end()) return;
    const std::vector<std::uint32_t> origins = origins_of(found->first, found->second, id.layer);
    for (std::size_t i = 0; i < origins.size(); ++i) {
      Package package = found->second.packages[i];
      package.layer = inventory_.image.layers[origins[i]].diff_id;
      package.path = path;
      name_distribution(package, inventory_.release);
      package.purl = purl_of(package, inventory_.release);
      inventory_.packages.push_back(std::move(package));
    }
    for (const Error& problem : found->second.problems) inventory_.problems.push_back(problem);
  }

  /// What a lock names is in the image only where it was bundled: when packages of its kind are
  /// installed, beside the lock or at the one place of their ecosystem, those are the truth.
  void take_locks(const std::vector<Lock>& locks) {
    std::map<std::string, std::vector<std::string>, std::less<>> installed;  // by ecosystem
    for (const Package& package : inventory_.packages) {
      // Yarn's Plug'n'Play unpacks only the few that run no other way: the rest are archives.
      if (ascii::contains('/' + package.path, "/.yarn/unplugged/")) continue;
      installed[package.ecosystem].push_back(package.path);
    }
    for (const Lock& lock : locks) {
      if (ascii::contains('/' + lock.path, "/node_modules/")) continue;
      const std::string_view ecosystem = lock.reader->ecosystem;
      const bool beside = ecosystem == "npm" || ecosystem == "Packagist";
      const auto found = installed.find(ecosystem);
      const bool is_installed =
          found != installed.end() &&
          std::any_of(found->second.begin(), found->second.end(), [&](const std::string& path) {
            return !beside || path::is_within(path, path::folder(lock.path));
          });
      if (!is_installed) take(lock.path, lock.id, inventory_.layers[lock.id.layer].packages);
    }
  }

  /// What a program or library tells of the packages it was made of.
  void take_binary(const std::string& path, EntryId id) {
    const Binaries& binaries = inventory_.layers[id.layer].binaries;
    const auto found = binaries.find(inventory_.tree.entry(id).path);
    if (found == binaries.end()) return;
    for (Package package : found->second.packages) {
      package.layer = inventory_.image.layers[id.layer].diff_id;
      package.path = path;
      name_distribution(package, inventory_.release);
      package.purl = purl_of(package, inventory_.release);
      of_binaries_.push_back(std::move(package));
    }
    for (const Error& problem : found->second.problems) inventory_.problems.push_back(problem);
  }

  /// Which layer brought each package: a database is written anew by every layer that installs
  /// something, so the lowest of those that had the package without a break.
  std::vector<std::uint32_t> origins_of(const std::string& path, const PackageReading& reading,
                                        std::uint32_t top) {
    using Key = std::tuple<std::string_view, std::string_view, std::string_view>;
    const auto key_of = [](const Package& package) {
      return Key(package.name, package.version, package.architecture);
    };
    std::vector<std::uint32_t> origins(reading.packages.size(), top);
    std::vector<std::size_t> open(origins.size());
    std::iota(open.begin(), open.end(), std::size_t{0});
    for (std::uint32_t layer = top; layer-- > 0 && !open.empty();) {
      const auto below = inventory_.layers[layer].packages.find(path);
      if (below == inventory_.layers[layer].packages.end()) continue;
      std::set<Key> there;
      for (const Package& package : below->second.packages) there.insert(key_of(package));
      const auto left = std::remove_if(open.begin(), open.end(), [&](std::size_t i) {
        if (there.count(key_of(reading.packages[i])) == 0) return true;
        origins[i] = layer;
        return false;
      });
      open.erase(left, open.end());
    }
    return origins;
  }

  const Analysers& analysers_;
  ReadAgain read_again_;
  const PackageFiles& wanted_ = image_package_files();
  std::vector<Package> of_binaries_;
  Inventory inventory_;
};

Result<LayerBytes> open(const BlobStore* store, const Layer& layer) {
  if (!layer.folder.empty()) return LayerBytes{.stream = nullptr, .folder = layer.folder};
  if (store == nullptr) return fail(ErrorCode::kNotFound, "its bytes are not at hand");
  auto stream = store->open(layer.path);
  if (!stream) return tl::unexpected(std::move(stream.error()));
  return LayerBytes{.stream = *std::move(stream), .folder = {}};
}

/// What this layer told before, if these bytes are that layer.
std::optional<LayerAnalysis> remembered(const BlobStore& store, const Layer& layer,
                                        const LayerCache& cache) {
  const auto stream = store.open(layer.path);
  if (!stream) return std::nullopt;
  auto known = cache.find(layer.diff_id);
  if (!known) return std::nullopt;
  if (!cache.is_proven(layer, **stream) && !cache.prove(layer, **stream)) return std::nullopt;
  known->content.stored.clear();  // of the bytes that were read then
  return known;
}

LayerAnalysis analysis_of(LayerBytes bytes, const InventoryOptions& options,
                          const Analysers& analysers, Progress& progress) {
  if (options.workers == nullptr) {
    if (bytes.stream) {
      bytes.stream = std::make_unique<Counted>(std::move(bytes.stream), progress);
    }
    return analyse(std::move(bytes), analysers);
  }
  auto analysis = options.workers->analyse(std::move(bytes), progress);
  if (analysis) return *std::move(analysis);
  LayerAnalysis none;
  none.content.problems.push_back(std::move(analysis.error()));
  return none;
}

LayerAnalysis analysis_of(const BlobStore* store, const Layer& layer,
                          const InventoryOptions& options, const Analysers& analysers,
                          Progress& progress) {
  if (options.cache != nullptr && store != nullptr) {
    if (auto known = remembered(*store, layer, *options.cache)) {
      progress.bytes_done += layer.size;
      return *std::move(known);
    }
  }
  auto bytes = open(store, layer);
  if (!bytes) {
    LayerAnalysis none;
    none.content.problems.push_back(std::move(bytes.error()));
    return none;
  }
  // Where nothing says what they must be, only a cache asks what they were.
  bytes->how.sums_stored = !layer.digest.empty() || options.cache != nullptr;
  LayerAnalysis analysis = analysis_of(*std::move(bytes), options, analysers, progress);
  const LayerEntries& content = analysis.content;
  const bool is_whole = content.problems.empty() && !content.diff_id.empty() &&
                        content.diff_id == layer.diff_id && !differ(content.stored, layer.digest);
  if (options.cache != nullptr && store != nullptr && is_whole) {
    options.cache->keep(layer.diff_id, analysis);
    // Another stream of the same bytes: that one was used up, and this says where they lie.
    if (auto again = store->open(layer.path)) {
      options.cache->know(layer, **again, content.stored);
    }
  }
  return analysis;
}

Result<ArchiveMembers> members_of(std::unique_ptr<archive::ByteStream> stream,
                                  const InventoryOptions& options, const Analysers& analysers,
                                  Progress& progress) {
  if (options.workers != nullptr) {
    return options.workers->read_archive(std::move(stream), progress);
  }
  return read_members(std::make_unique<Counted>(std::move(stream), progress), analysers);
}

}  // namespace

std::string_view Inventory::fact(std::string_view path) const {
  const auto id = tree.find(path);
  if (!id) return {};
  const auto& facts = layers[id->layer].facts;
  const auto found = facts.find(tree.entry(*id).path);
  return found == facts.end() ? std::string_view() : std::string_view(found->second);
}

bool is_proven(const BlobStore& store, const SavedImage& image, const LayerCache& cache) {
  return std::all_of(image.layers.begin(), image.layers.end(), [&](const Layer& layer) {
    const auto stream = store.open(layer.path);
    return stream && cache.is_proven(layer, **stream);
  });
}

Inventory take_inventory(const BlobStore* store, SavedImage image,
                         const InventoryOptions& options) {
  Progress unwatched;
  Progress& progress = options.progress != nullptr ? *options.progress : unwatched;
  const Analysers analysers(options.settings);
  for (const Layer& layer : image.layers) progress.bytes += layer.size;
  progress.layers = image.layers.size();
  std::vector<LayerAnalysis> analyses(image.layers.size());
  const std::size_t jobs = options.workers != nullptr ? options.workers->seats() : options.jobs;
  const auto analyse_layer = [&](std::size_t i) {
    analyses[i] = analysis_of(store, image.layers[i], options, analysers, progress);
    ++progress.layers_done;
  };
  parallel_for(analyses.size(), jobs, analyse_layer, 1);
  if (options.cache != nullptr) options.cache->shrink(kMostCachedBytes);
  const auto read_again = [&](const Layer& layer,
                              const WantedReaders& wanted) -> Result<PackageReadings> {
    auto bytes = open(store, layer);
    if (!bytes) return tl::unexpected(std::move(bytes.error()));
    if (options.workers == nullptr) return read_packages_of(*std::move(bytes), wanted);
    return options.workers->read_packages(*std::move(bytes), wanted);
  };
  return Joining(std::move(image), std::move(analyses), analysers, read_again).run();
}

Result<Inventory> take_inventory(FoundImage found, const Choice& choice,
                                 const InventoryOptions& options) {
  if (found.sbom) {
    const std::string path = found.image.names.empty() ? "" : found.image.names.front();
    auto content = content_of(path, std::move(found.sbom), options);
    if (!content) return tl::unexpected(std::move(content.error()));
    return inventory_of(path, *std::move(content));
  }
  if (!found.stream) return take_inventory(found.store.get(), std::move(found.image), options);
  Progress unwatched;
  Progress& progress = options.progress != nullptr ? *options.progress : unwatched;
  const Analysers analysers(options.settings);
  const auto gone = [](const Layer&, const WantedReaders&) -> Result<PackageReadings> {
    return fail(ErrorCode::kLimit, "a stream is read once");
  };
  if (found.is_file_system) {
    if (found.image.layers.empty()) found.image.layers.emplace_back();
    std::vector<LayerAnalysis> analyses;
    analyses.push_back(analysis_of({.stream = std::move(found.stream), .folder = {}}, options,
                                   analysers, progress));
    return Joining(std::move(found.image), std::move(analyses), analysers, gone).run();
  }
  auto members = members_of(std::move(found.stream), options, analysers, progress);
  if (!members) return tl::unexpected(std::move(members.error()));
  auto archive = image_of(*std::move(members), choice);
  if (!archive) return tl::unexpected(std::move(archive.error()));
  return Joining(std::move(archive->image), std::move(archive->layers), analysers, gone).run();
}

}  // namespace plimsoll::image
