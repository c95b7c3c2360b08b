#include "image/waste.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/ascii.h"
#include "core/path.h"
#include "image/loadable.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kShownPaths = 5;
constexpr std::uint64_t kSmallestDuplicate = 4096;  // below it names and folders cost as much
constexpr std::uint64_t kSmallestGroup = 1024;

/// What a package manager leaves behind that nothing at run time reads.
struct Cache {
  std::string_view folder;  ///< from the root, or from anyone's home where it starts with "~/"
  std::string_view tool;
};
constexpr Cache kCaches[] = {
    {"var/lib/apt/lists/", "apt"},
    {"var/cache/apt/", "apt"},
    {"var/cache/debconf/", "apt"},
    {"var/cache/apk/", "apk"},
    {"etc/apk/cache/", "apk"},
    {"var/cache/dnf/", "dnf"},
    {"var/cache/libdnf5/", "dnf"},
    {"var/cache/yum/", "yum"},
    {"var/cache/zypp/", "zypper"},
    {"var/cache/pacman/pkg/", "pacman"},
    {"~/.cache/pip/", "pip"},
    {"~/.cache/uv/", "uv"},
    {"~/.cache/pypoetry/", "poetry"},
    {"~/.npm/_cacache/", "npm"},
    {"~/.cache/yarn/", "yarn"},
    {"usr/local/share/.cache/yarn/", "yarn"},
    {"~/.local/share/pnpm/store/", "pnpm"},
    {"~/.bun/install/cache/", "bun"},
    {"~/.composer/cache/", "composer"},
    {"~/.cache/composer/", "composer"},
    {"~/.cache/go-build/", "go"},
    {"~/go/pkg/mod/cache/", "go"},
    {"go/pkg/mod/cache/", "go"},
    {"~/.cargo/registry/", "cargo"},
    {"usr/local/cargo/registry/", "cargo"},
    {"~/.m2/repository/", "maven"},
    {"~/.gradle/caches/", "gradle"},
    {"~/.nuget/packages/", "nuget"},
    {"~/.bundle/cache/", "bundler"},
    {"usr/local/bundle/cache/", "bundler"},
    {"~/.cache/huggingface/", "huggingface"},
};

/// "x/y" of "root/x/y" and "home/app/x/y"; "" elsewhere.
std::string_view below_home(std::string_view path) {
  if (path.starts_with("root/")) return path.substr(5);
  if (!path.starts_with("home/")) return {};
  const std::size_t slash = path.find('/', 5);
  return slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
}

/// "" for what is no cache.
std::string_view cache_of(std::string_view path) {
  const std::string_view home = below_home(path);
  for (const Cache& cache : kCaches) {
    const bool in_home = cache.folder.starts_with("~/");
    if (in_home ? home.starts_with(cache.folder.substr(2)) : path.starts_with(cache.folder)) {
      return cache.tool;
    }
  }
  return {};
}

/// Licences have to stay: most of them say so themselves.
bool is_documentation(std::string_view path) {
  for (const std::string_view folder :
       {"usr/share/doc/", "usr/share/man/", "usr/share/info/", "usr/local/share/doc/",
        "usr/local/share/man/", "usr/share/gtk-doc/"}) {
    if (path.starts_with(folder)) return path::name(path) != "copyright";
  }
  return false;
}

bool is_locale(std::string_view path) {
  return (path.starts_with("usr/share/locale/") || path.starts_with("usr/share/i18n/locales/")) &&
         path != "usr/share/locale/locale.alias";
}

/// What distributions call the packages that only builds need.
bool is_development(const Package& package) {
  constexpr std::string_view kNames[] = {
      "autoconf", "automake",    "binutils", "bison",      "build-base", "build-essential",
      "clang",    "cmake",       "cpp",      "dpkg-dev",   "flex",       "g++",
      "gcc",      "gdb",         "libtool",  "make",       "meson",      "musl-dev",
      "ninja",    "ninja-build", "patch",    "pkg-config", "pkgconf",    "rpm-build",
      "strace",   "valgrind",
  };
  if (package.purl.find("pkg:deb/") != 0 && package.purl.find("pkg:apk/") != 0 &&
      package.purl.find("pkg:rpm/") != 0 && package.purl.find("pkg:alpm/") != 0) {
    return false;
  }
  const std::string_view name = package.name;
  if (name.ends_with("-dev") || name.ends_with("-devel") || name.ends_with("-headers")) return true;
  // "gcc-12", "g++-12", "clang-14".
  const std::size_t dash = name.find_last_of('-');
  const bool numbered =
      dash != std::string_view::npos && dash + 1 < name.size() && ascii::is_digit(name[dash + 1]);
  const std::string_view plain = numbered ? name.substr(0, dash) : name;
  return std::find(std::begin(kNames), std::end(kNames), plain) != std::end(kNames);
}

