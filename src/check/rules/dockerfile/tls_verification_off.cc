#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "check/command_setting.h"
#include "check/download.h"
#include "check/package_manager.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "tls-verification-off",
    .title = "TLS certificates are not checked",
    .severity = Severity::kHigh,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "checkov:CKV2_DOCKER_2 checkov:CKV2_DOCKER_3 checkov:CKV2_DOCKER_4 checkov:CKV2_DOCKER_5 "
        "checkov:CKV2_DOCKER_6 checkov:CKV2_DOCKER_12 checkov:CKV2_DOCKER_13 "
        "checkov:CKV2_DOCKER_14 checkov:CKV2_DOCKER_15 checkov:CKV2_DOCKER_16",
    .why =
        "Without the check anyone between the build and the server can answer in its place, and "
        "what he sends is installed. Set as ENV, it holds for the running container too.",
    .fix_note =
        "Take the switch away. Where a company's own authority signs, add its certificate to the "
        "system's store (ca-certificates) in place of it. Safe: what answers with a valid "
        "certificate answers as before. Unsafe where the same RUN checks what it got.",
    .sources =
        "https://curl.se/docs/sslcerts.html https://pip.pypa.io/en/stable/cli/pip/ "
        "https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue",
};

enum class When : std::uint8_t { kNo, kAny };

struct Variable {
  std::string_view name;
  When value;  ///< kAny: set at all, as git and pip do not ask what it says
  bool any_case = false;
};

constexpr Variable kVariables[] = {
    {"NODE_TLS_REJECT_UNAUTHORIZED", When::kNo},
    {"PYTHONHTTPSVERIFY", When::kNo},
    {"GIT_SSL_NO_VERIFY", When::kAny},
    {"NPM_CONFIG_STRICT_SSL", When::kNo, true},
    {"YARN_STRICT_SSL", When::kNo},
    {"YARN_ENABLE_STRICT_SSL", When::kNo},
    {"PIP_TRUSTED_HOST", When::kAny},
    {"UV_INSECURE_HOST", When::kAny},
    {"CONDA_SSL_VERIFY", When::kNo},
    {"PERL_LWP_SSL_VERIFY_HOSTNAME", When::kNo},
};

struct Switch {
  WordList programs;
  WordList flags;
};

constexpr Switch kSwitches[] = {
    {"curl", "--insecure"},
    {"wget wget2", "--no-check-certificate"},
    {"apk", "--no-check-certificate"},
    {"uv", "--allow-insecure-host --trusted-host"},
    {"hg", "--insecure"},
    {"svn", "--trust-server-cert --trust-server-cert-failures"},
    {"npm pnpm yarn", "--no-strict-ssl"},
};

/// name=false anywhere in an argument.
constexpr Switch kSettings[] = {
    {"yum dnf dnf5 tdnf microdnf yum-config-manager dnf-config-manager", "sslverify"},
    {"apt apt-get aptitude", "Verify-Peer Verify-Host"},
    {"git", "sslVerify"},
    {"npm pnpm yarn yarnpkg", "strict-ssl enableStrictSsl"},
    {"aria2c", "--check-certificate"},
    {"http https", "--verify"},
    {"skopeo buildah podman", "--tls-verify --src-tls-verify --dest-tls-verify"},
};

/// `PROGRAM … config … NAME false`
constexpr Switch kConfigured[] = {
    {"npm pnpm yarn yarnpkg", "strict-ssl enableStrictSsl"},
    {"git", "http.sslVerify"},
    {"conda mamba micromamba", "ssl_verify"},
};

/// Those that say yes to going without.
constexpr Switch kConsents[] = {
    {"mvn mvnw", "maven.wagon.http.ssl.insecure"},
    {"kubectl helm oc", "--insecure-skip-tls-verify"},
};

/// What gets written into configuration files.
constexpr std::string_view kWritten[] = {"sslverify",         "Verify-Peer", "Verify-Host",
                                         "check_certificate", "strict-ssl",  "ssl_verify"};

