#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "check/image_origin.h"
#include "check/image_program.h"
#include "check/rule.h"
#include "core/path.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "world-writable-in-image",
    .title = "Every account may write files of the image",
    .severity = Severity::kMedium,
    .control = Control::kNonRootUser,
    .enabled = true,
    .why =
        "Whatever process is broken into can replace what others in the container read or run: "
        "code, settings, start scripts.",
    .fix_note =
        "Give the path to the user that needs it (COPY --chown) with 755, or to a group with 775. "
        "A shared temporary folder gets 1777.",
    .sources = "https://cwe.mitre.org/data/definitions/732.html",
};

constexpr std::uint32_t kWorldWritable = 0002;
constexpr std::uint32_t kSticky = 01000;

/// What is there for everybody, or is mounted over when a container starts.
bool is_meant_so(std::string_view path) {
  constexpr std::string_view kFolders[] = {"dev", "proc", "sys", "tmp", "var/tmp"};
  for (const std::string_view folder : kFolders) {
    if (path::is_within(path, folder)) return true;
  }
  return false;
}

/// 0 is the worst. Nothing when only the right ones may write.
std::optional<std::size_t> rank_of(const std::string& path, const image::Entry& entry) {
  using Type = image::Entry::Type;
  if ((entry.mode & kWorldWritable) == 0 || is_meant_so(path)) return std::nullopt;
  if (entry.type == Type::kFolder) {
    if ((entry.mode & kSticky) != 0) return std::nullopt;
    return 2;
  }
  if (entry.type != Type::kFile && entry.type != Type::kHardLink) return std::nullopt;
  return is_executable(entry) ? 0 : 1;
}

void check(const image::Inventory& image, Sink& sink) {
  std::array<std::vector<ImageItem>, 3> by_rank;
  image.tree.for_each([&](const std::string& path, image::EntryId id) {
    if (const auto rank = rank_of(path, image.tree.entry(id))) {
      by_rank[*rank].push_back({path, id.layer});
    }
  });
  std::vector<ImageItem> files;
  for (auto& some : by_rank) std::move(some.begin(), some.end(), std::back_inserter(files));
  if (files.empty()) return;
  const std::string message = files.size() == 1
                                  ? "every account may write " + name_paths(files)
                                  : "every account may write " + std::to_string(files.size()) +
                                        " files and folders: " + name_paths(files);
  report_files(image, files, message, sink);
}

constexpr Example kExamples[] = {
    {.name = "a program before its data",
     .before = "config {}\nlayer RUN chmod -R 777 /app\ndrwxrwxrwx 0:0 0 app\n"
               "-rw-rw-rw- 0:0 10 app/data\n-rwxrwxrwx 0:0 10 «app/start»\n"},
    {.name = "a folder",
     .before = "config {}\nlayer RUN mkdir -m 777 /data\ndrwxrwxrwx 0:0 0 «data»\n"},
    {.name = "links have no permissions of their own",
     .before = "config {}\nlayer ADD rootfs.tar /\nlrwxrwxrwx 0:0 0 bin -> usr/bin\n"},
    {.name = "temporary folders",
     .before = "config {}\nlayer ADD rootfs.tar /\ndrwxrwxrwt 0:0 0 tmp\n"
               "drwxrwxrwt 0:0 0 run/lock\n-rw-rw-rw- 0:0 0 dev/null\n"},
};

}  // namespace

const Rule& world_writable_in_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
