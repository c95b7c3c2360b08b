#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "check/image_origin.h"
#include "check/rule.h"
#include "check/secret_file.h"
#include "check/word_list.h"
#include "core/path.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "development-files-in-image",
    .title = "The image holds files that only developing it needs",
    .severity = Severity::kMedium,
    .control = Control::kMinimalBaseImage,
    .enabled = true,
    .aliases = "dockle:DKL-LI-0003",
    .why =
        "A repository in the image is the source with its whole history, secrets that were "
        "committed and removed included; an .env file is usually secrets themselves. Everyone who "
        "may pull the image has them.",
    .fix_note =
        "Name them in .dockerignore, or copy only what the program needs. What was secret in them "
        "must be replaced.",
    .sources =
        "https://docs.docker.com/build/concepts/context/#dockerignore-files "
        "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
};

/// A file that tells what the folder above it is, when nobody would otherwise have one.
struct Repository {
  std::string_view marker;
  std::string_view folder;
};
constexpr Repository kRepositories[] = {
    {".git/HEAD", ".git"}, {".hg/store", ".hg"}, {".svn/wc.db", ".svn"}, {".bzr/branch", ".bzr"}};

constexpr std::string_view kHistories[] = {".bash_history",     ".ash_history",  ".zsh_history",
                                           ".python_history",   ".psql_history", ".mysql_history",
                                           ".node_repl_history"};
constexpr std::string_view kFolders[] = {".idea",   ".vscode",   ".vs",
                                         ".github", ".circleci", ".devcontainer"};
constexpr std::string_view kFiles[] = {
    ".DS_Store",           "Thumbs.db",          "desktop.ini",
    ".dockerignore",       ".gitlab-ci.yml",     "Jenkinsfile",
    ".travis.yml",         "docker-compose.yml", "docker-compose.yaml",
    "compose.yml",         "compose.yaml",       "docker-compose.override.yml",
    "Vagrantfile",         ".viminfo",           ".pre-commit-config.yaml",
    "azure-pipelines.yml",
};

bool is_one_of(std::string_view word, const auto& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// Installed by a package manager or a distribution: what lies there is its author's.
bool is_somebody_elses(std::string_view path) {
  constexpr std::string_view kRoots[] = {
      "go/pkg",       "lib",           "root/go/pkg",     "usr/include", "usr/lib",
      "usr/local/go", "usr/local/lib", "usr/local/share", "usr/share",   "var/lib",
  };
  for (const std::string_view root : kRoots) {
    if (path::is_within(path, root)) return true;
  }
  constexpr WordList kParts =
      ".cargo .m2 bundle dist-packages gems node_modules site-packages testdata vendor";
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (kParts.has(path.substr(0, end))) return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

/// `path` up to the part that is one of the folders; "" when none is.
std::string_view up_to_folder(std::string_view path) {
  std::size_t begin = 0;
  while (begin < path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (end == path.size()) break;
    if (is_one_of(path.substr(begin, end - begin), kFolders)) return path.substr(0, end);
    begin = end + 1;
  }
  return {};
}

struct Meant {
  std::string path;
  Severity severity = Severity::kInfo;
};

std::optional<Meant> development_file(std::string_view path) {
  const std::string_view name = path::name(path);
  for (const Repository& repository : kRepositories) {
    const std::string_view marker = repository.marker;
    if (!path.ends_with(marker)) continue;
    const std::string_view before = path.substr(0, path.size() - marker.size());
    if (!before.empty() && !before.ends_with('/')) continue;
    return Meant{std::string(before) + std::string(repository.folder), Severity::kMedium};
  }
  if (name.starts_with(".env") && secret_file(name)) {
    return Meant{std::string(path), Severity::kMedium};
  }
  if (is_one_of(name, kHistories)) return Meant{std::string(path), Severity::kLow};
  if (const auto folder = up_to_folder(path); !folder.empty()) return Meant{std::string(folder)};
  if (is_one_of(name, kFiles) || name == "Dockerfile" || name.starts_with("Dockerfile.") ||
      name.ends_with(".Dockerfile")) {
    return Meant{std::string(path)};
  }
  return std::nullopt;
}

void check(const image::Inventory& image, Sink& sink) {
  std::array<std::vector<ImageItem>, 3> by_severity;
  image.tree.for_each([&](const std::string& path, image::EntryId id) {
    const image::Entry& entry = image.tree.entry(id);
    if (entry.type != image::Entry::Type::kFile || entry.size == 0) return;
    auto meant = development_file(path);
    if (!meant || is_somebody_elses(path)) return;
    auto& items = by_severity[static_cast<std::size_t>(meant->severity)];
    // The files of one folder follow each other.
    if (!items.empty() && items.back().name == meant->path) return;
    items.push_back({std::move(meant->path), id.layer});
  });
  std::vector<ImageItem> items;
  Severity worst = Severity::kInfo;
  for (std::size_t i = by_severity.size(); i-- > 0;) {
    if (!by_severity[i].empty()) worst = std::max(worst, static_cast<Severity>(i));
    std::move(by_severity[i].begin(), by_severity[i].end(), std::back_inserter(items));
  }
  if (items.empty()) return;
  report_files(image, items, "only development needs " + name_paths(items), sink).severity = worst;
}

constexpr Example kExamples[] = {
    {.name = "a repository before the rest",
     .before = "config {}\nlayer COPY . /app\n-rw-r--r-- 0:0 9 app/.DS_Store\n"
               "-rw-r--r-- 0:0 21 «app/.git»/HEAD\n-rw-r--r-- 0:0 90 app/.git/config\n"
               "-rw-r--r-- 0:0 90 app/Dockerfile\n"},
    {.name = "an environment file",
     .before = "config {}\nlayer COPY . /app\n-rw-r--r-- 0:0 9 «app/.env»\n"},
    {.name = "an editor's folder",
     .before = "config {}\nlayer COPY . /usr/src/app\n"
               "-rw-r--r-- 0:0 9 «usr/src/app/.vscode»/settings.json\n"
               "-rw-r--r-- 0:0 9 usr/src/app/.vscode/tasks.json\n"},
    {.name = "of dependencies",
     .before = "config {}\nlayer RUN npm ci\n-rw-r--r-- 0:0 9 app/node_modules/x/.travis.yml\n"
               "-rw-r--r-- 0:0 9 usr/lib/python3/dist-packages/x/Dockerfile\n"},
    {.name = "samples, and the pointer of a submodule",
     .before = "config {}\nlayer COPY . /app\n-rw-r--r-- 0:0 9 app/.env.example\n"
               "-rw-r--r-- 0:0 9 app/.git\n-rw-r--r-- 0:0 9 app/.environment\n"},
};

}  // namespace

const Rule& development_files_in_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
