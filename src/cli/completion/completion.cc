#include "cli/completion/completion.h"

#include <algorithm>

namespace plimsoll::cli::completion {

std::vector<page::Page> command_pages(const CLI::App& program) {
  std::vector<page::Page> pages;
  for (const CLI::App* sub : program.get_subcommands([](const CLI::App*) { return true; })) {
    pages.push_back(page::page_of(*sub));
  }
  return pages;
}

std::string_view word_of(const page::Page& page) {
  return std::string_view(page.name).substr(page.name.rfind(' ') + 1);
}

const page::Entry* argument_of(const page::Page& page) {
  return page.arguments.empty() ? nullptr : &page.arguments.back();
}

std::string identifier(const page::Page& page, const page::Entry& entry) {
  std::string out(word_of(page));
  out += '_';
  if (entry.positional) return out + "argument";
  const std::string& name = entry.names.back();
  out += name.substr(name.find_first_not_of('-'));
  std::replace(out.begin(), out.end(), '-', '_');
  return out;
}

std::string quoted(std::string_view text, std::string_view quote) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += quote;
    } else {
      out += c;
    }
  }
  return out + '\'';
}

std::string plain(std::string_view text) {
  std::string out;
  for (const page::Piece& piece : page::pieces(text)) out += piece.text;
  return out;
}

}  // namespace plimsoll::cli::completion
