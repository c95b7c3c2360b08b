#include "check/command_setting.h"

#include <algorithm>

#include "check/package_manager.h"
#include "core/ascii.h"

namespace plimsoll::check {
namespace {

constexpr auto kNone = std::string_view::npos;

/// Where `name` stands in `text` as a word of its own, any case; npos when it does not.
std::size_t find_name(std::string_view text, std::string_view name, std::size_t from) {
  const auto same = [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); };
  while (from < text.size()) {
    const auto* const at =
        std::search(text.data() + from, text.data() + text.size(), name.begin(), name.end(), same);
    if (at == text.data() + text.size()) return kNone;
    const auto found = static_cast<std::size_t>(at - text.data());
    if (found == 0 || !ascii::is_name(text[found - 1])) return found;
    from = found + 1;
  }
  return kNone;
}

}  // namespace

const shell::Word* find_flag(const shell::Command& command, const WordList& flags) {
  const auto* const found =
      std::find_if(command.begin(), command.end(), [&](const shell::Word& word) {
        return word.value.starts_with('-') &&
               has_word(flags, word.value.substr(0, word.value.find('=')));
      });
  return found == command.end() ? nullptr : found;
}

const shell::Word* find_setting(const shell::Command& command, std::string_view name, bool value) {
  for (const shell::Word& word : command) {
    const std::size_t equals = word.value.rfind('=');
    if (equals == kNone || equals < name.size()) continue;
    const std::size_t begin = equals - name.size();
    if (!ascii::iequals(word.value.substr(begin, name.size()), name)) continue;
    if (begin > 0 && ascii::is_name(word.value[begin - 1])) continue;
    if (means(word.value.substr(equals + 1), value)) return &word;
  }
  return nullptr;
}

bool says_setting(std::string_view text, std::string_view name, bool value) {
  for (std::size_t at = find_name(text, name, 0); at != kNone; at = find_name(text, name, at + 1)) {
    std::string_view rest = text.substr(at + name.size());
    const std::size_t begin = rest.find_first_not_of(" \t=:\"'\\");
    if (begin == 0 || begin == kNone) continue;
    rest.remove_prefix(begin);
    const auto* const end = std::find_if_not(rest.begin(), rest.end(), ascii::is_alnum);
    if (means(rest.substr(0, static_cast<std::size_t>(end - rest.begin())), value)) return true;
  }
  return false;
}

}  // namespace plimsoll::check
