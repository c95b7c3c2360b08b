#include "image/loadable.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/ascii.h"
#include "core/path.h"
#include "image/inventory.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kMostFolders = 10'000;  // in which one library is looked for

constexpr std::string_view kDefaultPath =
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Of glibc on the architectures that images are made for, and of musl.
constexpr std::string_view kDefaultFolders[] = {
    "/lib",
    "/usr/lib",
    "/lib64",
    "/usr/lib64",
    "/usr/local/lib",
    "/lib/x86_64-linux-gnu",
    "/usr/lib/x86_64-linux-gnu",
    "/lib/aarch64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/lib/arm-linux-gnueabihf",
    "/usr/lib/arm-linux-gnueabihf",
    "/lib/i386-linux-gnu",
    "/usr/lib/i386-linux-gnu",
    "/lib/powerpc64le-linux-gnu",
    "/usr/lib/powerpc64le-linux-gnu",
    "/lib/riscv64-linux-gnu",
    "/usr/lib/riscv64-linux-gnu",
    "/lib/s390x-linux-gnu",
    "/usr/lib/s390x-linux-gnu",
};

/// "$ORIGIN/../lib" of a file in "/opt/x/bin"; "${LIB}" and the like are not known.
std::string expanded(std::string_view folder, std::string_view origin) {
  for (const std::string_view variable : {"$ORIGIN", "${ORIGIN}"}) {
    if (folder.starts_with(variable)) {
      return std::string(origin).append(folder.substr(variable.size()));
    }
  }
  return std::string(folder);
}

class Following {
 public:
  explicit Following(const Inventory& inventory)
      : inventory_(inventory), tree_(inventory.tree), config_(inventory.config) {}

  Loadable run() {
    loadable_.is_complete = true;
    index();
    std::vector<std::string> start = config_.entrypoint;
    start.insert(start.end(), config_.command.begin(), config_.command.end());
    start_program(start);
    if (config_.healthcheck) check_health(*config_.healthcheck);
    for (const std::string_view library : words(environment("LD_PRELOAD"))) add_library(library);
    for (const std::string_view library : words(inventory_.fact("etc/ld.so.preload"))) {
      add_library(library);
    }
    if (!environment("LD_AUDIT").empty()) loadable_.is_complete = false;
    while (!open_.empty()) {
      const Open next = std::move(open_.back());
      open_.pop_back();
      follow(next);
    }
    measure();
    return std::move(loadable_);
  }

 private:
  /// A file whose libraries are to be looked for.
  struct Open {
    std::string path;
    const BinaryFacts* facts = nullptr;
    std::vector<std::string> inherited;  ///< DT_RPATH of what loads it
  };
  struct Elf {
    std::string path;
    EntryId id;
  };

  void index() {
    tree_.for_each([this](const std::string& path, EntryId id) {
      if (tree_.entry(id).type != Entry::Type::kFile) return;
      const BinaryFacts* facts = facts_of(id);
      if (facts != nullptr && facts->is_elf) files_.push_back({path, id});
    });
    add_conf("etc/ld.so.conf");
    for (const LayerAnalysis& layer : inventory_.layers) {
      for (const auto& [path, text] : layer.facts) {
        if (path.starts_with("etc/ld.so.conf.d/")) add_conf(path);
        if (path.starts_with("etc/ld-musl-")) {
          for (const std::string_view folder : words(inventory_.fact(path))) {
            folders_.emplace_back(folder);
          }
        }
      }
    }
    folders_.insert(folders_.end(), std::begin(kDefaultFolders), std::end(kDefaultFolders));
  }

  void add_conf(std::string_view path) {
    for (std::string_view line : ascii::split(inventory_.fact(path), '\n')) {
      line = ascii::trim(line.substr(0, line.find('#')));
      // What is included elsewhere than is usual is not known.
      if (line.starts_with("include")) {
        const bool usual =
            ascii::contains(line, "/etc/ld.so.conf.d/") || ascii::contains(line, " ld.so.conf.d/");
        loadable_.is_complete = loadable_.is_complete && usual;
      } else if (line.starts_with('/')) {
        folders_.emplace_back(line);
      }
    }
  }

  [[nodiscard]] const BinaryFacts* facts_of(EntryId id) const {
    const Binaries& binaries = inventory_.layers[id.layer].binaries;
    const auto found = binaries.find(tree_.entry(id).path);
    return found == binaries.end() ? nullptr : &found->second;
  }

  [[nodiscard]] std::string_view environment(std::string_view name) const {
    for (const std::string& each : config_.environment) {
      if (each.size() > name.size() && each.starts_with(name) && each[name.size()] == '=') {
        return std::string_view(each).substr(name.size() + 1);
      }
    }
    return {};
  }