bool turns_off(std::string_view name, std::string_view value) {
  for (const Variable& each : kVariables) {
    const bool same = each.any_case ? ascii::iequals(name, each.name) : name == each.name;
    if (!same) continue;
    if (each.value == When::kNo) return means(value, false);
    return !value.empty() && value.find('$') == std::string_view::npos;
  }
  return false;
}

/// Null when it does not turn anything off.
Finding* report_variable(Span span, std::string_view name, std::string_view value, Sink& sink) {
  if (!turns_off(name, value)) return nullptr;
  return &sink.report(span, "'" + std::string(name) + "' turns off the check of TLS certificates");
}

/// A RUN, and whether something in it checks what was downloaded; found out once, when asked for.
struct Run {
  const dockerfile::Dockerfile& file;
  const dockerfile::Instruction& instruction;
  std::optional<bool> verified = std::nullopt;

  [[nodiscard]] Span source(Span span) const { return instruction.source(span); }
  [[nodiscard]] bool is_verified() {
    if (!verified) verified = has_verification(instruction.script);
    return *verified;
  }
};

Finding& report(Run& run, const shell::Command& command, Span span, Sink& sink) {
  const std::string_view text =
      run.instruction.script_text.text.substr(span.begin, std::min<std::uint32_t>(span.size(), 60));
  const std::size_t line = text.find_first_of("\n\\");
  Finding& finding = sink.report(run.source(span),
                                 "'" + std::string(text.substr(0, line)) + "' turns off " +
                                     std::string(command.name()) + "'s check of TLS certificates");
  if (!run.is_verified()) return finding;
  finding.severity = Severity::kLow;
  finding.because("checked", "the same RUN checks a checksum or signature");
  return finding;
}

/// `-c` of `git -c http.sslVerify=false`; null when the word is no option's value.
const shell::Word* option_of(const shell::Command& command, const shell::Word& word) {
  if (&word == command.begin()) return nullptr;
  const shell::Word* before = &word - 1;
  return before->value == "-c" || before->value == "-o" || before->value == "--setopt" ? before
                                                                                       : nullptr;
}

/// Takes `word` out, and the word with its value or the option that it is the value of.
void take_out(Finding& finding, Run& run, const shell::Command& command, const shell::Word& word) {
  // Somebody who checks what he got knows that the certificate is not good.
  const FixSafety safety = run.is_verified() ? FixSafety::kUnsafe : FixSafety::kSafe;
  if (!dockerfile::is_editable(run.file, run.instruction, command, word)) {
    finding.unfixed = "the switch is not written plainly";
    return;
  }
  Span span = run.source(word.span);
  const bool bundle = word.value.size() > 2 && word.value[0] == '-' && word.value[1] != '-' &&
                      word.value.find('=') == std::string_view::npos;
  if (bundle) {
    const std::size_t letter = word.raw.find('k');
    if (command.name() != "curl" || letter == std::string_view::npos || word.quoted) {
      finding.unfixed = "the switch is one of several in a word";
      return;
    }
    const std::uint32_t at = span.begin + static_cast<std::uint32_t>(letter);
    finding.fix =
        Fix{.title = "take the switch away", .edits = {{{at, at + 1}, ""}}, .safety = safety};
    return;
  }
  if (const shell::Word* option = option_of(command, word)) {
    span.begin = run.source(option->span).begin;
  } else if (word.value == "--trusted-host" && &word + 1 < command.end()) {
    span.end = run.source((&word + 1)->span).end;
  }
  if (run.file.source->slice(span).find('\n') != std::string_view::npos) {
    finding.unfixed = "the switch and its value stand on two lines";
    return;
  }
  remedy(finding, "take the switch away", dockerfile::remove_word(run.file, span), safety);
}

