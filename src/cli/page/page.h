#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/option_heading.h"
#include "cli/value.h"

/// What is said of a command, made once from its declaration and written in several ways.
namespace plimsoll::cli::page {

/// An option, an argument or a subcommand.
struct Entry {
  std::vector<std::string> names;  ///< "-o", "--output"; of an argument: its type name
  std::string type_name;           ///< "FILE"; empty for a flag
  std::string text;                ///< sentences, the last one without full stop
  std::string fallback;            ///< what holds when it is not given, may be empty
  Values values;
  std::string heading = kOwnOptions;  ///< of an option: what it stands under
  bool positional = false;
  bool many = false;  ///< may be given several times
};

struct Page {
  std::string name;      ///< "plimsoll audit"
  std::string title;     ///< one line, no full stop
  std::string synopsis;  ///< "plimsoll audit [OPTION...] [TARGET...]"
  std::string about;
  std::vector<Entry> commands;
  std::vector<Entry> arguments;
  std::vector<Entry> options;
  std::span<const Sample> samples;
  std::span<const Status> statuses;
};

/// The page of a subcommand, or of plimsoll itself.
[[nodiscard]] Page page_of(const CLI::App& app);

/// Options with the same heading, in the order that they were declared in.
struct Group {
  std::string heading = kOwnOptions;  ///< of an option: what it stands under
  std::vector<const Entry*> options;
};
/// @param options  must outlive what is returned
[[nodiscard]] std::vector<Group> groups_of(const std::vector<Entry>& options);

/// "-o, --output FILE"
[[nodiscard]] std::string spelling(const Entry& entry);
/// The text as a whole sentence, with the words the value may be and with the default.
[[nodiscard]] std::string sentence(const Entry& entry);
/// Paragraphs of `text`, which empty lines part.
[[nodiscard]] std::vector<std::string_view> paragraphs(std::string_view text);

/// A piece of text that is typed (`…`) or not.
struct Piece {
  std::string_view text;
  bool typed = false;
};
[[nodiscard]] std::vector<Piece> pieces(std::string_view text);

/// For `--help`, in at most `width` columns.
[[nodiscard]] std::string to_help(const Page& page, std::size_t width);
/// docs/commands/<command>.md.
[[nodiscard]] std::string to_markdown(const Page& page);
/// docs/commands/README.md.
[[nodiscard]] std::string markdown_index(const Page& root);
/// A manual page in roff, macro package man, section 1. `date` is that of the footer.
[[nodiscard]] std::string to_roff(const Page& page, std::string_view date);

/// "plimsoll-audit": the page's file name without extension.
[[nodiscard]] std::string file_stem(const Page& page);

}  // namespace plimsoll::cli::page