  /// Between ':', ' ' or line ends.
  static std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> found;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of(": \t\n"), text.size());
      if (end > 0) found.push_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
  }

  void check_health(const std::vector<std::string>& check) {
    if (check.empty() || check[0] == "NONE") return;
    if (check[0] == "CMD") {
      start_program({check.begin() + 1, check.end()});
    } else {
      loadable_.is_complete = false;  // a shell runs it
    }
  }

  void start_program(const std::vector<std::string>& command) {
    const std::string path = command.empty() ? std::string() : program(command[0]);
    if (path.empty() || !add(path, {})) loadable_.is_complete = false;
  }

  /// Where a program is that is started by this name; "" nowhere.
  [[nodiscard]] std::string program(const std::string& name) const {
    if (ascii::contains(name, "/")) {
      return name.starts_with('/') ? name : path::join('/' + config_.folder, name);
    }
    std::string_view path = environment("PATH");
    if (path.empty()) path = kDefaultPath;
    for (const std::string_view folder : words(path)) {
      std::string candidate = std::string(folder) + '/' + name;
      const auto id = tree_.find(candidate);
      if (id && tree_.entry(*id).type == Entry::Type::kFile) return candidate;
    }
    return {};
  }

  /// @return whether it is there and something that can be loaded
  bool add(std::string_view path, std::vector<std::string> inherited) {
    const auto id = tree_.find(path);
    if (!id) return false;
    const BinaryFacts* facts = facts_of(*id);
    if (facts == nullptr) return false;
    std::string real = tree_.real_path(path);
    if (loadable_.paths.insert(real).second) {
      open_.push_back({std::move(real), facts, std::move(inherited)});
    }
    return true;
  }

  void add_library(std::string_view name) {
    if (!ascii::contains(name, "/") || !add(name, {})) loadable_.is_complete = false;
  }

  void follow(const Open& open) {
    const BinaryFacts& facts = *open.facts;
    if (!facts.is_elf) {  // a script; which programs it starts it does not tell
      loadable_.is_complete = false;
      const std::vector<std::string_view> line = words(facts.interpreter);
      if (line.empty()) return;
      (void)add(line[0], {});
      if (path::name(line[0]) == "env" && line.size() > 1) {
        (void)add(program(std::string(line.back())), {});
      }
      return;
    }
    if (!facts.is_understood || facts.opens_libraries || facts.starts_programs) {
      loadable_.is_complete = false;
    }
    if (!facts.interpreter.empty() && !add(facts.interpreter, {})) loadable_.is_complete = false;
    if (path::name(open.path) == "libc.so.6") add_plugins();

    const std::string origin = '/' + std::string(path::folder(open.path));
    std::vector<std::string> own;
    for (const std::string& folder : facts.run_paths) own.push_back(expanded(folder, origin));
    std::vector<std::string> inherited = open.inherited;
    if (facts.run_paths_are_inherited) inherited.insert(inherited.end(), own.begin(), own.end());
    if (inherited.size() > kMostFolders) inherited.resize(kMostFolders);
    for (const std::string& name : facts.needed) {
      if (ascii::contains(name, "/")) {
        if (!add(name, inherited)) loadable_.is_complete = false;
      } else if (!find_library(name, facts, inherited, own)) {
        // musl's library is its dynamic linker.
        loadable_.is_complete = loadable_.is_complete && name.starts_with("libc.musl-");
      }
    }
  }

  bool find_library(const std::string& name, const BinaryFacts& by,
                    const std::vector<std::string>& inherited,
                    const std::vector<std::string>& own) {
    for (const std::string& folder : inherited) {
      if (found_in(folder, name, by, inherited)) return true;
    }
    for (const std::string_view folder : words(environment("LD_LIBRARY_PATH"))) {
      if (found_in(folder, name, by, inherited)) return true;
    }
    for (const std::string& folder : own) {
      if (found_in(folder, name, by, inherited)) return true;
    }
    for (const std::string& folder : folders_) {
      if (found_in(folder, name, by, inherited)) return true;
    }
    return false;
  }

  /// One for another machine is passed over, as the dynamic linker does.
  bool found_in(std::string_view folder, const std::string& name, const BinaryFacts& by,
                const std::vector<std::string>& inherited) {
    const std::string path = std::string(folder) + '/' + name;
    const auto id = tree_.find(path);
    const BinaryFacts* facts = id ? facts_of(*id) : nullptr;
    if (facts == nullptr || !facts->is_elf) return false;
    if (facts->machine != by.machine || facts->is_64 != by.is_64) return false;
    // Processors of a newer kind may take the one made for them.
    for (const std::string_view kind : {"x86-64-v2", "x86-64-v3", "x86-64-v4"}) {
      (void)add(std::string(folder).append("/glibc-hwcaps/").append(kind) + '/' + name, inherited);
    }
    return add(path, inherited);
  }

  /// What glibc loads by itself: name services, character sets, and the unwinder.
  void add_plugins() {
    for (const Elf& file : files_) {
      const std::string_view name = path::name(file.path);
      if (name.starts_with("libnss_") || name.starts_with("libgcc_s.so") ||
          ascii::contains(file.path, "/gconv/")) {
        (void)add(file.path, {});
      }
    }
  }

  void measure() {
    std::unordered_set<std::uint64_t> counted;
    const auto number = [](EntryId id) { return (std::uint64_t{id.layer} << 32U) | id.entry; };
    for (const std::string& path : loadable_.paths) {
      if (const auto id = tree_.find(path)) counted.insert(number(*id));
    }
    for (const Elf& file : files_) {
      if (counted.insert(number(file.id)).second) {
        loadable_.unreachable_bytes += tree_.entry(file.id).size;
      }
    }
  }

  const Inventory& inventory_;
  const FileTree& tree_;
  const ImageConfig& config_;
  Loadable loadable_;
  std::vector<Open> open_;
  std::vector<Elf> files_;
  std::vector<std::string> folders_;  ///< where all libraries are looked for
};

}  // namespace

Loadable find_loadable(const Inventory& inventory) {
  return Following(inventory).run();
}

}  // namespace plimsoll::image
