#include "check/command_words.h"

#include <string>

#include "core/ascii.h"

namespace plimsoll::check {
namespace {

constexpr std::string_view kBetweenWords = " \t\r\n;|&";

std::string_view unquoted(std::string_view word) {
  if (word.size() < 2) return word;
  const char quote = word.front();
  if ((quote != '"' && quote != '\'') || word.back() != quote) return word;
  return word.substr(1, word.size() - 2);
}

void split_into(std::vector<std::string_view>& words, std::string_view text) {
  if (text.find_first_of(kBetweenWords) == std::string_view::npos) {
    words.push_back(text);  // also when it is empty: the value of the flag before it
    return;
  }
  while (true) {
    const std::size_t begin = text.find_first_not_of(kBetweenWords);
    if (begin == std::string_view::npos) return;
    text.remove_prefix(begin);
    const std::string_view word = text.substr(0, text.find_first_of(kBetweenWords));
    words.push_back(unquoted(word));
    text.remove_prefix(word.size());
  }
}

bool continues_word(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '_';
}

/// Offset of `word` in `text` where nothing goes on before or after it.
std::size_t find_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + word.size())) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !continues_word(text[at - 1]);
    const bool ends = end == text.size() || !continues_word(text[end]);
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<std::string_view> command_words(const Workload& workload) {
  std::vector<std::string_view> words;
  for (const std::string& part : workload.entrypoint) split_into(words, part);
  for (const std::string& part : workload.command) split_into(words, part);
  return words;
}

Place place_of_word(const Workload& workload, std::string_view word) {
  const Place command = workload.command_place;
  if (command.file == nullptr) return workload.place;
  const std::size_t at =
      word.empty() ? std::string_view::npos : find_word(command.file->slice(command.span), word);
  if (at == std::string_view::npos) return command;
  const std::uint32_t begin = command.span.begin + static_cast<std::uint32_t>(at);
  return {command.file, {begin, begin + static_cast<std::uint32_t>(word.size())}};
}

bool is_written_at(const Place& place, std::string_view text) {
  if (place.file == nullptr) return true;
  const std::string_view written = place.file->slice(place.span);
  if (written.find('$') == std::string_view::npos) return true;
  return written.find(text) != std::string_view::npos;
}

}  // namespace plimsoll::check