/// One group while it grows.
struct Growing {
  WasteGroup group;
  std::vector<std::pair<std::uint64_t, std::string>> largest;  ///< the smallest is last
  std::map<std::size_t, std::uint64_t> layers;                 ///< bytes by layer
};

class Finding {
 public:
  explicit Finding(const Inventory& inventory) : inventory_(inventory), tree_(inventory.tree) {}

  Waste run() {
    waste_.layers.resize(inventory_.layers.size());
    for (std::size_t i = 0; i < inventory_.layers.size(); ++i) {
      waste_.layers[i].bytes = inventory_.layers[i].content.bytes;
      waste_.bytes += waste_.layers[i].bytes;
    }
    find_visible();
    find_hidden();
    find_development();
    find_in_tree();
    finish();
    return std::move(waste_);
  }

 private:
  using Kind = WasteGroup::Kind;
  struct Visible {
    std::string path;
    EntryId id;
  };

  static std::uint64_t number(EntryId id) { return (std::uint64_t{id.layer} << 32U) | id.entry; }

  void find_visible() {
    tree_.for_each([&](const std::string& path, EntryId id) {
      if (tree_.entry(id).type != Entry::Type::kFile) return;
      if (visible_ids_.insert(number(id)).second) visible_.push_back({path, id});
    });
  }

  void find_hidden() {
    for (const HiddenFile& hidden : tree_.hidden()) {
      if (visible_ids_.count(number(hidden.file)) > 0) continue;  // by another name
      const Entry& entry = tree_.entry(hidden.file);
      waste_.hidden += entry.size;
      waste_.layers[hidden.file.layer].hidden += entry.size;
      // Within one layer nobody wrote it twice on purpose, and one RUN cannot save it.
      if (hidden.by == hidden.file.layer) continue;
      add(hidden.removed ? Kind::kRemovedLater : Kind::kReplacedLater, {}, entry.path, hidden.file);
    }
  }

  void find_development() {
    for (const Package& package : inventory_.packages) {
      if (!is_development(package)) continue;
      for (const std::string& file : package.files) {
        const auto id = tree_.find(file);
        if (!id || tree_.entry(*id).type != Entry::Type::kFile) continue;
        if (taken_.insert(number(*id)).second) add(Kind::kDevelopment, {}, package.name, *id);
      }
    }
  }

  void find_in_tree() {
    std::unordered_set<std::uint64_t> contents;
    for (const Visible& file : visible_) {
      if (taken_.count(number(file.id)) > 0) continue;
      const Entry& entry = tree_.entry(file.id);
      if (const std::string_view tool = cache_of(file.path); !tool.empty()) {
        add(Kind::kCaches, tool, file.path, file.id);
      } else if (is_documentation(file.path)) {
        add(Kind::kDocumentation, {}, file.path, file.id);
      } else if (is_locale(file.path)) {
        add(Kind::kLocales, {}, file.path, file.id);
      } else if (entry.size >= kSmallestDuplicate && entry.sum != 0 &&
                 !contents.insert(entry.sum ^ entry.size).second) {
        add(Kind::kDuplicates, {}, file.path, file.id);
      }
    }
  }

  /// @param name  of the file, or of what it belongs to
  void add(Kind kind, std::string_view what, const std::string& name, EntryId id) {
    const std::uint64_t bytes = tree_.entry(id).size;
    Growing& growing = growing_[{kind, std::string(what)}];
    growing.group.kind = kind;
    growing.group.what = what;
    growing.group.bytes += bytes;
    ++growing.group.files;
    growing.layers[id.layer] += bytes;
    auto& largest = growing.largest;
    const auto same = std::find_if(largest.begin(), largest.end(),
                                   [&name](const auto& each) { return each.second == name; });
    if (same != largest.end()) {
      same->first += bytes;
    } else if (largest.size() < 64) {
      largest.emplace_back(bytes, name);
    } else {
      const auto least = std::min_element(largest.begin(), largest.end());
      if (least->first < bytes) *least = {bytes, name};
    }
  }

