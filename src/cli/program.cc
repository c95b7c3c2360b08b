#include "cli/program.h"

#include <algorithm>

#include "check/rule.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/page/page.h"
#include "cli/peer_options.h"
#include "cli/value.h"
#include "core/ascii.h"
#include "core/version.h"

namespace plimsoll::cli {
namespace {

/// `plimsoll` and `plimsoll PATH` mean audit: puts the word in where no subcommand is named.
std::vector<std::string> with_default_command(std::vector<std::string> arguments) {
  if (arguments.empty()) return {"audit"};
  const std::string& first = arguments.front();
  if (first == "--help" || first == "-h" || first == "--version") return arguments;
  if (find_command(first) != nullptr) return arguments;
  const bool is_path = first.find('/') != std::string::npos || first == ".";
  if (first.starts_with('-') || is_path) arguments.insert(arguments.begin(), "audit");
  return arguments;
}

bool names_no_command(const std::vector<std::string>& arguments) {
  return !arguments.front().starts_with('-') && find_command(arguments.front()) == nullptr;
}

std::vector<std::string> for_parser(std::vector<std::string> arguments) {
  std::reverse(arguments.begin(), arguments.end());  // CLI11 pops from the back
  return arguments;
}

bool may_be(const CLI::Option& option, const std::string& result) {
  const Values values = values_of(option.get_type_name());
  const bool is_word =
      std::any_of(values.words.begin(), values.words.end(),
                  [&result](const Word& word) { return ascii::iequals(word.text, result); });
  if (is_word) return true;
  if (ascii::contains(option.get_type_name(), "RULE")) {
    return !check::rules_for_alias(result).empty();
  }
  return !values.closed || values.words.empty();
}

}  // namespace

Program::Program() : app_("Find, fix, gate and watch container security", "plimsoll") {
  app_.set_help_flag("-h,--help", "Print this help and exit");
  app_.set_version_flag("--version", std::string("plimsoll ") + plimsoll::kVersion,
                        "Print the version and exit");
  app_.require_subcommand(1);
  app_.failure_message(CLI::FailureMessage::simple);
  app_.formatter_fn([](const CLI::App* app, const std::string&, CLI::AppFormatMode) {
    return page::to_help(page::page_of(*app), appearance_of_stdout(true).width);
  });
  for (const Command* command : all_commands()) {
    CLI::App* sub = app_.add_subcommand(std::string(command->name), std::string(command->title));
    if (!command->also.empty()) sub->alias(std::string(command->also));
    actions_.emplace_back(sub, command->declare(*sub));
  }
}

int Program::run(std::vector<std::string> arguments) {
  arguments = with_default_command(std::move(arguments));
  if (names_no_command(arguments)) {
    complain("no command is called '" + arguments.front() + "' (plimsoll --help lists them; " +
             "to judge a file of this name: plimsoll audit " + arguments.front() + ")");
    return static_cast<int>(Exit::kUsage);
  }
  try {
    app_.parse(for_parser(arguments));
  } catch (const CLI::ParseError& error) {  // CLI11's way to say --help, --version and mistakes
    if (app_.exit(error) == 0) return 0;
    if (const std::string advice = advice_for(arguments); !advice.empty()) complain(advice);
    return static_cast<int>(Exit::kUsage);
  }
  for (const auto& [sub, action] : actions_) {
    if (sub->parsed()) return static_cast<int>(action());
  }
  return static_cast<int>(Exit::kUsage);
}

std::optional<std::string> Program::fault_of(std::vector<std::string> arguments) {
  arguments = with_default_command(std::move(arguments));
  try {
    app_.parse(for_parser(std::move(arguments)));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return std::nullopt;
    return error.what();
  }
  for (const CLI::App* sub : app_.get_subcommands()) {
    for (const CLI::Option* option : sub->get_options()) {
      if (option->get_items_expected_max() == 0) continue;  // a flag
      for (const std::string& result : option->results()) {
        if (!may_be(*option, result)) return option->get_name() + ": '" + result + "'";
      }
    }
  }
  return std::nullopt;
}

}  // namespace plimsoll::cli
