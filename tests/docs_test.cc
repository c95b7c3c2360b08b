// Documentation cannot rot: links lead somewhere, command lines parse, generated pages are in sync.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/completion/completion.h"
#include "cli/page/page.h"
#include "cli/program.h"
#include "core/ascii.h"
#include "process.h"
#include "report/format.h"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PLIMSOLL_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> markdown_files() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(kRoot)) {
    if (entry.path().extension() == ".md") found.push_back(entry.path());
  }
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "docs")) {
    if (entry.path().extension() == ".md") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// The pages are about the whole program; a build without the HTML report knows less.
bool lacks_html() {
  return report::find_format("html") == nullptr;
}

/// What is wrong with a command line; "" when nothing.
std::string fault_of(const std::vector<std::string>& arguments) {
  const std::string fault = cli::Program().fault_of(arguments).value_or("");
  return lacks_html() && fault == "--format: 'html'" ? std::string() : fault;
}

struct Line {
  std::string_view text;
  std::string_view fence;  ///< the info string of the fenced block it is in
  bool fenced = false;
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  bool fenced = false;
  std::string_view fence;
  for (const std::string_view line : ascii::split(text, '\n')) {
    const std::string_view trimmed = ascii::trim(line);
    if (trimmed.starts_with("```")) {
      fenced = !fenced;
      fence = trimmed.substr(3);
      continue;
    }
    lines.push_back({line, fenced ? fence : std::string_view(), fenced});
  }
  return lines;
}

// --- links

/// A heading's anchor as GitHub makes it.
std::string anchor_of(std::string_view heading) {
  std::string anchor;
  for (const char c : ascii::lower(ascii::trim(heading))) {
    if (c == ' ') anchor += '-';
    if (ascii::is_alnum(c) || c == '-' || c == '_') anchor += c;
  }
  return anchor;
}

bool has_anchor(const fs::path& path, const std::string& anchor) {
  const std::string text = read(path);
  for (const Line& line : lines_of(text)) {
    if (line.fenced || !line.text.starts_with('#')) continue;
    if (anchor_of(line.text.substr(line.text.find_first_not_of('#'))) == anchor) return true;
  }
  return false;
}

/// Empty when the link leads somewhere.
std::string fault_of_link(const fs::path& from, std::string link) {
  if (link.starts_with("https://") || link.starts_with("http://")) return {};
  std::string anchor;
  if (const std::size_t hash = link.find('#'); hash != std::string::npos) {
    anchor = link.substr(hash + 1);
    link.resize(hash);
  }
  const fs::path target = link.empty() ? from : from.parent_path() / link;
  if (!fs::exists(target)) return "there is no " + link;
  if (!anchor.empty() && !has_anchor(target, anchor)) return "no heading makes #" + anchor;
  return {};
}

TEST(Docs, LinksLeadSomewhere) {
  std::size_t links = 0;
  for (const fs::path& path : markdown_files()) {
    const std::string text = read(path);
    for (const Line& line : lines_of(text)) {
      if (line.fenced) continue;
      for (std::size_t at = line.text.find("]("); at != std::string_view::npos;
           at = line.text.find("](", at + 2)) {
        const std::size_t end = line.text.find(')', at);
        if (end == std::string_view::npos) continue;
        ++links;
        const std::string link(line.text.substr(at + 2, end - at - 2));
        EXPECT_EQ(fault_of_link(path, link), "") << path << ": " << link;
      }
    }
  }
  EXPECT_GT(links, 50U) << "links are not recognised any more";
}

TEST(Docs, EveryPageIsReachedFromTheIndex) {
  const std::string index = read(kRoot / "docs/README.md");
  for (const auto& entry : fs::directory_iterator(kRoot / "docs")) {
    const std::string name = entry.path().filename();
    if (name == "README.md") continue;
    EXPECT_NE(index.find("](" + name), std::string::npos) << name;
  }
}

// --- command lines

/// Where a shell would start a command, after what may stand before it in docs.
bool starts_command(std::string_view before) {
  before = ascii::trim(before);
  if (before.empty() || before == "$") return true;
  for (const std::string_view end : {"|", "&&", "||", ";", "$(", "<(", "-", "run:", "if !"}) {
    if (before.ends_with(end)) return true;
  }
  return false;
}

/// The words after the program's name, up to what ends a command. Quotes are taken off.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = '\0';
  const auto end_word = [&] {
    if (in_word) words.push_back(word);
    word.clear();
    in_word = false;
  };
  for (const char c : text) {
    if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        word += c;
      }
      continue;
    }
    if (c == '|' || c == ';' || c == '&' || c == ')' || c == '>' || (c == '#' && !in_word)) break;
    if (c == '\'' || c == '"') {
      quote = c;
      in_word = true;
    } else if (c == ' ') {
      end_word();
    } else {
      word += c;
      in_word = true;
    }
  }
  end_word();
  return words;
}

struct Use {
  fs::path path;
  std::string line;
  std::vector<std::string> arguments;
};

