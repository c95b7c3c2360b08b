// The completions, in the real shells: a terminal is typed on, Tab included.

#include "cli/completion/completion.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "process.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;

/// A shell on a terminal of its own; killed at the end.
class Terminal {
 public:
  explicit Terminal(const std::vector<std::string>& arguments, const std::string& folder) {
    child_ = ::forkpty(&master_, nullptr, nullptr, nullptr);
    if (child_ != 0) return;
    if (::chdir(folder.c_str()) != 0) ::_exit(126);
    std::vector<char*> argv;
    for (const std::string& each : arguments) argv.push_back(const_cast<char*>(each.c_str()));
    argv.push_back(nullptr);
    const std::string home = "HOME=" + folder;
    std::array<const char*, 6> environment{"PATH=/usr/bin:/bin", "TERM=xterm", "LC_ALL=C.UTF-8",
                                           "PS1=READY> ",        home.c_str(), nullptr};
    ::execve(argv[0], argv.data(), const_cast<char**>(environment.data()));
    ::_exit(127);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    ::close(master_);
  }

  void type(const std::string& keys) const {
    ASSERT_EQ(::write(master_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  }

  /// What is shown up to and with `text`, after what an earlier call returned; or what was shown
  /// until time was up.
  std::string wait_for(const std::string& text) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (pending_.find(text) == std::string::npos &&
           std::chrono::steady_clock::now() < deadline) {
      pollfd ready{master_, POLLIN, 0};
      if (::poll(&ready, 1, 100) <= 0) continue;
      std::array<char, 4096> buffer{};
      const ssize_t count = ::read(master_, buffer.data(), buffer.size());
      if (count <= 0) break;
      pending_.append(buffer.data(), static_cast<std::size_t>(count));
    }
    const std::size_t at = pending_.find(text);
    const std::size_t end = at == std::string::npos ? pending_.size() : at + text.size();
    const std::string shown = pending_.substr(0, end);
    pending_.erase(0, end);
    return shown;
  }

 private:
  std::string pending_;
  int master_ = -1;
  pid_t child_ = -1;
};

struct Case {
  const char* name;
  const char* typed;     ///< before Tab
  const char* complete;  ///< the whole line after Tab
};

// Each has one completion alone, whatever rules, formats and commands come later.
constexpr Case kCases[] = {
    {"Command", "plimsoll audi", "plimsoll audit"},
    {"LongOption", "plimsoll audit --exit-c", "plimsoll audit --exit-code"},
    {"OptionWithoutCommand", "plimsoll --exit-c", "plimsoll --exit-code"},
    {"Format", "plimsoll audit --format tab", "plimsoll audit --format table"},
    {"FormatAfterEquals", "plimsoll audit --format=tab", "plimsoll audit --format=table"},
    {"Severity", "plimsoll audit --severity crit", "plimsoll audit --severity critical"},
    {"SecondSeverity", "plimsoll audit --severity high,crit",
     "plimsoll audit --severity high,critical"},
    {"NoThreshold", "plimsoll audit --fail-on non", "plimsoll audit --fail-on none"},
    {"RuleOfAudit", "plimsoll audit --rules docker-socket-m",
     "plimsoll audit --rules docker-socket-mounted"},
    {"RuleToExplain", "plimsoll rules docker-socket-m", "plimsoll rules docker-socket-mounted"},
    {"FormatOfAnotherCommand", "plimsoll manual --format markd",
     "plimsoll manual --format markdown"},
    {"CommandAsArgument", "plimsoll manual completi", "plimsoll manual completion"},
    {"Shell", "plimsoll completion zs", "plimsoll completion zsh"},
    {"File", "plimsoll audit shelf/Docker", "plimsoll audit shelf/Dockerfile"},
    {"FileOfAnOption", "plimsoll audit --output shelf/Docker",
     "plimsoll audit --output shelf/Dockerfile"},
};

class CompletionTest : public testing::TestWithParam<Case> {};

bool is_there(const char* shell) {
  if (fs::exists(shell)) return true;
  std::cout << "SKIPPED: " << shell << " is not installed, its completion was not tested\n";
  return false;
}

/// What the shell makes of the line when Tab and Return are hit: "GOT:audit --format table".
std::string line_after_tab(const std::vector<std::string>& shell, const std::string& load,
                           const Case& example) {
  const Folder folder;
  folder.write("shelf/Dockerfile", "FROM scratch\n");
  Terminal terminal(shell, folder.path());
  terminal.wait_for("READY> ");
  terminal.type(load + "; plimsoll() { printf 'G%s:%s.\\n' OT \"$*\"; }; echo LOA''DED\n");
  terminal.wait_for("LOADED");
  terminal.wait_for("READY> ");
  terminal.type(std::string(example.typed) + "\t\n");
  const std::string shown = terminal.wait_for(".\r\n");
  const std::size_t got = shown.find("GOT:");
  if (got == std::string::npos) return shown;
  return shown.substr(got, shown.find('.', got) - got);
}

std::string want(const Case& example) {
  return "GOT:" + std::string(example.complete).substr(std::string("plimsoll ").size());
}

TEST_P(CompletionTest, Bash) {
  if (!is_there("/usr/bin/bash")) GTEST_SKIP();
  EXPECT_EQ(line_after_tab({"/usr/bin/bash", "--norc", "--noprofile", "-i"},
                           "PS1='READY> '; source <(" PLIMSOLL_EXECUTABLE " completion bash)",
                           GetParam()),
            want(GetParam()));
}

TEST_P(CompletionTest, Zsh) {
  if (!is_there("/usr/bin/zsh")) GTEST_SKIP();
  EXPECT_EQ(line_after_tab({"/usr/bin/zsh", "-f", "-i"},
                           "autoload -U compinit; compinit -u -D; "
                           "source <(" PLIMSOLL_EXECUTABLE " completion zsh)",
                           GetParam()),
            want(GetParam()));
}

TEST_P(CompletionTest, Fish) {
  if (!is_there("/usr/bin/fish")) GTEST_SKIP();
  const Folder folder;
  folder.write("shelf/Dockerfile", "FROM scratch\n");
  const std::string line = GetParam().typed;
  const Outcome outcome =
      run({"/usr/bin/fish", "--no-config", "-c",
           "cd " + folder.path() +
               "; " PLIMSOLL_EXECUTABLE " completion fish | source; complete -C '" + line + "'"},
          {}, {"HOME=" + folder.path()});
  // One candidate a line, with its description after a tab.
  const std::string candidate = outcome.out.substr(0, outcome.out.find_first_of("\t\n"));
  const std::string last_word = line.substr(line.rfind(' ') + 1);
  EXPECT_EQ(line.substr(0, line.size() - last_word.size()) + candidate, GetParam().complete)
      << outcome.out << outcome.err;
  EXPECT_EQ(outcome.out.find('\n'), outcome.out.size() - 1) << "more than one: " << outcome.out;
}

INSTANTIATE_TEST_SUITE_P(All, CompletionTest, testing::ValuesIn(kCases),
                         [](const auto& each) { return std::string(each.param.name); });

/// Descriptions that a shell could take for syntax.
void declare_odd(CLI::App& program) {
  CLI::App* odd = program.add_subcommand("odd", "It's $(odd) `cmd` [x]: a\\b \"c\" %s");
  static std::string value;
  odd->add_option("--as", value, "It's $(odd) [x]: a\\b \"c\" %s; rm -rf ~")->type_name("one|two");
  odd->add_option("--per-cent", value, "100 % $HOME")->type_name("FILE");
  odd->add_option("what", value, "Anything's [fine]: here")->type_name("three|four,...");
}

TEST(Completion, DescriptionsAreNoSyntax) {
  CLI::App program("odd program's", "plimsoll");
  declare_odd(program);
  const Folder folder;
  const struct {
    const char* shell;
    std::string script;
  } kShells[] = {{"/usr/bin/bash", cli::completion::bash(program)},
                 {"/usr/bin/zsh", cli::completion::zsh(program)},
                 {"/usr/bin/fish", cli::completion::fish(program)}};
  for (const auto& [shell, script] : kShells) {
    if (!is_there(shell)) continue;
    const Outcome outcome = run({shell, "-n", folder.write("script", script)});
    EXPECT_EQ(outcome.status, 0) << shell << outcome.err << script;
    EXPECT_EQ(outcome.err, "") << shell;
  }
}

TEST(Completion, FishShowsDescriptionsAsTheyAre) {
  if (!is_there("/usr/bin/fish")) GTEST_SKIP();
  CLI::App program("odd program's", "plimsoll");
  declare_odd(program);
  const Folder folder;
  const std::string script = folder.write("script", cli::completion::fish(program));
  const Outcome outcome = run({"/usr/bin/fish", "--no-config", "-c",
                               "source " + script + "; complete -C 'plimsoll odd --a'"},
                              {}, {"HOME=" + folder.path()});
  EXPECT_EQ(outcome.out, "--as\tIt's $(odd) [x]: a\\b \"c\" %s; rm -rf ~\n") << outcome.err;
}

TEST(Completion, ZshShowsDescriptionsAsTheyAre) {
  if (!is_there("/usr/bin/zsh")) GTEST_SKIP();
  CLI::App program("odd program's", "plimsoll");
  declare_odd(program);
  const Folder folder;
  const std::string script = folder.write("script", cli::completion::zsh(program));
  Terminal terminal({"/usr/bin/zsh", "-f", "-i"}, folder.path());
  terminal.wait_for("READY> ");
  terminal.type("stty cols 200; autoload -U compinit; compinit -u -D; source " + script +
                "; echo LOA''DED\n");
  terminal.wait_for("LOADED");
  terminal.wait_for("READY> ");
  terminal.type("plimsoll odd --\t\t");
  const std::string shown = terminal.wait_for("rm -rf ~");
  EXPECT_NE(shown.find("It's $(odd) [x]: a\\b \"c\" %s; rm -rf ~"), std::string::npos) << shown;
}

TEST(Completion, OfAnUnknownShellIsAMistake) {
  EXPECT_EQ(plimsoll({"completion", "tcsh"}).status, 2);
  EXPECT_EQ(plimsoll({"completion"}).status, 2);
}

}  // namespace
}  // namespace plimsoll::test
