#include "image/files_in_use.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include "core/ascii.h"

namespace plimsoll::image {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = 4U << 20U;  // of one file of /proc
constexpr std::size_t kMostProcesses = 4'096;
constexpr std::size_t kMostOpenFiles = 4'096;
constexpr std::size_t kShortestId = 12;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMostBytes, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

/// Of "7f0c-7f0d r-xp 00001000 fd:00 1234   /usr/lib/libc.so.6" the path, where code is run from
/// it.
std::string_view mapped_program(std::string_view line) {
  const std::size_t rights = line.find(' ');
  if (rights == std::string_view::npos || line.size() < rights + 5) return {};
  if (line[rights + 3] != 'x') return {};
  const std::size_t path = line.find('/', rights);
  if (path == std::string_view::npos || line.ends_with(" (deleted)")) return {};
  return line.substr(path);
}

void take_mapped(const fs::path& process, std::set<std::string>& into) {
  const std::string maps = read(process / "maps");
  for (const std::string_view line : ascii::split(maps, '\n')) {
    const std::string_view path = mapped_program(line);
    if (!path.empty()) into.emplace(path);
  }
}

/// A virtual machine of Java reads its archives as files.
void take_archives(const fs::path& process, std::set<std::string>& into) {
  std::error_code problem;
  std::size_t looked = 0;
  for (fs::directory_iterator each(process / "fd", problem), end; !problem && each != end;
       each.increment(problem)) {
    if (++looked > kMostOpenFiles) return;
    std::error_code unreadable;
    const std::string target = fs::read_symlink(each->path(), unreadable).string();
    const bool is_archive =
        target.ends_with(".jar") || target.ends_with(".war") || target.ends_with(".ear");
    if (!unreadable && target.starts_with('/') && is_archive) into.insert(target);
  }
}

}  // namespace

std::vector<std::string> files_in_use(const std::string& processes, std::string_view container) {
  std::set<std::string> found;
  if (container.size() < kShortestId) return {};
  std::error_code problem;
  std::size_t looked = 0;
  for (fs::directory_iterator each(processes, problem), end; !problem && each != end;
       each.increment(problem)) {
    if (!ascii::is_number(each->path().filename().string())) continue;
    if (!ascii::contains(read(each->path() / "cgroup"), container)) continue;
    if (++looked > kMostProcesses) break;
    take_mapped(each->path(), found);
    take_archives(each->path(), found);
  }
  return {found.begin(), found.end()};
}

}  // namespace plimsoll::image
