#include <algorithm>
#include <initializer_list>

#include "check/literal_value.h"
#include "check/rule.h"
#include "check/secret_format.h"
#include "check/secret_value.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "secret-in-run",
    .title = "RUN holds a secret",
    .severity = Severity::kCritical,
    .control = Control::kNoSecrets,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:DS-0031 tally:require-secret-mounts",
    .why =
        "The command line is kept in the image's history and in the repository: everyone who can "
        "read either has the secret.",
    .fix_note =
        "Read it from RUN --mount=type=secret (curl --netrc-file, git with a credential helper, "
        "an .npmrc mounted as a secret), and replace the one that was committed.",
    .sources =
        "https://docs.docker.com/build/building/secrets/ "
        "https://docs.docker.com/build/building/best-practices/",
};

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> all) {
  return std::any_of(all.begin(), all.end(),
                     [text](std::string_view one) { return ascii::iequals(text, one); });
}

/// A literal that nobody would write as a sample.
bool is_literal_secret(std::string_view value) {
  switch (read_literal(literal_of(value))) {
    case LiteralKind::kEmpty:
    case LiteralKind::kReference:
    case LiteralKind::kPlaceholder:
    case LiteralKind::kTestWord:
    case LiteralKind::kElsewhere:
    case LiteralKind::kSetting: return false;
    case LiteralKind::kWellKnown:
    case LiteralKind::kOpaque: break;
  }
  return true;
}

void report(const RunCommand& run, const shell::Word& word, std::string_view what, Sink& sink) {
  sink.report(run.span(word), std::string(what) + " in plain text").unfixed =
      "how the program reads a mounted secret is its own matter";
}

/// The value of an option at `word`: "-uX", "--user=X", or the next word; null word when it is not
/// that option.
struct OptionValue {
  const shell::Word* word = nullptr;
  std::string_view value;
};
OptionValue option_value(const shell::Command& command, const shell::Word& word,
                         std::string_view short_name, std::string_view long_name) {
  const std::string_view text = word.value;
  if (text == short_name || text == long_name) {
    if (&word + 1 == command.end()) return {};
    return {&word + 1, (&word + 1)->value};
  }
  if (text.starts_with(long_name) && text.substr(long_name.size()).starts_with('=')) {
    return {&word, text.substr(long_name.size() + 1)};
  }
  if (text.starts_with(short_name) && !text.starts_with("--")) {
    return {&word, text.substr(short_name.size())};
  }
  return {};
}

/// "Authorization: Bearer x", "PRIVATE-TOKEN: x"
bool is_secret_header(std::string_view header) {
  constexpr std::size_t kShortest = 8;
  const std::size_t colon = header.find(':');
  if (colon == std::string_view::npos) return false;
  if (!is_one_of(ascii::trim(header.substr(0, colon)),
                 {"authorization", "proxy-authorization", "private-token", "job-token", "x-api-key",
                  "x-auth-token", "x-jfrog-art-api", "x-vault-token"})) {
    return false;
  }
  const std::string_view value = ascii::trim(header.substr(colon + 1));
  if (read_literal(value) == LiteralKind::kReference) return false;
  const std::string_view credential = value.substr(value.rfind(' ') + 1);
  return credential.size() >= kShortest && is_literal_secret(credential);
}

/// curl -u user:password -H 'Authorization: …'
void check_transfer(const RunCommand& run, Sink& sink) {
  for (const shell::Word& word : run.command) {
    if (!word.value.starts_with('-')) continue;
    if (const OptionValue user = option_value(run.command, word, "-u", "--user"); user.word) {
      const std::size_t colon = user.value.find(':');
      if (colon != std::string_view::npos && is_literal_secret(user.value.substr(colon + 1))) {
        report(run, *user.word, "a password", sink);
      }
    }
    const OptionValue header = option_value(run.command, word, "-H", "--header");
    if (header.word && is_secret_header(header.value)) {
      report(run, *header.word, "an authorization header", sink);
    }
  }
}

/// aws configure set aws_secret_access_key X writes ~/.aws/credentials into the layer, wherever X
/// comes from.
void check_aws(const RunCommand& run, Sink& sink) {
  const shell::Word* word = run.command.args_begin();
  if (run.command.end() - word < 3 || word[0].value != "configure" || word[1].value != "set") {
    return;
  }
  const std::string_view key = word[2].value;
  for (const std::string_view secret :
       {"aws_secret_access_key", "aws_session_token", "aws_access_key_id"}) {
    if (!key.ends_with(secret)) continue;
    Finding& finding = sink.report(
        run.span(), "aws configure writes '" + std::string(secret) + "' into the layer");
    const bool literal = run.command.end() - word > 3 && is_literal_secret(word[3].value);
    if (!literal || secret == "aws_access_key_id") finding.severity = Severity::kHigh;
    return;
  }
}

