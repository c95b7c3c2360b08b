#include <string>

#include "check/rule.h"
#include "core/ascii.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "useradd-large-uid",
    .title = "useradd with a large user id writes a huge login log",
    .severity = Severity::kInfo,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kSafe,
    .aliases = "hadolint:DL3046",
    .why =
        "/var/log/faillog and lastlog have a slot for every id up to the largest. They are sparse "
        "files, and layers do not keep holes: the image grows by megabytes, or the build hangs.",
    .fix_note = "Safe: --no-log-init leaves the two logs alone; containers have no logins.",
    .sources = "https://docs.docker.com/build/building/best-practices/#user",
};

constexpr std::size_t kLongUidDigits = 6;

bool is_long_uid(std::string_view text) {
  while (text.size() > 1 && text[0] == '0') text.remove_prefix(1);
  return text.size() >= kLongUidDigits && ascii::is_number(text);
}

/// -u N, -uN, -ru N, --uid N, --uid=N
bool takes_uid_next(std::string_view arg) {
  if (arg == "--uid") return true;
  return arg.size() > 1 && arg[0] == '-' && arg[1] != '-' && arg.back() == 'u';
}

const shell::Word* find_long_uid(const shell::Command& command) {
  for (const shell::Word* arg = command.begin(); arg != command.end(); ++arg) {
    if (takes_uid_next(arg->value)) {
      if (++arg == command.end()) return nullptr;
      return is_long_uid(arg->value) ? arg : nullptr;
    }
    for (const std::string_view prefix : {"--uid=", "-u"}) {
      if (arg->value.starts_with(prefix)) {
        return is_long_uid(arg->value.substr(prefix.size())) ? arg : nullptr;
      }
    }
  }
  return nullptr;
}

void check(const RunCommand& run, Sink& sink) {
  if (run.name() != "useradd") return;
  if (run.command.has_flag("-l") || run.command.has_flag("--no-log-init")) return;
  const shell::Word* uid = find_long_uid(run.command);
  if (uid == nullptr) return;
  const Span program = run.span(run.command.words[run.command.program]);
  Finding& finding = sink.report(
      run.span(*uid), "useradd with the user id '" + std::string(uid->value) +
                          "' and without --no-log-init fills the layer with empty log slots");
  finding.fix = Fix{.title = "add --no-log-init",
                    .edits = {{Span{program.end, program.end}, " --no-log-init"}}};
}

constexpr Example kExamples[] = {
    {.name = "large",
     .before = "FROM debian:12\nRUN useradd -u «123456» ada\n",
     .after = "FROM debian:12\nRUN useradd --no-log-init -u 123456 ada\n"},
    {.name = "long option",
     .before = "FROM debian:12\nRUN useradd «--uid=1000810000» ada\n",
     .after = "FROM debian:12\nRUN useradd --no-log-init --uid=1000810000 ada\n"},
    {.name = "small", .before = "FROM debian:12\nRUN useradd -u 12345 ada && useradd bob\n"},
    {.name = "without the logs",
     .before = "FROM debian:12\nRUN useradd -lu 123456 a && useradd --no-log-init -u 123456 b\n"},
    {.name = "a variable", .before = "FROM debian:12\nARG ID\nRUN useradd -u $ID ada\n"},
};

}  // namespace

const Rule& useradd_large_uid() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
