#include "image/registry/challenge.h"

#include <utility>

#include "core/ascii.h"

namespace plimsoll::image::registry {
namespace {

constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~";

bool is_token(char c) {
  return ascii::is_alnum(c) || kTokenMarks.find(c) != std::string_view::npos;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::vector<Challenge> read() {
    std::vector<Challenge> challenges;
    while (!rest_.empty()) {
      skip(" \t,");
      const std::string word = token();
      if (word.empty()) {
        // Neither a scheme nor a parameter, such as the padding of a token68.
        if (!rest_.empty()) rest_.remove_prefix(1);
        continue;
      }
      skip(" \t");
      if (!rest_.starts_with('=')) {
        challenges.push_back({.scheme = ascii::lower(word), .parameters = {}});
        continue;
      }
      rest_.remove_prefix(1);
      skip(" \t");
      std::string value = rest_.starts_with('"') ? quoted() : token();
      if (!challenges.empty()) {
        challenges.back().parameters.try_emplace(ascii::lower(word), std::move(value));
      }
    }
    return challenges;
  }

 private:
  void skip(std::string_view bytes) {
    const std::size_t end = rest_.find_first_not_of(bytes);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
  }
  std::string token() {
    std::size_t end = 0;
    while (end < rest_.size() && is_token(rest_[end])) ++end;
    std::string word(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return word;
  }
  std::string quoted() {
    std::string text;
    std::size_t at = 1;
    while (at < rest_.size() && rest_[at] != '"') {
      if (rest_[at] == '\\' && at + 1 < rest_.size()) ++at;
      text += rest_[at++];
    }
    rest_.remove_prefix(at < rest_.size() ? at + 1 : at);
    return text;
  }

  std::string_view rest_;
};

}  // namespace

std::string Challenge::parameter(const std::string& key) const {
  const auto found = parameters.find(key);
  return found == parameters.end() ? std::string() : found->second;
}

std::vector<Challenge> parse_challenges(std::string_view header) {
  return Reader(header).read();
}

}  // namespace plimsoll::image::registry