/// docker login -p X
void check_login(const RunCommand& run, Sink& sink) {
  if (run.command.subcommand() != "login" && run.command.subcommand() != "registry") return;
  for (const shell::Word& word : run.command) {
    const OptionValue password = option_value(run.command, word, "-p", "--password");
    if (password.word && is_literal_secret(password.value)) {
      report(run, *password.word, "a registry password", sink);
    }
  }
}

/// "//registry.npmjs.org/:_authToken=X", or with X as the next word.
bool check_npm_token(const RunCommand& run, const shell::Word& word, Sink& sink) {
  constexpr std::string_view kKey = ":_authToken";
  const std::size_t at = word.value.find(kKey);
  if (at == std::string_view::npos) return false;
  std::string_view rest = word.value.substr(at + kKey.size());
  const shell::Word* holder = &word;
  if (rest.empty() && &word + 1 != run.command.end()) {
    holder = &word + 1;
    rest = holder->value;
  } else if (rest.starts_with('=')) {
    rest.remove_prefix(1);
  }
  rest = rest.substr(0, rest.find_first_of("\\\n \"'"));
  if (is_literal_secret(rest)) report(run, *holder, "an npm token", sink);
  return true;
}

/// "machine github.com login me password X", as .netrc has it.
bool check_netrc(const RunCommand& run, const shell::Word& word, Sink& sink) {
  constexpr std::string_view kKey = "password ";
  const std::string_view text = word.value;
  if (!ascii::contains(text, "machine ") || !ascii::contains(text, "login ")) return false;
  const std::size_t at = text.find(kKey);
  if (at == std::string_view::npos) return false;
  std::string_view password = text.substr(at + kKey.size());
  password = password.substr(0, password.find_first_of("\\\n "));
  if (is_literal_secret(password)) report(run, word, "a password for .netrc", sink);
  return true;
}

/// --password=X, --token=X
bool check_option(const RunCommand& run, const shell::Word& word, Sink& sink) {
  const std::size_t equals = word.value.find('=');
  if (!word.value.starts_with("--") || equals == std::string_view::npos) return false;
  const std::string_view value = word.value.substr(equals + 1);
  if (!looks_random(value)) return false;
  const SecretJudgement judged = judge_secret(word.value.substr(2, equals - 2), value);
  if (judged.verdict != SecretVerdict::kSecret) return false;
  report(run, word, judged.kind, sink);
  return true;
}

/// What one look at a word's bytes tells: nearly all words can hold no secret.
struct Shape {
  bool blank = false;
  bool at = false;
  bool semicolon = false;
  bool colon = false;
  bool long_run = false;  ///< of what keys are made of, with a digit in it

  [[nodiscard]] bool may_hold_format() const { return long_run || at || semicolon || blank; }
};

Shape shape_of(std::string_view text) {
  constexpr std::size_t kLongRun = 15;  // what follows the prefix of the shortest format
  Shape shape;
  std::size_t run = 0;
  bool digit = false;
  for (const char c : text) {
    const bool is_digit = ascii::is_digit(c);
    if (is_digit || ascii::is_alpha(c) || c == '_' || c == '-' || c == '.') {
      digit = digit || is_digit;
      ++run;
      if (run >= kLongRun && digit) shape.long_run = true;
      continue;
    }
    run = 0;
    digit = false;
    if (c == ' ') shape.blank = true;
    if (c == '@') shape.at = true;
    if (c == ';') shape.semicolon = true;
    if (c == ':') shape.colon = true;
  }
  return shape;
}

void check_word(const RunCommand& run, const shell::Word& word, Sink& sink) {
  constexpr std::size_t kShortest = 12;  // no format and no URL with a password is shorter
  if (word.value.size() < kShortest) return;
  const Shape shape = shape_of(word.value);
  if (!shape.colon && !shape.may_hold_format()) return;
  if (shape.colon && check_npm_token(run, word, sink)) return;
  if (shape.blank && check_netrc(run, word, sink)) return;
  if (!shape.may_hold_format() || check_option(run, word, sink)) return;
  // Formats, URLs and connection strings are all that a word without a name can be.
  if (!shape.at && !shape.semicolon && find_secret_format(word.value).kind.empty()) return;
  const SecretJudgement judged = judge_secret("", word.value);
  if (judged.verdict == SecretVerdict::kSecret) report(run, word, judged.kind, sink);
}

