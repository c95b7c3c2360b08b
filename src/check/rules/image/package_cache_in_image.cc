#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "check/image_origin.h"
#include "check/rule.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "package-cache-in-image",
    .title = "The image holds the cache of a package manager",
    .severity = Severity::kLow,
    .control = Control::kMinimalBaseImage,
    .aliases = "dockle:DKL-DI-0004 dockle:DKL-DI-0005 dockle:DKL-LI-0003",
    .why =
        "Downloaded packages and indexes are never used again, but every pull and every scan "
        "carries them.",
    .fix_note =
        "Empty the cache in the RUN that fills it, tell the tool not to keep one, or mount a cache "
        "over it while building.",
    .sources =
        "https://docs.docker.com/build/building/best-practices/#run "
        "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
};

/// Without a leading slash: somewhere in a home, or wherever else the tool was told to keep it.
struct Cache {
  std::string_view tool;
  std::string_view folder;
};
constexpr Cache kCaches[] = {
    {"apt", "/var/lib/apt/lists"},
    {"apt", "/var/cache/apt"},
    {"apk", "/var/cache/apk"},
    {"apk", "/etc/apk/cache"},
    {"dnf", "/var/cache/dnf"},
    {"dnf", "/var/cache/libdnf5"},
    {"yum", "/var/cache/yum"},
    {"tdnf", "/var/cache/tdnf"},
    {"zypper", "/var/cache/zypp"},
    {"pacman", "/var/cache/pacman/pkg"},
    {"conda", "/opt/conda/pkgs"},
    {"pip", ".cache/pip"},
    {"uv", ".cache/uv"},
    {"Poetry", ".cache/pypoetry"},
    {"npm", ".npm/_cacache"},
    {"yarn", ".cache/yarn"},
    {"yarn", ".yarn/berry/cache"},
    {"pnpm", ".local/share/pnpm/store"},
    {"Go", ".cache/go-build"},
    {"Go", "go/pkg/mod"},
    {"Cargo", ".cargo/registry"},
    {"Cargo", "/usr/local/cargo/registry"},
    {"Maven", ".m2/repository"},
    {"Gradle", ".gradle/caches"},
    {"Composer", ".composer/cache"},
    {"Composer", ".cache/composer"},
    {"Bundler", ".bundle/cache"},
};

/// Less is what emptying leaves behind: locks, keys, an empty index.
constexpr std::uint64_t kWorthAWord = 64U << 10U;

/// Where in `path` the cache's folder ends; nothing when it is not in one.
std::optional<std::size_t> end_of_folder(std::string_view path, std::string_view folder) {
  if (folder.starts_with('/')) {
    folder.remove_prefix(1);
    const bool is_in = path.size() > folder.size() && path.starts_with(folder);
    return is_in && path[folder.size()] == '/' ? std::optional(folder.size()) : std::nullopt;
  }
  for (std::size_t at = path.find(folder); at != std::string_view::npos;
       at = path.find(folder, at + 1)) {
    const std::size_t end = at + folder.size();
    if ((at == 0 || path[at - 1] == '/') && end < path.size() && path[end] == '/') return end;
  }
  return std::nullopt;
}

struct Found {
  std::string_view tool;
  std::string folder;
  std::uint64_t bytes = 0;
  std::uint32_t layer = 0;
};

/// Nothing when `path` is in no cache.
const Cache* cache_of(std::string_view path, std::size_t& end) {
  for (const Cache& cache : kCaches) {
    if (const auto found = end_of_folder(path, cache.folder)) {
      end = *found;
      return &cache;
    }
  }
  return nullptr;
}