void add_uses(std::vector<Use>& uses, const fs::path& path, std::string_view line) {
  for (const std::string_view program : {"plimsoll", "script/run"}) {
    for (std::size_t at = line.find(program); at != std::string_view::npos;
         at = line.find(program, at + 1)) {
      const std::string_view rest = line.substr(at + program.size());
      if (!rest.empty() && rest.front() != ' ') continue;
      if (!starts_command(line.substr(0, at))) continue;
      uses.push_back({path, std::string(line), words_of(rest)});
    }
  }
}

/// What stands between grave accents in a line of prose or of a table.
void add_uses_in_prose(std::vector<Use>& uses, const fs::path& path, std::string_view line) {
  bool typed = false;
  for (const std::string_view part : ascii::split(line, '`')) {
    if (typed && part.starts_with("plimsoll audit")) add_uses(uses, path, part);
    typed = !typed;
  }
}

/// Blocks marked `text` are output or forms of usage.
std::vector<Use> uses_in_docs() {
  std::vector<Use> uses;
  for (const fs::path& path : markdown_files()) {
    const std::string text = read(path);
    for (const Line& line : lines_of(text)) {
      if (!line.fenced) {
        add_uses_in_prose(uses, path, line.text);
      } else if (line.fence != "text") {
        add_uses(uses, path, line.text);
      }
    }
  }
  return uses;
}

TEST(Docs, CommandLinesParse) {
  const std::vector<Use> uses = uses_in_docs();
  EXPECT_GT(uses.size(), 40U) << "command lines are not recognised any more";
  for (const Use& use : uses) {
    EXPECT_EQ(fault_of(use.arguments), "") << use.path << ": " << use.line;
  }
}

TEST(Docs, AWrongCommandLineWouldBeSeen) {
  for (const char* line : {"plimsoll audit --colour x", "x | plimsoll audit --fail-on bad -",
                           "plimsoll audit --rules no-such-rule", "$ plimsoll scan .",
                           "- run: plimsoll audit --format papyrus ."}) {
    std::vector<Use> uses;
    add_uses(uses, {}, line);
    ASSERT_EQ(uses.size(), 1U) << line;
    EXPECT_TRUE(cli::Program().fault_of(uses[0].arguments)) << line;
  }
}

// --- figures and keys

/// From `begin` to the next per cent sign.
std::string after(const std::string& text, std::string_view begin) {
  const std::size_t at = text.find(begin);
  if (at == std::string::npos) return {};
  return text.substr(at, text.find('%', at) - at);
}

TEST(Docs, TheScoreOfTheExampleIsTheOneItHas) {
  const test::Outcome outcome =
      test::plimsoll({"audit", PLIMSOLL_SOURCE_DIR "/examples/before", "--no-color"});
  const std::string score = after(outcome.out, "Score ");
  ASSERT_FALSE(score.empty()) << outcome.out;
  for (const char* page : {"README.md", "docs/getting-started.md", "docs/score.md"}) {
    EXPECT_EQ(after(read(kRoot / page), "Score "), score) << page;
  }
}

TEST(Docs, ThePictureInTheReadmeIsWhatIsPrinted) {
  const std::string readme = read(kRoot / "README.md");
  const std::string root = PLIMSOLL_SOURCE_DIR;
  const test::Outcome audit = test::plimsoll_in(root, {"audit", "examples/before", "--no-color"});
  EXPECT_NE(readme.find("```\n" + audit.out + "```"), std::string::npos) << audit.out;
  const test::Outcome fix = test::plimsoll_in(
      root, {"fix", "--check", "--unsafe", "--no-color", "--rules",
             "host-ipc,sensitive-port-on-all-interfaces", "examples/before/compose.yaml"});
  EXPECT_NE(readme.find(fix.out + "\nWrite these changes? [y/N]"), std::string::npos) << fix.out;
}

/// Every key of objects, at any depth; what is evidence differs by rule.
void collect_keys(const nlohmann::json& json, std::set<std::string>& keys) {
  if (json.is_array()) {
    for (const auto& item : json) collect_keys(item, keys);
  } else if (json.is_object()) {
    for (const auto& [key, value] : json.items()) {
      keys.insert(key);
      if (key != "evidence") collect_keys(value, keys);
    }
  }
}

TEST(Docs, EveryKeyOfTheJsonReportIsDocumented) {
  const std::string page = read(kRoot / "docs/json-report.md");
  const test::Folder folder;
  folder.write("Dockerfile", "# plimsoll ignore=base-image-latest\nFROM debian:latest\n");
  std::set<std::string> keys;
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"audit", "--rules", "all", "--format", "json",
                                 PLIMSOLL_SOURCE_DIR "/examples/before", folder.path(), "missing"},
        std::vector<std::string>{"rules", "--format", "json"}}) {
    collect_keys(nlohmann::json::parse(test::plimsoll(arguments).out), keys);
  }
  EXPECT_GT(keys.size(), 35U);
  for (const std::string& key : keys) {
    EXPECT_NE(page.find('`' + key + '`'), std::string::npos) << key;
  }
}

