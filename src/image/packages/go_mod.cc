#include <map>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

struct Module {
  std::string_view path;
  std::string_view version;
  friend auto operator<=>(const Module&, const Module&) = default;
};

/// Words of one line up to a comment; "…" and `…` hold one word.
std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    line = ascii::trim(line);
    if (line.empty() || line.starts_with("//")) return words;
    if (line[0] == '"' || line[0] == '`') {
      const std::size_t end = line.find(line[0], 1);
      words.push_back(line.substr(1, end == std::string_view::npos ? end : end - 1));
      line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
      continue;
    }
    std::size_t end = 0;
    while (end < line.size() && !ascii::is_space(line[end]) &&
           !line.substr(end).starts_with("//")) {
      ++end;
    }
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

class Reading {
 public:
  /// directive := verb words | verb "(" { words } ")"
  void line(std::string_view text, std::uint32_t number) {
    std::vector<std::string_view> words = words_of(text);
    if (words.empty()) return;
    if (!block_.empty()) {
      if (words[0] == ")") {
        block_ = {};
      } else {
        directive(block_, words, number);
      }
      return;
    }
    const std::string_view verb = words.front();
    words.erase(words.begin());
    // "require(" is taken too.
    if (words.empty() && verb.ends_with('(')) {
      open(verb.substr(0, verb.size() - 1), number);
    } else if (words.size() == 1 && words[0] == "(") {
      open(verb, number);
    } else {
      directive(verb, words, number);
    }
  }

  void add_to(PackageList& list) const {
    for (const auto& [module, number] : required_) {
      auto replaced = replaced_.find(module);
      if (replaced == replaced_.end()) replaced = replaced_.find({module.path, {}});
      const Module& taken = replaced == replaced_.end() ? module : replaced->second;
      // A replacement without version is a folder.
      if (replaced != replaced_.end() && taken.version.empty()) continue;
      list.add(taken.path, taken.version, number);
    }
    if (!toolchain_.empty()) list.add("stdlib", toolchain_, toolchain_line_);
  }
  [[nodiscard]] bool is_go_mod() const { return known_; }
  /// Of the block that no line ends; 0 where all are ended.
  [[nodiscard]] std::uint32_t open_line() const { return block_.empty() ? 0 : block_line_; }

 private:
  void open(std::string_view verb, std::uint32_t number) {
    block_ = verb;
    block_line_ = number;
  }

  void directive(std::string_view verb, const std::vector<std::string_view>& words,
                 std::uint32_t number) {
    if (verb == "module" || verb == "go") {
      known_ = true;
    } else if (verb == "require" && words.size() >= 2) {
      known_ = true;
      required_.emplace_back(Module{words[0], words[1]}, number);
    } else if (verb == "replace") {
      replace(words);
    } else if (verb == "toolchain" && !words.empty()) {
      toolchain(words[0], number);
    }
  }

  /// path [version] "=>" (folder | path version)
  void replace(const std::vector<std::string_view>& words) {
    std::size_t arrow = 0;
    while (arrow < words.size() && words[arrow] != "=>") ++arrow;
    if (arrow == 0 || arrow > 2 || arrow + 1 >= words.size()) return;
    const Module from{words[0], arrow == 2 ? words[1] : std::string_view{}};
    replaced_[from] = {words[arrow + 1],
                       arrow + 2 < words.size() ? words[arrow + 2] : std::string_view{}};
  }

  /// "go1.23.6-custom" is 1.23.6. The `go` line is no such promise: any newer Go may build it.
  void toolchain(std::string_view name, std::uint32_t number) {
    if (!name.starts_with("go1")) return;
    name.remove_prefix(2);
    toolchain_ = name.substr(0, name.find('-'));
    toolchain_line_ = number;
  }

  std::string_view block_;
  std::uint32_t block_line_ = 0;
  bool known_ = false;
  std::vector<std::pair<Module, std::uint32_t>> required_;
  std::map<Module, Module> replaced_;
  std::string_view toolchain_;
  std::uint32_t toolchain_line_ = 0;
};

Result<void> read(PackageFile& file, PackageList& list) {
  Reading reading;
  std::uint32_t number = 0;
  for (const std::string_view line : ascii::split(file.bytes(), '\n')) reading.line(line, ++number);
  reading.add_to(list);
  if (!reading.is_go_mod() && !ascii::trim(file.bytes()).empty()) {
    return fail(ErrorCode::kInvalid, "no go.mod: neither module nor require", file.path());
  }
  if (reading.open_line() != 0) return file.fail_at(reading.open_line(), "'(' without ')'");
  return {};
}

}  // namespace

const PackageReader& go_mod() {
  static constexpr PackageReader kReader{.kind = "go-mod",
                                         .ecosystem = "Go",
                                         .presence = Presence::kLocked,
                                         .files = "**/go.mod",
                                         .read = read,
                                         .source = "https://go.dev/ref/mod#go-mod-file"};
  return kReader;
}

}  // namespace plimsoll::image::packages