bool is_local(const shell::Command& command) {
  if (!is_downloader(command.name())) return false;
  const Download download = read_download(command);
  return download.url != nullptr && is_local_host(host_of(download.url->value));
}

/// Each blank-separated name, until one is found.
template <class Find>
const shell::Word* find_any(std::string_view names, Find find) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    if (const shell::Word* word = find(names.substr(0, end))) return word;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return nullptr;
}

const shell::Word* find_switch(const shell::Command& command) {
  const std::string_view name = command.name();
  if (name == "curl") {
    const auto* const found =
        std::find_if(command.begin(), command.end(),
                     [](const shell::Word& word) { return is_curl_switch(word.value, 'k'); });
    if (found != command.end()) return found;
  }
  for (const Switch& each : kSwitches) {
    if (!has_word(each.programs, name)) continue;
    if (const shell::Word* word = find_flag(command, each.flags)) return word;
  }
  for (const Switch& each : kSettings) {
    if (!has_word(each.programs, name)) continue;
    const auto off = [&](std::string_view setting) {
      return find_setting(command, setting, false);
    };
    if (const shell::Word* word = find_any(each.flags.words(), off)) return word;
  }
  for (const Switch& each : kConsents) {
    if (!has_word(each.programs, name)) continue;
    const auto on = [&](std::string_view setting) { return find_setting(command, setting, true); };
    if (const shell::Word* word = find_any(each.flags.words(), on)) return word;
    if (const shell::Word* word = find_flag(command, each.flags);
        word != nullptr && word->value.find('=') == std::string_view::npos) {
      return word;
    }
  }
  return nullptr;
}

/// npm config set strict-ssl false
Span find_configured(const shell::Command& command) {
  for (const Switch& each : kConfigured) {
    if (!has_word(each.programs, command.name())) continue;
    for (const shell::Word* word = command.begin(); word + 1 < command.end(); ++word) {
      const bool per_host =
          word->value.starts_with("http.") &&
          ascii::iequals(word->value.substr(word->value.rfind('.')), ".sslVerify");
      const auto same = [&](std::string_view name) {
        return ascii::iequals(name, word->value) ? word : nullptr;
      };
      if (!per_host && find_any(each.flags.words(), same) == nullptr) continue;
      if (means(word[1].value, false)) return {word->span.begin, word[1].span.end};
    }
  }
  return {};
}

/// pip --trusted-host X, pip config set global.trusted-host X
const shell::Word* find_trusted_host(const shell::Command& command) {
  const PackageCommand read = read_package_command(command);
  const bool pip = (read && read.tool() == PackageTool::kPip) || command.name().starts_with("pip");
  if (!pip) return nullptr;
  if (const shell::Word* word = find_flag(command, "--trusted-host")) return word;
  const auto* const found =
      std::find_if(command.begin(), command.end(), [](const shell::Word& word) {
        return word.value == "global.trusted-host" || word.value == "install.trusted-host";
      });
  return found == command.end() ? nullptr : found;
}

void check_written(const Run& run, const shell::Command& command, Sink& sink) {
  for_each_written_text(command, [&](const shell::Word& word, std::string_view text) {
    for (const std::string_view name : kWritten) {
      if (!says_setting(text, name, false)) continue;
      sink.report(run.source(word.span), "'" + std::string(name) +
                                             "' is switched off, so TLS certificates are not "
                                             "checked");
      return;
    }
  });
}

/// The programs of every table begin with one of these, and so do most commands not.
bool may_matter(std::string_view name) {
  return name.size() > 1 &&
         std::string_view("acdghkmnopstuwyr").find(name[0]) != std::string_view::npos;
}

bool sets_variables(std::string_view name) {
  return name == "export" || name == "declare" || name == "readonly";
}

