#include <algorithm>

#include "check/download.h"
#include "check/package_manager.h"
#include "check/rule.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "plain-http-download",
    .title = "Something is downloaded over plain HTTP",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .why = "Anyone between the build and the server can replace what is sent.",
    .fix_note =
        "Use https://, or check a checksum or signature that does not come the same way. Package "
        "repositories of distributions are signed and not reported. Unsafe: the server may not "
        "answer there.",
    .sources =
        "https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html",
};

constexpr WordList kPrograms = "curl wget git pip pip2 pip3 npm yarn pnpm aria2c gem svn";
/// What follows names a proxy or a page, not what is fetched.
constexpr WordList kOtherAddresses =
    "-x --proxy --preproxy -e --referer --proxy1.0 -H --header -d --data proxy https-proxy "
    "http-proxy noproxy http.proxy https.proxy";

bool is_plain(std::string_view url) {
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme)) return false;
  const std::string_view host = host_of(url);
  return !host.empty() && !is_local_host(host);
}

/// http://host:8080/ is another server than https://host/.
bool has_port(std::string_view url) {
  const std::size_t host = url.find("//") + 2;
  const std::size_t end = std::min(url.find('/', host), url.size());
  return url.substr(host, end - host).find(':') != std::string_view::npos;
}

void check_command(const dockerfile::Instruction& run, const shell::Command& command, Sink& sink) {
  for (const shell::Word* word = command.begin(); word < command.end(); ++word) {
    std::string_view url = word->value;
    if (url.starts_with("--")) {
      const std::size_t equals = url.find('=');
      if (equals == std::string_view::npos) continue;
      if (has_word(kOtherAddresses, url.substr(0, equals))) continue;
      url.remove_prefix(equals + 1);
    }
    if (!is_plain(url)) continue;
    if (word != command.begin() && has_word(kOtherAddresses, (word - 1)->value)) continue;
    Finding& finding =
        sink.report(run.source(word->span), "what comes from '" + std::string(host_of(url)) +
                                                "' over HTTP can be replaced");
    const std::size_t scheme = word->raw.find("http://");
    if (run.onbuild || run.exec_form || command.nested || scheme == std::string_view::npos ||
        word->raw.find("http://", scheme + 1) != std::string_view::npos ||
        run.source(word->span).size() != word->raw.size() || has_port(url)) {
      finding.unfixed = "where it is served by HTTPS is not known";
      continue;
    }
    const std::uint32_t end = run.source(word->span).begin + static_cast<std::uint32_t>(scheme) + 4;
    finding.fix = Fix{.title = "ask by HTTPS",
                      .edits = {{{end, end}, "s"}},
                      .safety = FixSafety::kUnsafe,
                      .advice = "check that the server answers there"};
  }
}

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kRun || !instruction.script.understood) return;
  if (!ascii::contains(instruction.script_text.text, "http://")) return;
  if (has_verification(instruction.script)) return;
  for (const shell::Command& command : instruction.script.commands) {
    if (has_word(kPrograms, command.name())) check_command(instruction, command, sink);
  }
}

constexpr Example kExamples[] = {
    {.name = "curl",
     .before = "FROM debian:12\nRUN curl -O «http://a.example/a.tgz»\n",
     .after = "FROM debian:12\nRUN curl -O https://a.example/a.tgz\n"},
    {.name = "a repository",
     .before = "FROM debian:12\nRUN git clone «http://a.example/a.git»\n",
     .after = "FROM debian:12\nRUN git clone https://a.example/a.git\n"},
    {.name = "an index of packages",
     .before = "FROM python:3.12\nRUN pip install «--index-url=http://pypi.example.com/s» a\n",
     .after = "FROM python:3.12\nRUN pip install --index-url=https://pypi.example.com/s a\n"},
    {.name = "ADD, which is another rule", .before = "FROM debian:12\nADD http://a.example/a /a\n"},
    {.name = "a port of its own",
     .before = "FROM debian:12\nRUN curl -O «http://a.example:8080/a.tgz»\n"},
    {.name = "HTTPS", .before = "FROM debian:12\nRUN curl -O https://a.example/a.tgz\n"},
    {.name = "with a checksum",
     .before = "FROM debian:12\nRUN curl -O http://a.example/a.tgz && sha256sum -c sums\n"},
    {.name = "this machine", .before = "FROM debian:12\nRUN curl http://localhost:8080/health\n"},
    {.name = "a proxy",
     .before = "FROM debian:12\nRUN curl -x http://proxy.example:3128 -O https://a.example/a\n"},
    {.name = "a signed repository",
     .before = "FROM debian:12\nRUN echo 'deb http://deb.debian.org/debian sid main' > /a.list\n"},
};

}  // namespace

const Rule& plain_http_download() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
