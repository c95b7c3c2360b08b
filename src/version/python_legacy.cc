#include <string>
#include <vector>

#include "version/python_version.h"
#include "version/text_order.h"

namespace plimsoll::version {
namespace {

struct Part {
  bool is_number = false;
  std::string text;  ///< of a word, in its one spelling
};

constexpr std::string_view kFinal = "final";
constexpr std::string_view kHyphen = "final-";

std::string spelling(std::string_view word) {
  if (word == "pre" || word == "preview" || word == "rc") return "c";
  if (word == "dev") return "@";
  if (word == "-") return std::string(kHyphen);
  return std::string(word);
}

void add_word(std::vector<Part>& parts, std::string word) {
  // What is before the release needs no hyphen, and zeros before a word do not count.
  while (word < kFinal && !parts.empty() && !parts.back().is_number &&
         parts.back().text == kHyphen) {
    parts.pop_back();
  }
  while (!parts.empty() && parts.back().is_number && is_zero(parts.back().text)) parts.pop_back();
  parts.push_back({false, std::move(word)});
}

std::string_view take_run(std::string_view& rest) {
  if (ascii::is_digit(rest.front())) return take_digits(rest);
  if (ascii::is_lower(rest.front())) return take_while(rest, ascii::is_lower);
  if (rest.front() == '.' || rest.front() == '-') {
    const std::string_view one = rest.substr(0, 1);
    rest.remove_prefix(1);
    return one;
  }
  return take_while(rest, [](char c) {
    return !ascii::is_digit(c) && !ascii::is_lower(c) && c != '.' && c != '-';
  });
}

std::vector<Part> parts_of(std::string_view version) {
  const std::string text = ascii::lower(version);
  std::vector<Part> parts;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view run = take_run(rest);
    if (run == ".") continue;
    if (ascii::is_digit(run.front())) {
      parts.push_back({true, std::string(run)});
    } else {
      add_word(parts, spelling(run));
    }
  }
  add_word(parts, std::string(kFinal));
  return parts;
}

}  // namespace

std::weak_ordering compare_legacy_python(std::string_view a, std::string_view b) {
  const std::vector<Part> left = parts_of(a);
  const std::vector<Part> right = parts_of(b);
  for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
    if (left[i].is_number != right[i].is_number) return left[i].is_number <=> right[i].is_number;
    const auto order = left[i].is_number ? compare_numbers(left[i].text, right[i].text)
                                         : compare_text(left[i].text, right[i].text);
    if (order != 0) return order;
  }
  return left.size() <=> right.size();
}

}  // namespace plimsoll::version
