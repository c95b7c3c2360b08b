#include "check/command_words.h"

#include <string>

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

}  // namespace

std::vector<std::string_view> command_words(const Workload& workload) {
  std::vector<std::string_view> words;
  for (const std::string& part : workload.entrypoint) split_into(words, part);
  for (const std::string& part : workload.command) split_into(words, part);
  return words;
}

bool is_written_at(const Place& place, std::string_view text) {
  if (place.file == nullptr) return true;
  const std::string_view written = place.file->slice(place.span);
  if (written.find('$') == std::string_view::npos) return true;
  return written.find(text) != std::string_view::npos;
}

}  // namespace plimsoll::check
