#include "check/image_start.h"

#include <string>
#include <string_view>
#include <utility>

#include "check/word_list.h"
#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll::check {
namespace {

/// Start the words after their own options.
constexpr WordList kWrappers = "catatonit docker-init dumb-init env nice tini tini-static";
/// The same, after a word that names an account.
constexpr WordList kStepDowns = "chpst gosu su-exec s6-setuidgid";
/// Read the program from a file that is named after their options.
constexpr WordList kInterpreters =
    "ash bash bun dash deno java node nodejs perl php python python2 python3 ruby sh tsx";
constexpr WordList kShells = "ash bash dash sh zsh";

constexpr int kMostHops = 8;

/// "python3" of "/usr/bin/python3.12".
std::string_view program_name(std::string_view word) {
  const std::string_view name = path::name(word);
  const std::size_t dot = name.find('.');
  return name.starts_with("python") && dot != std::string_view::npos ? name.substr(0, dot) : name;
}

class Reader {
 public:
  explicit Reader(const image::Inventory& image) : image_(image) {}

  std::vector<ImageProgram> run() {
    read(image_.config.entrypoint, image_.config.command);
    return std::move(found_);
  }

 private:
  using Words = std::vector<std::string_view>;

  void read(const std::vector<std::string>& entrypoint, const std::vector<std::string>& command) {
    Words words(entrypoint.begin(), entrypoint.end());
    words.insert(words.end(), command.begin(), command.end());
    follow(std::move(words));
    // An entrypoint that is a script ends with exec "$@".
    if (!entrypoint.empty() && entrypoint.front().ends_with(".sh")) {
      follow(Words(command.begin(), command.end()));
    }
  }

  void follow(Words words) {
    std::size_t at = 0;
    for (int hops = 0; at < words.size() && hops < kMostHops; ++hops) {
      const std::string_view program = words[at];
      const std::string_view name = program_name(program);
      add(find_program(image_, program));
      ++at;
      if (kShells.has(name) && at + 1 < words.size() && words[at] == "-c") {
        words = words_of(words[at + 1]);
        at = 0;
      } else if (kWrappers.has(name) || kStepDowns.has(name)) {
        at = after_options(words, at);
        if (kStepDowns.has(name)) ++at;
      } else if (kInterpreters.has(name)) {
        add_script(words, at);
        return;
      } else {
        return;
      }
    }
  }

  /// Of a script that only starts something: no word of it means more than it says.
  static Words words_of(std::string_view script) {
    if (script.find_first_of("\"'\\$`;&|<>(){}\n*?#") != std::string_view::npos) return {};
    Words words;
    for (const std::string_view word : ascii::split(script, ' ')) {
      if (!word.empty()) words.push_back(word);
    }
    if (!words.empty() && words.front() == "exec") words.erase(words.begin());
    return words;
  }

  static std::size_t after_options(const Words& words, std::size_t at) {
    while (at < words.size() && words[at].starts_with('-')) {
      if (words[at++] == "--") break;
    }
    return at;
  }

  /// The first word after options that is a file: an option may have a value.
  void add_script(const Words& words, std::size_t at) {
    for (; at < words.size(); ++at) {
      if (words[at].starts_with('-')) continue;
      const std::string path = path::join(image_.config.folder, words[at]);
      const auto id = image_.tree.find(path);
      if (!id || image_.tree.entry(*id).type != image::Entry::Type::kFile) continue;
      add(ImageProgram{image_.tree.real_path(path), *id});
      return;
    }
  }

  void add(std::optional<ImageProgram> program) {
    if (program) found_.push_back(*std::move(program));
  }

  const image::Inventory& image_;
  std::vector<ImageProgram> found_;
};

}  // namespace

std::vector<ImageProgram> started_programs(const image::Inventory& image) {
  return Reader(image).run();
}

}  // namespace plimsoll::check