// --- pages of commands

TEST(Commands, SayWhatTheyDoInSentences) {
  const cli::Program program;
  for (const cli::page::Page& page : cli::completion::command_pages(program.app())) {
    SCOPED_TRACE(page.name);
    EXPECT_FALSE(page.about.empty()) << "Command::about";
    EXPECT_FALSE(page.samples.empty()) << "Command::samples";
    EXPECT_FALSE(page.statuses.empty()) << "Command::statuses";
    for (const auto* entries : {&page.arguments, &page.options}) {
      for (const cli::page::Entry& entry : *entries) {
        SCOPED_TRACE(entry.names.back());
        ASSERT_GE(entry.text.size(), 15U);
        EXPECT_TRUE(ascii::is_upper(entry.text.front())) << entry.text;
        EXPECT_FALSE(entry.text.ends_with('.')) << entry.text;
        EXPECT_EQ(std::count(entry.text.begin(), entry.text.end(), '`') % 2, 0) << entry.text;
      }
    }
  }
}

TEST(Commands, HaveExamplesThatParse) {
  const cli::Program program;
  std::vector<cli::page::Page> pages = cli::completion::command_pages(program.app());
  pages.push_back(cli::page::page_of(program.app()));
  for (const cli::page::Page& page : pages) {
    for (const cli::Sample& sample : page.samples) {
      std::vector<Use> uses;
      add_uses(uses, {}, sample.line);
      ASSERT_FALSE(uses.empty()) << sample.line;
      EXPECT_EQ(fault_of(uses[0].arguments), "") << sample.line;
    }
  }
}

TEST(Commands, PagesAreInSync) {
  if (lacks_html()) {
    std::cout << "SKIPPED: built without PLIMSOLL_WEB\n";
    return;
  }
  // script/bless writes them.
  const fs::path folder = kRoot / "docs/commands";
  const cli::Program program;
  std::set<std::string> expected{"README.md"};
  EXPECT_EQ(read(folder / "README.md"),
            cli::page::markdown_index(cli::page::page_of(program.app())))
      << "run script/bless";
  for (const cli::page::Page& page : cli::completion::command_pages(program.app())) {
    const std::string name = std::string(cli::completion::word_of(page)) + ".md";
    expected.insert(name);
    EXPECT_EQ(read(folder / name), cli::page::to_markdown(page)) << name << ": run script/bless";
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    EXPECT_TRUE(expected.contains(entry.path().filename())) << entry.path() << " has no command";
  }
}

TEST(Commands, PlimsollWithoutCommandStillHelps) {
  const test::Outcome outcome = test::plimsoll({"--help"});
  EXPECT_EQ(outcome.status, 0);
  for (const cli::Command* command : cli::all_commands()) {
    EXPECT_NE(outcome.out.find(std::string(command->title)), std::string::npos) << command->name;
  }
}

// --- manual pages

TEST(ManualPages, AreWrittenForEveryCommand) {
  const test::Folder folder;
  ASSERT_EQ(test::plimsoll({"manual", "--format", "man", "--folder", folder.path()}).status, 0);
  EXPECT_TRUE(fs::exists(folder.path() + "/plimsoll.1"));
  for (const cli::Command* command : cli::all_commands()) {
    EXPECT_TRUE(fs::exists(folder.path() + "/plimsoll-" + std::string(command->name) + ".1"));
  }
}

TEST(ManualPages, HaveNothingThatMandocOrManWarnOf) {
  const test::Folder folder;
  ASSERT_EQ(test::plimsoll({"manual", "--format", "man", "--folder", folder.path()}).status, 0);
  const bool mandoc = fs::exists("/usr/bin/mandoc");
  const bool man = fs::exists("/usr/bin/man");
  if (!mandoc) std::cout << "SKIPPED: mandoc is not installed\n";
  if (!man) std::cout << "SKIPPED: man is not installed\n";
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    const std::string file = entry.path();
    if (mandoc) {
      const test::Outcome lint = test::run({"/usr/bin/mandoc", "-T", "lint", file});
      EXPECT_EQ(lint.out + lint.err, "") << read(entry.path());
    }
    if (man) {
      const test::Outcome warnings =
          test::run({"/usr/bin/man", "--warnings", "-l", file}, {}, {"MANPAGER=cat"});
      EXPECT_EQ(warnings.err, "") << read(entry.path());
    }
  }
}

TEST(ManualPages, KeepWhatIsTypedAsItIs) {
  const test::Outcome page = test::plimsoll({"manual", "--format", "man", "audit"});
  EXPECT_EQ(page.status, 0);
  EXPECT_NE(page.out.find("\\-\\-fail\\-on"), std::string::npos);
  EXPECT_EQ(test::plimsoll({"manual", "no-such-command"}).status, 2);
  EXPECT_EQ(test::plimsoll({"manual", "--format", "pdf"}).status, 2);
}

}  // namespace
}  // namespace plimsoll