void check_command(Run& run, const shell::Command& command, Sink& sink) {
  for (const shell::Assignment& each : command.environment) {
    Finding* finding = report_variable(run.source(each.span), each.name, each.value.value, sink);
    if (finding == nullptr) continue;
    const bool only = command.words.empty() && command.environment.size() == 1;
    if (only || command.nested || run.instruction.onbuild || run.instruction.exec_form ||
        run.source(each.span).size() != each.span.size()) {
      finding->unfixed = "the variable is not written plainly";
    } else {
      remedy(*finding, "take the variable away",
             dockerfile::remove_word(run.file, run.source(each.span)), FixSafety::kSafe);
    }
  }
  const std::string_view name = command.name();
  if (sets_variables(name)) {
    for (const shell::Word& word : command) {
      const std::size_t equals = word.value.find('=');
      if (equals == std::string_view::npos) continue;
      report_variable(run.source(word.span), word.value.substr(0, equals),
                      word.value.substr(equals + 1), sink);
    }
    return;
  }
  if (command.words.size() < 2) return;
  if (name == "echo" || name == "printf" || name == "sed") return check_written(run, command, sink);
  if (!may_matter(name)) return;
  if (const shell::Word* word = find_switch(command)) {
    if (!is_local(command)) {
      take_out(report(run, command, word->span, sink), run, command, *word);
    }
  } else if (const Span span = find_configured(command); !span.empty()) {
    report(run, command, span, sink);
  } else if (name[0] == 'p') {
    if (const shell::Word* host = find_trusted_host(command)) {
      take_out(report(run, command, host->span, sink), run, command, *host);
    }
  }
}

void check_run(const dockerfile::Dockerfile& file, const dockerfile::Instruction& instruction,
               Sink& sink) {
  Run run{file, instruction};
  for (const shell::Command& command : instruction.script.commands) {
    check_command(run, command, sink);
  }
}

void check_instruction(const dockerfile::Dockerfile& file,
                       const dockerfile::Instruction& instruction, Sink& sink) {
  switch (instruction.keyword) {
    case dockerfile::Keyword::kEnv:
    case dockerfile::Keyword::kArg:
      for (const dockerfile::Assignment& each : instruction.assignments) {
        if (!each.has_value) continue;
        if (Finding* finding = report_variable(each.span, each.name, each.value, sink)) {
          remedy(*finding, "take the variable away",
                 dockerfile::remove_assignment(file, instruction, each), FixSafety::kSafe);
        }
      }
      return;
    case dockerfile::Keyword::kRun:
      if (!instruction.script.understood) return;
      check_run(file, instruction, sink);
      return;
    default: return;
  }
}

void check(const DockerfileView& view, Sink& sink) {
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    const bool onbuild =
        instruction.keyword == dockerfile::Keyword::kOnbuild && instruction.inner != nullptr;
    check_instruction(view.file, onbuild ? *instruction.inner : instruction, sink);
  }
}

