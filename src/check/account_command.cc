#include "check/account_command.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

namespace plimsoll {
namespace {

using Verb = AccountCommand::Verb;

/// How one tool writes its options.
struct Tool {
  std::string_view name;
  Verb verb = Verb::kCreate;
  std::string_view short_with_value;
  char groups = '\0';    ///< the letter of supplementary groups
  char password = '\0';  ///< the letter of an encrypted password
  /// The second operand is a group, the first a user: Debian's and BusyBox' adduser and addgroup.
  bool joins_by_operands = false;
};

constexpr Tool kTools[] = {
    {"useradd", Verb::kCreate, "bcdefgGKkpRPsuZ", 'G', 'p', false},
    {"usermod", Verb::kChange, "cdefglGpRPsuvVwWZ", 'G', 'p', false},
    // -h and -s of BusyBox, -g of both worlds; -p as where adduser is useradd.
    {"adduser", Verb::kCreate, "bcdefgGhKkpRPsuZ", '\0', 'p', true},
    {"addgroup", Verb::kJoin, "g", '\0', '\0', true},
    {"gpasswd", Verb::kJoin, "adAMQ", '\0', '\0', false},
    {"passwd", Verb::kPassword, "inwxRPS", '\0', '\0', false},
};

constexpr std::string_view kLongWithValue[] = {
    "base-dir", "comment", "conf",         "expiredate", "firstgid", "firstuid", "gecos", "gid",
    "group",    "groups",  "home",         "home-dir",   "inactive", "ingroup",  "key",   "lastgid",
    "lastuid",  "login",   "password",     "prefix",     "root",     "shell",    "skel",  "uid",
    "members",  "add",     "selinux-user", "mindays",    "maxdays",  "warndays",
};

const Tool* find_tool(std::string_view name) {
  if (name.size() < 6 || name.size() > 8) return nullptr;
  const auto* const found = std::find_if(std::begin(kTools), std::end(kTools),
                                         [name](const Tool& tool) { return tool.name == name; });
  return found == std::end(kTools) ? nullptr : found;
}

class Reader {
 public:
  Reader(const Tool& tool, const shell::Command& command)
      : tool_(tool), next_(command.args_begin()), end_(command.end()) {
    result_.verb = tool.verb;
  }

  AccountCommand read() {
    while (next_ != end_) {
      const shell::Word& word = *next_++;
      if (word.value.starts_with("--") && word.value.size() > 2) {
        read_long(word);
      } else if (word.value.starts_with('-') && word.value.size() > 1) {
        read_bundle(word);
      } else {
        add_operand(word);
      }
    }
    finish();
    return result_;
  }

 private:
  void read_long(const shell::Word& word) {
    std::string_view name = word.value.substr(2);
    // --group and --system of Debian's adduser are switches; --group of useradd is an abbreviation.
    if (name == "group" && tool_.name == "adduser") return;
    if (name == "delete" && tool_.verb == Verb::kPassword) result_.deletes_password = true;
    if (name == "stdin") result_.reads_password = true;
    any_option_ = true;
    AccountCommand::Option value;
    if (const std::size_t equals = name.find('='); equals != std::string_view::npos) {
      value = {&word, name.substr(equals + 1)};
      name = name.substr(0, equals);
    } else if (std::find(std::begin(kLongWithValue), std::end(kLongWithValue), name) !=
                   std::end(kLongWithValue) &&
               next_ != end_) {
      value = {next_, next_->value};
      ++next_;
    }
    if (name == "groups") result_.groups = value;
    if (name == "password") result_.password = value;
    if (name == "add" && value) result_.user = value.word;
  }

  /// -mG sudo, -aGsudo, -rm
  void read_bundle(const shell::Word& word) {
    any_option_ = true;
    for (std::size_t i = 1; i < word.value.size(); ++i) {
      const char letter = word.value[i];
      if (letter == 'd' && tool_.verb == Verb::kPassword) result_.deletes_password = true;
      if (tool_.short_with_value.find(letter) == std::string_view::npos) continue;
      AccountCommand::Option value{&word, word.value.substr(i + 1)};
      if (value.value.empty() && next_ != end_) {
        value = {next_, next_->value};
        ++next_;
      }
      if (letter == tool_.groups) result_.groups = value;
      if (letter == tool_.password) result_.password = value;
      if (letter == 'a' && tool_.name == "gpasswd") result_.user = value.word;
      return;
    }
  }

  void add_operand(const shell::Word& word) {
    if (operands_ < operand_.size()) operand_[operands_] = &word;
    ++operands_;
  }

  void finish() {
    if (tool_.name == "gpasswd") {
      if (operands_ == 1) result_.groups = {operand_[0], operand_[0]->value};
      return;
    }
    if (tool_.joins_by_operands && operands_ == 2) {
      result_.verb = Verb::kJoin;
      result_.user = operand_[0];
      result_.groups = {operand_[1], operand_[1]->value};
      return;
    }
    if (tool_.name == "addgroup") return;
    if (operands_ == 1) result_.user = operand_[0];
    if (tool_.verb == Verb::kPassword && !any_option_) result_.reads_password = true;
  }

  const Tool& tool_;
  const shell::Word* next_;
  const shell::Word* end_;
  AccountCommand result_;
  std::array<const shell::Word*, 2> operand_{};
  std::size_t operands_ = 0;
  bool any_option_ = false;
};

}  // namespace

std::optional<AccountCommand> read_account_command(const shell::Command& command) {
  const Tool* tool = find_tool(command.name());
  if (tool == nullptr) return std::nullopt;
  return Reader(*tool, command).read();
}

}  // namespace plimsoll