class Caches {
 public:
  void add(const std::string& path, image::EntryId id, std::uint64_t bytes) {
    std::size_t end = 0;
    const Cache* const cache = cache_of(path, end);
    const std::uint64_t key = (std::uint64_t{id.layer} << 32U) | id.entry;
    if (cache == nullptr) {
      outside_.insert(key);
    } else {
      inside_.try_emplace(key, File{cache->tool, path.substr(0, end), bytes});
    }
  }
  /// The largest first.
  [[nodiscard]] std::vector<Found> take() {
    std::map<std::pair<std::string, std::uint32_t>, Found> folders;
    for (const auto& [key, file] : inside_) {
      // conda, uv and pnpm link files from their caches: those are needed, and cost nothing more.
      if (outside_.find(key) != outside_.end()) continue;
      const auto layer = static_cast<std::uint32_t>(key >> 32U);
      Found& one = folders[{file.folder, layer}];
      one.tool = file.tool;
      one.folder = file.folder;
      one.layer = layer;
      one.bytes += file.bytes;
    }
    std::vector<Found> kept;
    for (auto& [place, found] : folders) {
      if (found.bytes >= kWorthAWord) kept.push_back(std::move(found));
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [](const Found& a, const Found& b) { return a.bytes > b.bytes; });
    return kept;
  }

 private:
  struct File {
    std::string_view tool;
    std::string folder;
    std::uint64_t bytes = 0;
  };
  std::unordered_map<std::uint64_t, File> inside_;  ///< by layer and entry
  std::unordered_set<std::uint64_t> outside_;
};

/// "12.3 MB": as Docker counts, in thousands.
std::string in_megabytes(std::uint64_t bytes) {
  const std::uint64_t tenths = (bytes + 50'000) / 100'000;
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " MB";
}

void check(const image::Inventory& image, Sink& sink) {
  Caches caches;
  image.tree.for_each([&](const std::string& path, image::EntryId id) {
    const image::Entry& entry = image.tree.entry(id);
    if (entry.type == image::Entry::Type::kFile) caches.add(path, id, entry.size);
  });
  std::vector<ImageItem> items;
  std::string tools;
  std::uint64_t bytes = 0;
  for (const Found& each : caches.take()) {
    bytes += each.bytes;
    items.push_back({each.folder, each.layer, in_megabytes(each.bytes)});
    if (ascii::contains(tools, each.tool)) continue;
    if (!tools.empty()) tools += ", ";
    tools += each.tool;
  }
  if (items.empty()) return;
  report_files(
      image, items,
      in_megabytes(bytes) + " are caches of package managers (" + tools + "): " + name_paths(items),
      sink)
      .because("bytes", std::to_string(bytes));
}

constexpr Example kExamples[] = {
    {.name = "apt's",
     .before = "config {}\nlayer RUN apt-get update\n-rw-r--r-- 0:0 20000000 "
               "«var/lib/apt/lists»/deb.debian.org_debian_dists_bookworm_main_Packages\n"},
    {.name = "somewhere in a home, the largest first",
     .before = "config {}\nlayer RUN pip install x\n-rw-r--r-- 0:0 200000 root/.cache/pip/http/a\n"
               "layer RUN npm ci\n"
               "-rw-r--r-- 0:0 900000 «home/app/.npm/_cacache»/content-v2/a\n"},
    {.name = "emptied",
     .before = "config {}\nlayer RUN apt-get update && rm -rf /var/lib/apt/lists/*\n"
               "drwxr-xr-x 0:0 0 var/lib/apt/lists\n-rw-r--r-- 0:0 0 var/lib/apt/lists/lock\n"},
    {.name = "linked from where it is installed",
     .before = "config {}\nlayer RUN uv sync\n-rw-r--r-- 0:0 900000 root/.cache/uv/archive/a\n"
               "hrw-r--r-- 0:0 0 app/.venv/a -> root/.cache/uv/archive/a\n"},
    {.name = "folders with such names",
     .before = "config {}\nlayer COPY a /\n-rw-r--r-- 0:0 900000 srv/my.cache/pip/a\n"
               "-rw-r--r-- 0:0 900000 var/cache/aptitude/a\n"},
};

}  // namespace

const Rule& package_cache_in_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
