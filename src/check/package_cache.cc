#include "check/package_cache.h"

#include "core/ascii.h"

namespace plimsoll::check {
namespace {

/// The next piece of `rest` up to `separator`, which is dropped.
std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view piece = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return piece;
}

/// `inner` is `outer` or below it.
bool is_within(std::string_view inner, std::string_view outer) {
  return inner.starts_with(outer) &&
         (inner.size() == outer.size() || outer.ends_with('/') || inner[outer.size()] == '/');
}

/// "/var/lib/{apt,dpkg}/…" names the folder under which `cache` is.
bool braces_cover(std::string_view path, std::size_t brace, std::string_view cache) {
  if (!cache.starts_with(path.substr(0, brace))) return false;
  std::string_view wanted = cache.substr(brace);
  wanted = wanted.substr(0, wanted.find('/'));
  std::string_view names = path.substr(brace + 1);
  names = names.substr(0, names.find('}'));
  while (!names.empty()) {
    if (take(names, ',') == wanted) return true;
  }
  return false;
}

bool is_home_cache(std::string_view path, std::string_view cache) {
  return ascii::contains(path, cache) || path.ends_with("/.cache") || path == ".cache";
}

/// "apt" of `cd /var/lib && rm -rf apt`: which folder it is in is not followed.
bool relative_covers(std::string_view path, std::string_view cache) {
  const std::string_view first = path.substr(0, path.find_first_of("/*"));
  if (first.empty()) return path.starts_with('*');
  const std::size_t at = cache.rfind(first);
  return at != std::string_view::npos && at > 0 && cache[at - 1] == '/' &&
         (at + first.size() == cache.size() || cache[at + first.size()] == '/');
}

bool covers_one_of(std::string_view path, std::string_view caches) {
  while (!caches.empty()) {
    if (path_covers(path, take(caches, ' '))) return true;
  }
  return false;
}

bool deletes(const shell::Command& command) {
  const std::string_view name = command.name();
  if (name == "rm") {
    return command.has_flag("-r") || command.has_flag("-R") || command.has_flag("--recursive") ||
           command.has_flag("-f");
  }
  return name == "find" && (command.has_flag("-delete") || command.has_flag("-exec"));
}

struct Mount {
  std::string_view type;
  std::string_view target;
};

Mount read_mount(std::string_view text) {
  Mount mount;
  while (!text.empty()) {
    std::string_view value = take(text, ',');
    const std::string_view name = take(value, '=');
    if (name == "type") mount.type = value;
    if (name == "target" || name == "dst" || name == "destination") mount.target = value;
  }
  return mount;
}

bool is_scratch(const Mount& mount) {
  return mount.type == "cache" || mount.type == "tmpfs";
}

bool mount_covers(std::string_view target, std::string_view caches) {
  if (ascii::contains(target, "$")) return true;
  while (target.size() > 1 && target.ends_with('/')) target.remove_suffix(1);
  while (!caches.empty()) {
    const std::string_view cache = take(caches, ' ');
    if (cache.starts_with('/') ? is_within(cache, target) : is_home_cache(target, cache)) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool path_covers(std::string_view path, std::string_view cache) {
  if (path.empty()) return false;
  const std::size_t brace = path.find('{');
  if (brace != std::string_view::npos && braces_cover(path, brace, cache)) return true;
  const std::size_t star = path.find('*');
  if (path[0] == '$') return true;
  if (!cache.starts_with('/')) {
    std::string_view folder = path.substr(0, star);
    while (folder.ends_with('/')) folder.remove_suffix(1);
    return is_home_cache(folder, cache);
  }
  if (path[0] != '/') return path[0] != '~' && relative_covers(path, cache);
  if (star != std::string_view::npos) {
    const std::string_view fixed = path.substr(0, star);
    return cache.starts_with(fixed) || is_within(fixed, cache);
  }
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return is_within(path, cache) || is_within(cache, path);
}

bool removes_one_of(const shell::Command& command, std::string_view caches) {
  if (!deletes(command)) return false;
  for (const shell::Word& word : command) {
    if (!word.value.starts_with('-') && covers_one_of(word.value, caches)) return true;
  }
  return false;
}

bool mounts_one_of(const dockerfile::Instruction& run, std::string_view caches) {
  for (const dockerfile::Flag& flag : run.flags) {
    if (flag.name != "mount") continue;
    const Mount mount = read_mount(flag.value);
    if (is_scratch(mount) && mount_covers(mount.target, caches)) return true;
  }
  return false;
}

bool mounts_scratch_space(const dockerfile::Instruction& run) {
  for (const dockerfile::Flag& flag : run.flags) {
    if (flag.name == "mount" && is_scratch(read_mount(flag.value))) return true;
  }
  return false;
}

}  // namespace plimsoll::check