/// SECRET_KEY_BASE=precompile bin/rails assets:precompile is a throw-away: only what looks
/// generated counts.
void check_variable(Span span, std::string_view name, std::string_view value, Sink& sink) {
  const SecretJudgement judged = judge_secret(name, value);
  if (judged.verdict != SecretVerdict::kSecret) return;
  const bool by_format = judge_secret("", value).verdict == SecretVerdict::kSecret;
  if (!by_format && !looks_random(value)) return;
  sink.report(span, "the variable '" + std::string(name) + "' holds " + std::string(judged.kind) +
                        " in plain text");
}

bool sets_variables(std::string_view name) {
  return name == "export" || name == "declare" || name == "readonly";
}

void check(const RunCommand& run, Sink& sink) {
  for (const shell::Assignment& variable : run.command.environment) {
    check_variable(run.instruction.source(variable.span), variable.name, variable.value.value,
                   sink);
  }
  if (run.command.words.size() < 2) return;
  const std::string_view name = run.name();
  // The commands of sh -c '…' are judged by themselves.
  if (name.ends_with("sh") && shell::dialect_of(name) != shell::Dialect::kUnknown) return;
  if (name == "curl" || name == "wget") check_transfer(run, sink);
  if (name == "aws") check_aws(run, sink);
  if (name == "docker" || name == "podman" || name == "helm" || name == "buildah") {
    check_login(run, sink);
  }
  const bool sets = sets_variables(name);
  for (const shell::Word& word : run.command) {
    const std::size_t equals = sets ? word.value.find('=') : std::string_view::npos;
    if (equals != std::string_view::npos) {
      check_variable(run.span(word), word.value.substr(0, equals), word.value.substr(equals + 1),
                     sink);
    } else {
      check_word(run, word, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "curl -u",
     .before = "FROM debian:12\nRUN curl -u «ci:Tr4u8dkLq0s9» https://a.example/b\n"},
    {.name = "a header",
     .before = "FROM debian:12\n"
               "RUN curl -H «\"Authorization: Bearer 8f3kD92lsPq07xZt\"» https://a.example/b\n"},
    {.name = "a URL with a password",
     .before = "FROM debian:12\nRUN git clone «https://ci:Tr4u8dkLq0s9@git.example.com/a.git»\n"},
    {.name = "an index of Python packages",
     .before =
         "FROM python:3.12\n"
         "RUN pip install «--extra-index-url=https://ci:Tr4u8dkLq0s9@pypi.example.com/s» a\n"},
    {.name = "a token for npm",
     .before = "FROM node:20\n"
               "RUN npm config set //registry.npmjs.org/:_authToken «8f3kD92lsPq07xZt»\n"},
    {.name = "a token in .npmrc",
     .before = "FROM node:20\n"
               "RUN echo «\"//registry.npmjs.org/:_authToken=8f3kD92lsPq07xZt\"» > .npmrc\n"},
    {.name = "credentials for AWS",
     .before = "FROM debian:12\nRUN «aws configure set aws_secret_access_key $KEY»\n"},
    {.name = ".netrc",
     .before = "FROM debian:12\n"
               "RUN echo «'machine git.example.com login ci password Tr4u8dkLq0s9'» > ~/.netrc\n"},
    {.name = "docker login",
     .before = "FROM docker:27\nRUN docker login -u ci -p «Tr4u8dkLq0s9»\n"},
    {.name = "a variable",
     .before = "FROM debian:12\nRUN «API_TOKEN=8f3kD92lsPq07xZtW1» ./fetch\n"},
    {.name = "from a secret mount",
     .before = "FROM node:20\nRUN --mount=type=secret,id=t "
               "curl -H \"Authorization: Bearer $(cat /run/secrets/t)\" https://a.example\n"},
    {.name = "variables",
     .before = "FROM node:20\nRUN git clone https://ci:${TOKEN}@git.example.com/a.git && "
               "echo \"//registry.npmjs.org/:_authToken=${NPM_TOKEN}\" > .npmrc\n"},
    {.name = "a user alone",
     .before = "FROM debian:12\nRUN git clone https://git@github.com/a/b.git\n"},
    {.name = "thrown away after the build",
     .before = "FROM ruby:3.3\nRUN SECRET_KEY_BASE=precompile bin/rails assets:precompile\n"},
    {.name = "GitHub's anonymous token",
     .before = "FROM debian:12\nRUN curl -H 'Authorization: Bearer QQ==' https://ghcr.io/v2/a\n"},
};

}  // namespace

const Rule& secret_in_run() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