  void finish() {
    for (auto& [key, growing] : growing_) {
      WasteGroup& group = growing.group;
      if (group.bytes < kSmallestGroup) continue;
      std::sort(growing.largest.begin(), growing.largest.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
      });
      for (const auto& [bytes, path] : growing.largest) {
        if (group.paths.size() < kShownPaths) group.paths.push_back(path);
      }
      const auto most =
          std::max_element(growing.layers.begin(), growing.layers.end(),
                           [](const auto& a, const auto& b) { return a.second < b.second; });
      group.layer = most->first;
      waste_.groups.push_back(std::move(group));
    }
    std::stable_sort(waste_.groups.begin(), waste_.groups.end(),
                     [](const WasteGroup& a, const WasteGroup& b) { return a.bytes > b.bytes; });
  }

  const Inventory& inventory_;
  const FileTree& tree_;
  Waste waste_;
  std::vector<Visible> visible_;
  std::unordered_set<std::uint64_t> visible_ids_;
  std::unordered_set<std::uint64_t> taken_;
  std::map<std::pair<Kind, std::string>, Growing> growing_;
};

}  // namespace

std::string_view to_string(WasteGroup::Kind kind) {
  switch (kind) {
    case WasteGroup::Kind::kRemovedLater: return "removed by a later layer";
    case WasteGroup::Kind::kReplacedLater: return "written again by a later layer";
    case WasteGroup::Kind::kCaches: return "package cache";
    case WasteGroup::Kind::kDevelopment: return "packages for building";
    case WasteGroup::Kind::kDuplicates: return "second copies of files";
    case WasteGroup::Kind::kDocumentation: return "documentation";
    case WasteGroup::Kind::kLocales: return "translations";
  }
  return "";
}

std::string_view id(WasteGroup::Kind kind) {
  switch (kind) {
    case WasteGroup::Kind::kRemovedLater: return "removed-later";
    case WasteGroup::Kind::kReplacedLater: return "replaced-later";
    case WasteGroup::Kind::kCaches: return "cache";
    case WasteGroup::Kind::kDevelopment: return "development";
    case WasteGroup::Kind::kDuplicates: return "duplicates";
    case WasteGroup::Kind::kDocumentation: return "documentation";
    case WasteGroup::Kind::kLocales: return "locales";
  }
  return "";
}

std::string advice(const WasteGroup& group) {
  switch (group.kind) {
    case WasteGroup::Kind::kRemovedLater:
      return "remove them in the RUN that makes them, or make them in a build stage";
    case WasteGroup::Kind::kReplacedLater:
      return "set owner and mode while copying (COPY --chown, --chmod), and write each file once";
    case WasteGroup::Kind::kCaches: {
      struct Way {
        std::string_view tool;
        std::string_view what;
      };
      constexpr Way kWays[] = {
          {"apt", "end the RUN with rm -rf /var/lib/apt/lists/*, or mount a cache there"},
          {"apk", "install with apk add --no-cache"},
          {"dnf", "end the RUN with dnf clean all"},
          {"yum", "end the RUN with yum clean all"},
          {"zypper", "end the RUN with zypper clean --all"},
          {"pip", "install with pip install --no-cache-dir"},
          {"npm", "end the RUN with npm cache clean --force"},
          {"yarn", "end the RUN with yarn cache clean"},
      };
      for (const Way& way : kWays) {
        if (way.tool == group.what) return std::string(way.what);
      }
      return "mount a cache for " + group.what +
             " (RUN --mount=type=cache), or remove it in the "
             "same RUN";
    }
    case WasteGroup::Kind::kDevelopment: return "build in a stage of its own and copy the result";
    case WasteGroup::Kind::kDuplicates: return "copy each file once, or link to it";
    case WasteGroup::Kind::kDocumentation:
      return "leave documentation out when packages are installed (dpkg path-exclude, "
             "tsflags=nodocs)";
    case WasteGroup::Kind::kLocales: return "leave translations out when packages are installed";
  }
  return "";
}

double Waste::efficiency() const {
  if (bytes == 0) return 1;
  return 1 - static_cast<double>(hidden) / static_cast<double>(bytes);
}

std::uint64_t Waste::saved() const {
  std::uint64_t sum = 0;
  for (const WasteGroup& group : groups) sum += group.bytes;
  return sum;
}

Waste find_waste(const Inventory& inventory) {
  Waste waste = Finding(inventory).run();
  if (inventory.loadable.is_complete) {
    waste.unreachable_bytes = inventory.loadable.unreachable_bytes;
  }
  return waste;
}

}  // namespace plimsoll::image
