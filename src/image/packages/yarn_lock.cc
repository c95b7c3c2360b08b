#include <utility>

#include "core/ascii.h"
#include "image/npm_manifest.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// "0.0.0-use.local" is what Yarn writes for every folder of the project itself.
constexpr std::string_view kProjectVersion = "0.0.0-use.local";

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view unquoted(std::string_view text) {
  text = ascii::trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

struct Block {
  std::string_view key;         ///< its line
  std::string_view descriptor;  ///< the first of its key: "name@range"
  std::string_view version;
  std::string_view resolution;  ///< Yarn 2 and later: "name@npm:1.0.0"
  std::string_view archive;     ///< Yarn 1: its address
};

/// Of "https://registry.example/@scope/name/-/name-1.0.0.tgz", as every registry lays them out.
std::string_view name_in_address(std::string_view address) {
  const std::size_t end = address.find("/-/");
  if (end == std::string_view::npos) return {};
  address = address.substr(0, end);
  std::size_t start = address.rfind('/');
  if (start == std::string_view::npos || start == 0) return {};
  const std::size_t before = address.rfind('/', start - 1);
  if (before != std::string_view::npos && address[before + 1] == '@') start = before;
  return address.substr(start + 1);
}

/// An alias is called what it stands for: "short@npm:real@^1" is real.
std::string_view name_of(const Block& block) {
  const auto [name, range] = npm::split_at(block.descriptor);
  const auto [resolved, reference] = npm::split_at(block.resolution);
  if (reference.starts_with("npm:")) return resolved;
  const std::string_view archived = name_in_address(block.archive);
  if (!archived.empty() && !ascii::contains(archived, "%")) return archived;
  if (!range.starts_with("npm:") || !block.resolution.empty()) return name;
  const std::string_view real = range.substr(4);
  const bool is_range = real.empty() || (!ascii::is_alpha(real[0]) && real[0] != '@');
  return is_range ? name : npm::split_at(real).first;
}

std::string_view first_descriptor(std::string_view key) {
  if (!key.empty() && key.back() == ':') key.remove_suffix(1);
  // In Yarn 1 each descriptor has its quotes, later the whole key has.
  if (key.starts_with('"')) {
    key.remove_prefix(1);
    key = key.substr(0, key.find('"'));
  }
  return ascii::trim(key.substr(0, key.find(',')));
}

/// Both formats are unindented keys with fields below: `version "1"` in Yarn 1, `version: 1` later.
/// A key of more than 1024 bytes is written `? key`, then `:`. Of a lock that was cut, or merged
/// without settling the conflict, what is whole is read and the first place at fault is told.
class Entries {
 public:
  Entries(PackageFile& file, PackageList& list) : file_(file), list_(list) {}

  Result<void> read() {
    std::string_view text = file_.bytes();
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    for (std::string_view line : ascii::split(text, '\n')) {
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty() || line[0] == '#' || line == ":") continue;
      if (ascii::is_blank(line[0])) {
        field(line);
      } else {
        unindented(line);
      }
    }
    finish();
    if (!any_ && !ascii::contains(text, "lockfile") && !ascii::trim(text).empty()) {
      return fail(ErrorCode::kInvalid, "no yarn.lock: no entry in it", file_.path());
    }
    return std::move(read_);
  }

 private:
  void unindented(std::string_view line) {
    if (!line.ends_with(':') && !line.starts_with("? ")) {
      blame(line, "this is no entry of a yarn.lock");
      add();  // each side of a conflict inside of an entry has a version
      block_ = {.key = block_.key, .descriptor = block_.descriptor};
      return;
    }
    finish();
    block_.key = line;
    if (line.starts_with("? ")) line.remove_prefix(2);
    block_.descriptor = first_descriptor(line);
    any_ = true;
  }

  /// Deeper ones are what it depends on, by name: one may be called "version".
  void field(std::string_view line) {
    if (!line.starts_with("  ") || line.size() < 3 || ascii::is_blank(line[2])) return;
    line.remove_prefix(2);
    const std::size_t end = line.find_first_of(": ");
    if (end == std::string_view::npos) return;
    const std::string_view key = unquoted(line.substr(0, end));
    const std::string_view value = unquoted(line.substr(line[end] == ':' ? end + 1 : end));
    if (value.starts_with('"')) return;  // it was cut
    if (key == "version") block_.version = value;
    if (key == "resolution") block_.resolution = value;
    if (key == "resolved") block_.archive = value;
  }

  void finish() {
    const bool is_cut = !block_.key.empty() && block_.version.empty();
    if (is_cut) blame(block_.key, "this entry has no version");
    add();
    block_ = {};
  }

  void add() {
    if (block_.key.empty() || block_.version.empty()) return;
    if (block_.descriptor == "__metadata") return;
    const std::string_view where = npm::split_at(block_.resolution).second;
    if (block_.version == kProjectVersion && where == "workspace:.") return;
    list_.add(name_of(block_), block_.version, file_.line_of(offset_of(block_.key)));
  }

  void blame(std::string_view line, std::string message) {
    if (!read_) return;
    read_ = file_.fail_at(file_.line_of(offset_of(line)), std::move(message));
  }

  [[nodiscard]] std::uint32_t offset_of(std::string_view line) const {
    return static_cast<std::uint32_t>(line.data() - file_.bytes().data());
  }

  PackageFile& file_;
  PackageList& list_;
  Block block_;
  Result<void> read_;
  bool any_ = false;
};

Result<void> read(PackageFile& file, PackageList& list) {
  return Entries(file, list).read();
}

}  // namespace

const PackageReader& yarn_lock() {
  static constexpr PackageReader kReader{.kind = "yarn-lock",
                                         .ecosystem = "npm",
                                         .presence = Presence::kLocked,
                                         .files = "**/yarn.lock",
                                         .read = read,
                                         .source = "https://classic.yarnpkg.com/docs/yarn-lock"};
  return kReader;
}

}  // namespace plimsoll::image::packages