constexpr Example kExamples[] = {
    {.name = "curl, in a bundle",
     .before = "FROM alpine:3.20\nRUN curl «-fsSLk» -o a https://a.example/a\n",
     .after = "FROM alpine:3.20\nRUN curl -fsSL -o a https://a.example/a\n"},
    {.name = "curl in words",
     .before = "FROM alpine:3.20\nRUN curl «--insecure» https://a.example/a | tar x\n",
     .after = "FROM alpine:3.20\nRUN curl https://a.example/a | tar x\n"},
    {.name = "on a line of its own, CRLF",
     .before = "FROM alpine:3.20\r\nRUN curl \\\r\n    «-k» \\\r\n    # why\r\n    "
               "https://a.example/a\r\n",
     .after = "FROM alpine:3.20\r\nRUN curl \\\r\n    # why\r\n    https://a.example/a\r\n"},
    {.name = "at the end",
     .before = "FROM alpine:3.20\nRUN curl https://a.example/a \\\n    «-k»\n",
     .after = "FROM alpine:3.20\nRUN curl https://a.example/a\n"},
    {.name = "in a string",
     .before = "FROM alpine:3.20\nRUN sh -c 'curl «-k» https://a.example/a'\n"},
    {.name = "wget",
     .before = "FROM alpine:3.20\nRUN wget -q «--no-check-certificate» https://a.example/a\n",
     .after = "FROM alpine:3.20\nRUN wget -q https://a.example/a\n"},
    {.name = "pip",
     .before = "FROM python:3.12\nRUN pip install «--trusted-host» a.example a\n",
     .after = "FROM python:3.12\nRUN pip install a\n"},
    {.name = "pip of Python",
     .before = "FROM python:3.12\nRUN python3 -m pip install «--trusted-host=a.example» a\n",
     .after = "FROM python:3.12\nRUN python3 -m pip install a\n"},
    {.name = "npm", .before = "FROM node:20\nRUN npm config set «strict-ssl false» && npm ci\n"},
    {.name = "npm, one word", .before = "FROM node:20\nRUN npm set «\"strict-ssl\"='false'»\n"},
    {.name = "Git",
     .before = "FROM debian:12\nRUN git config --global «http.sslVerify false»\n"
               "RUN git -c «http.sslVerify=0» clone https://a.example/a.git\n"},
    {.name = "Git, whatever the variable says",
     .before = "FROM debian:12\nRUN «GIT_SSL_NO_VERIFY=0» git clone https://a.example/a.git\n",
     .after = "FROM debian:12\nRUN git clone https://a.example/a.git\n"},
    {.name = "ENV of Node.js",
     .before = "FROM node:20\nENV A=1 «NODE_TLS_REJECT_UNAUTHORIZED=0»\n",
     .after = "FROM node:20\nENV A=1\n"},
    {.name = "export", .before = "FROM python:3.12\nRUN export «PYTHONHTTPSVERIFY=0» && make\n"},
    {.name = "ARG",
     .before = "FROM python:3.12\nARG «PIP_TRUSTED_HOST=pypi.example.com»\n",
     .after = "FROM python:3.12\n"},
    {.name = "yum",
     .before = "FROM rockylinux:9\nRUN yum-config-manager --save «--setopt=\\*.sslverify=False»\n"
               "RUN yum install -y --setopt «sslverify=0» a\n",
     .after = "FROM rockylinux:9\nRUN yum-config-manager --save\nRUN yum install -y a\n"},
    {.name = "APT",
     .before = "FROM debian:12\nRUN apt-get -o «Acquire::https::Verify-Peer=false» update\n"
               "RUN echo «'Acquire::https::Verify-Peer \"false\";'» > /etc/apt/apt.conf.d/9\n"},
    {.name = "sed",
     .before = "FROM rockylinux:9\nRUN sed -i «'s/sslverify=1/sslverify=0/'» /etc/yum.conf\n"},
    {.name = "in their defaults",
     .before = "FROM node:20\nENV NODE_TLS_REJECT_UNAUTHORIZED=1 NPM_CONFIG_STRICT_SSL=true\n"
               "RUN npm config set strict-ssl true && git config http.sslVerify true\n"},
    {.name = "other programs' options",
     .before = "FROM alpine:3.20\nRUN curl https://a.example | grep -k a\n"
               "RUN curl -o kernel -ukate:x https://a.example; tar -k -f a\n"
               "RUN wget https://a.example && echo \"--no-check-certificate\"\n"},
    {.name = "this machine", .before = "FROM alpine:3.20\nRUN curl -k https://localhost:8443/up\n"},
    {.name = "a variable decides",
     .before = "FROM python:3.12\nARG PIP_TRUSTED_HOST\nENV PIP_TRUSTED_HOST=$PIP_TRUSTED_HOST\n"},
    {.name = "switched on by sed",
     .before = "FROM rockylinux:9\nRUN sed -i 's/sslverify=0/sslverify=1/' /etc/yum.conf\n"},
};

}  // namespace

const Rule& tls_verification_off() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
