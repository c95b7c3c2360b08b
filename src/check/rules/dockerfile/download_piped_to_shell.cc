#include "check/download.h"
#include "check/package_manager.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "download-piped-to-shell",
    .title = "A download is run without being checked",
    .severity = Severity::kMedium,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .aliases = "semgrep:curl-eval",
    .why =
        "Whoever controls the server, or what it redirects to, runs commands as root in the build "
        "and decides what is in the image; half a script runs when the connection breaks.",
    .fix_note =
        "Fetch a named version to a file, compare its checksum, then run it; or install the "
        "distribution's package.",
    .sources =
        "https://docs.docker.com/build/building/best-practices/ "
        "https://www.sysdig.com/blog/friends-dont-let-friends-curl-bash",
};

void report(Span span, std::string_view url, std::string_view runner, Sink& sink) {
  const std::string_view host = host_of(url);
  if (is_local_host(host)) return;
  sink.report(span,
              (host.empty() ? "what is downloaded" : "what '" + std::string(host) + "' sends") +
                  " is run by '" + std::string(runner) + "' without being checked");
}

/// curl … | sed … | bash
void check_pipe(const RunCommand& run, Sink& sink) {
  constexpr std::uint32_t kLongestPipe = 8;
  if (run.command.connector != shell::Connector::kPipe) return;
  const std::vector<shell::Command>& commands = run.instruction.script.commands;
  const std::uint32_t first = run.index > kLongestPipe ? run.index - kLongestPipe : 0;
  for (std::uint32_t i = run.index; i-- > first;) {
    const shell::Command& source = commands[i];
    if (source.pipeline != run.command.pipeline || !is_downloader(source.name())) continue;
    const Download download = read_download(source);
    if (download.output != nullptr) return;
    if (!runs_standard_input(run.command)) return;
    report(run.instruction.source(Span{source.span.begin, run.command.span.end}),
           download.url == nullptr ? std::string_view() : download.url->value, run.name(), sink);
    return;
  }
}

/// "https://a.example/b" of "$(curl -sSL https://a.example/b)"; nothing when that is something
/// else.
std::optional<std::string_view> substituted_url(std::string_view text) {
  if (text.starts_with("$(") || text.starts_with("<(")) {
    text.remove_prefix(2);
  } else if (text.starts_with('`')) {
    text.remove_prefix(1);
  } else {
    return std::nullopt;
  }
  text = ascii::trim(text);
  const std::string_view program = text.substr(0, text.find_first_of(" \t\n"));
  if (!is_downloader(program)) return std::nullopt;
  const std::size_t url = text.find("http");
  if (url == std::string_view::npos) return std::string_view();
  text.remove_prefix(url);
  return text.substr(0, text.find_first_of(" \t\n\"')`|"));
}

/// sh -c "$(curl …)", bash <(curl …), eval "$(curl …)", and $(curl …) as a command
void check_substitution(const RunCommand& run, Sink& sink) {
  const bool runs_text =
      has_word("sh bash dash ash zsh ksh eval source . python python3 perl ruby", run.name());
  const std::uint32_t begin = run.command.program;
  for (std::size_t i = begin; i < run.command.words.size(); ++i) {
    if (i > begin && !runs_text) return;
    // The string of eval and sh -c is judged where it stands.
    if (i == begin && run.command.nested) continue;
    const shell::Word& word = run.command.words[i];
    if (!word.expands && word.value.find('<') == std::string_view::npos) continue;
    const std::optional<std::string_view> url = substituted_url(word.value);
    if (!url) continue;
    report(run.span(word), *url, i == begin ? "the shell" : run.name(), sink);
  }
}

void check(const RunCommand& run, Sink& sink) {
  if (run.name().empty()) return;
  check_pipe(run, sink);
  check_substitution(run, sink);
}

constexpr Example kExamples[] = {
    {.name = "curl into bash",
     .before = "FROM node:20\nRUN «curl -fsSL https://get.sdkman.io | bash»\n"},
    {.name = "with arguments and a wrapper",
     .before = "FROM debian:12\nRUN true && «wget -qO- https://a.example/i | sudo -E sh -s -- -y» "
               "&& true\n"},
    {.name = "changed on its way",
     .before = "FROM debian:12\nRUN «curl https://a.example/i | sed s/a/b/ | bash -ex»\n"},
    {.name = "into Python",
     .before = "FROM python:3.12\nRUN «curl -sSL https://install.example.org | python3 -»\n"},
    {.name = "into PHP",
     .before = "FROM php:8\nRUN «curl -sS https://getcomposer.org/installer | php -- --quiet»\n"},
    {.name = "process substitution",
     .before = "FROM debian:12\nRUN [\"bash\", \"-c\", \"id\"]\nRUN bash «<(curl -s "
               "https://a.example/i)» -y\n"},
    {.name = "as the program of sh -c",
     .before = "FROM debian:12\nRUN sh -c «\"$(curl -fsSL https://a.example/i)\"» -- -y\n"},
    {.name = "eval", .before = "FROM debian:12\nRUN eval «\"$(wget -qO- https://a.example/i)\"»\n"},
    {.name = "in a trigger",
     .before = "FROM debian:12\nONBUILD RUN «curl https://a.example/i | sh»\n"},
    {.name = "Python is only the reader",
     .before = "FROM debian:12\nRUN curl -s https://a.example/j | python3 -c 'import json'\n"
               "RUN curl -s https://a.example/j | python -m json.tool\n"
               "RUN curl -s https://a.example/j | node -e 1\n"},
    {.name = "a script reads it",
     .before = "FROM debian:12\nRUN curl -s https://a.example/j | bash ./read.sh\n"},
    {.name = "an archive is unpacked",
     .before = "FROM debian:12\nRUN curl -s https://a.example/a.tgz | tar xz\n"},
    {.name = "a key is read",
     .before = "FROM debian:12\nRUN curl -s https://a.example/k | gpg --dearmor > /k\n"},
    {.name = "a version is asked for",
     .before = "FROM debian:12\nRUN sh -c \"echo $(curl -s https://a.example/version)\"\n"},
    {.name = "written, not run",
     .before = "FROM debian:12\nRUN echo 'curl https://a.example/i | sh' > /doc\n"},
};

}  // namespace

const Rule& download_piped_to_shell() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
