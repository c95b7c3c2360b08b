#include <algorithm>

#include "check/package_manager.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "apt-key-deprecated",
    .title = "apt-key adds a key that may sign everything",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "A key that apt-key adds may sign packages of every repository, Debian's own too. Debian "
        "13 "
        "and Ubuntu 24.10 no longer have the program.",
    .fix_note =
        "Write the key to /etc/apt/keyrings and name it with signed-by= in that repository's "
        "source.",
    .sources =
        "https://manpages.debian.org/bookworm/apt/apt-key.8.en.html "
        "https://wiki.debian.org/DebianRepository/UseThirdParty",
};

/// 8 hexadecimal digits, with or without 0x: anybody can make a key with such an id.
bool is_short_id(std::string_view text) {
  if (text.starts_with("0x")) text.remove_prefix(2);
  return text.size() == 8 && std::all_of(text.begin(), text.end(), ascii::is_hex);
}

void check(const RunCommand& run, Sink& sink) {
  if (run.name() != "apt-key") return;
  const shell::Word* const verb =
      std::find_if(run.command.begin(), run.command.end(),
                   [](const shell::Word& word) { return has_word("add adv", word.value); });
  if (verb == run.command.end()) return;
  const shell::Word* const id = std::find_if(
      verb, run.command.end(), [](const shell::Word& word) { return is_short_id(word.value); });
  const Span span{run.command.words[run.command.program].span.begin, verb->span.end};
  sink.report(run.instruction.source(span),
              id == run.command.end()
                  ? "apt-key is deprecated: the key may sign packages of every repository"
                  : "apt-key takes a key by a short id, which others can forge");
}

constexpr Example kExamples[] = {
    {.name = "a downloaded key",
     .before = "FROM debian:12\nRUN curl -s https://a.example/k | «apt-key add» -\n"},
    {.name = "by a short id",
     .before = "FROM ubuntu:22.04\nRUN «apt-key adv» --keyserver k.example --recv-keys 7F0CEB10\n"},
    {.name = "a list", .before = "FROM debian:12\nRUN apt-key list\n"},
    {.name = "a key of its own",
     .before = "FROM debian:12\nRUN curl -s https://a.example/k -o /etc/apt/keyrings/a.asc\n"},
};

}  // namespace

const Rule& apt_key_deprecated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
