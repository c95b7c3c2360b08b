#include <algorithm>
#include <iterator>

#include "check/download.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "download-not-verified",
    .title = "Software is downloaded and nothing checks it",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "A release that is replaced on the server goes into the image, and the build stays green.",
    .fix_note =
        "Write down the checksum of the version and compare it (echo \"$SHA256  file\" | sha256sum "
        "-c -), or check the publisher's signature.",
    .sources = "https://docs.docker.com/build/building/best-practices/ https://slsa.dev/",
};

/// What gets unpacked, installed or run.
constexpr std::string_view kSoftware[] = {
    ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2", ".tar.zst", ".zip",      ".deb",
    ".rpm",    ".apk", ".jar",    ".war", ".whl",     ".phar", ".run",     ".AppImage", ".gz",
    ".xz",     ".gem", ".bin",    ".exe", ".pex",     ".so",   ".tar",
};

bool is_software(const Download& download) {
  std::string_view url = download.url->value;
  url = url.substr(0, url.find_first_of("?#"));
  const auto ends = [&](std::string_view extension) { return url.ends_with(extension); };
  if (std::any_of(std::begin(kSoftware), std::end(kSoftware), ends)) return true;
  return download.output != nullptr && ascii::contains(download.output->value, "/bin/");
}

bool is_piped_to_interpreter(const shell::Script& script, std::size_t at) {
  return at + 1 < script.commands.size() &&
         script.commands[at + 1].connector == shell::Connector::kPipe &&
         runs_standard_input(script.commands[at + 1]);
}

void judge(const dockerfile::Instruction& run, Sink& sink) {
  for (std::size_t i = 0; i < run.script.commands.size(); ++i) {
    const shell::Command& command = run.script.commands[i];
    if (!is_downloader(command.name())) continue;
    const Download download = read_download(command);
    if (download.url == nullptr || !is_software(download)) continue;
    const std::string_view host = host_of(download.url->value);
    if (is_local_host(host) || is_piped_to_interpreter(run.script, i)) continue;
    sink.report(run.source(download.url->span),
                "nothing checks what " + (host.empty() ? std::string("is downloaded")
                                                       : "'" + std::string(host) + "' sends"))
        .unfixed = "the checksum has to come from the publisher, over the network";
  }
}

void check(const StageView& stage, Sink& sink) {
  const auto instructions = stage.instructions();
  // Some download in one RUN and check in a later one.
  for (std::size_t i = instructions.size(); i-- > 0;) {
    const dockerfile::Instruction& outer = instructions[i];
    const dockerfile::Instruction& run = outer.inner != nullptr ? *outer.inner : outer;
    if (run.keyword != dockerfile::Keyword::kRun) continue;
    if (!run.script.understood || has_verification(run.script)) return;
    judge(run, sink);
  }
}

constexpr Example kExamples[] = {
    {.name = "an archive",
     .before =
         "FROM debian:12\nRUN curl -fsSL «https://a.example/a-1.2.tar.gz» | tar xz -C /opt\n"},
    {.name = "a program",
     .before = "FROM debian:12\nRUN wget -O /usr/local/bin/a «\"https://a.example/a/$V\"»\n"},
    {.name = "a package",
     .before = "FROM debian:12\nRUN curl -O «https://a.example/a.deb?x=1» && dpkg -i a.deb\n"},
    {.name = "a checksum",
     .before = "FROM debian:12\nRUN curl -fsSLO https://a.example/a.tgz && "
               "echo \"$SHA  a.tgz\" | sha256sum -c -\n"},
    {.name = "a signature",
     .before =
         "FROM debian:12\nRUN curl -fsSLO https://a.example/a.tgz && gpg --verify a.asc a.tgz\n"},
    {.name = "a checksum later",
     .before = "FROM debian:12\nRUN curl -fsSLO https://a.example/a.tgz\nRUN sha256sum -c sums\n"},
    {.name = "a key, an answer",
     .before = "FROM debian:12\nRUN curl -o /etc/apt/keyrings/a.asc https://a.example/key.asc && "
               "curl https://api.example.com/v1\n"},
    {.name = "run at once, which is another rule",
     .before = "FROM debian:12\nRUN curl https://a.example/a.run | sh\n"},
};

}  // namespace

const Rule& download_not_verified() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
