#include "check/rule.h"
#include "check/secret_file.h"
#include "core/path.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "secret-file-copied",
    .title = "A file with secrets is copied into the image",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .enabled = true,
    .points_at_secret = false,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:DS-0031 dockle:CIS-DI-0010 cis-docker:4.10",
    .why =
        "Everyone who can pull the image can read the file, also after a later layer has deleted "
        "it.",
    .fix_note =
        "Mount it where a build step needs it (RUN --mount=type=secret,target=…), or into the "
        "container when it runs.",
    .sources = "https://docs.docker.com/build/building/secrets/",
};

/// Variables that say where a file of credentials is.
constexpr std::string_view kFileVariables[] = {"AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE",
                                               "GOOGLE_APPLICATION_CREDENTIALS", "KUBECONFIG"};

bool is_copy(const dockerfile::Instruction& instruction) {
  return (instruction.keyword == dockerfile::Keyword::kCopy ||
          instruction.keyword == dockerfile::Keyword::kAdd) &&
         instruction.words.size() >= 2;
}

/// The variable that `text` refers to: "$NAME", "${NAME}".
std::string_view file_variable(std::string_view text) {
  const std::size_t dollar = text.find('$');
  if (dollar == std::string_view::npos) return {};
  for (const std::string_view name : kFileVariables) {
    if (ascii::contains(text.substr(dollar), name)) return name;
  }
  return {};
}

void check_names(const dockerfile::Instruction& copy, Sink& sink) {
  const std::size_t last = copy.words.size() - 1;
  const dockerfile::Word& target = copy.words[last];
  if (const std::string_view name = file_variable(target.value); !name.empty()) {
    sink.report(target.span, "credentials are copied to where '" + std::string(name) + "' points");
    return;
  }
  for (std::size_t i = 0; i < last; ++i) {
    const std::string_view source = copy.words[i].value;
    if (ascii::contains(source, "://")) continue;
    const auto file = secret_file(source);
    if (!file) continue;
    Finding& finding = sink.report(
        copy.words[i].span,
        "'" + std::string(source) + "' is copied into the image: " + std::string(file->kind));
    if (!file->certain) finding.severity = Severity::kMedium;
  }
}

/// What COPY puts where, as far as the names tell.
bool brings(const dockerfile::Instruction& copy, std::string_view folder, std::string_view path) {
  const std::string_view written = copy.words.back().value;
  const std::string target = container_path(folder, written);
  if (target == "/") return false;  // would hold anything
  if (path == target) return true;
  if (!path::is_within(path, target)) return false;
  for (std::size_t i = 0; i + 1 < copy.words.size(); ++i) {
    const std::string_view name = path::name(copy.words[i].value);
    // A file lands by its name; of a folder we cannot see what is in it.
    if (path::extension(name).empty() || path::join(target, name) == path) return true;
  }
  return false;
}

/// GOOGLE_APPLICATION_CREDENTIALS=/app/key.json where /app/ is copied.
void check_variable(const DockerfileView& view, const dockerfile::Assignment& variable,
                    std::string_view variable_folder, Sink& sink) {
  if (!variable.has_value || variable.value.empty() || ascii::contains(variable.value, "$")) return;
  const std::string path = container_path(variable_folder, variable.value);
  for (const dockerfile::Stage* stage : view.lineage) {
    std::string folder = "/";
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kWorkdir) {
        folder = container_path(folder, instruction.args.text);
      }
      if (!is_copy(instruction) || !brings(instruction, folder, path)) continue;
      sink.report(variable.span, "the file that '" + std::string(variable.name) +
                                     "' points to is copied into the image")
          .severity = Severity::kMedium;
      return;
    }
  }
}

/// Keeps a hostile file from costing variables times copies.
constexpr std::size_t kMostVariables = 16;

void check_variables(const DockerfileView& view, const dockerfile::Stage& stage, Sink& sink) {
  std::string folder = "/";
  std::size_t variables = 0;
  for (const dockerfile::Instruction& instruction : view.file.of(stage)) {
    if (instruction.keyword == dockerfile::Keyword::kWorkdir) {
      folder = container_path(folder, instruction.args.text);
    }
    if (instruction.keyword != dockerfile::Keyword::kEnv &&
        instruction.keyword != dockerfile::Keyword::kArg) {
      continue;
    }
    for (const dockerfile::Assignment& variable : instruction.assignments) {
      for (const std::string_view name : kFileVariables) {
        if (variable.name != name) continue;
        if (++variables > kMostVariables) return;
        check_variable(view, variable, folder, sink);
      }
    }
  }
}

bool names_file_variable(const dockerfile::Instruction& instruction) {
  for (const dockerfile::Assignment& variable : instruction.assignments) {
    for (const std::string_view name : kFileVariables) {
      if (variable.name == name) return true;
    }
  }
  return false;
}

void check(const DockerfileView& view, Sink& sink) {
  for (const dockerfile::Stage* stage : view.lineage) {
    bool has_variable = false;
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (is_copy(instruction)) check_names(instruction, sink);
      if (!instruction.assignments.empty()) {
        has_variable = has_variable || names_file_variable(instruction);
      }
    }
    if (has_variable) check_variables(view, *stage, sink);
  }
}

constexpr Example kExamples[] = {
    {.name = "a private key", .before = "FROM debian:12\nCOPY «id_rsa» /root/.ssh/id_rsa\n"},
    {.name = "an environment file among others",
     .before = "FROM node:20\nCOPY package.json «.env» ./\n"},
    {.name = "a folder of keys", .before = "FROM debian:12\nADD «.ssh/» /root/.ssh/\n"},
    {.name = "from a build stage",
     .before = "FROM debian:12 AS b\nFROM debian:12\nCOPY --from=b «/root/.aws» /root/.aws\n"},
    {.name = "where a variable points",
     .before = "FROM debian:12\nCOPY ./config «$AWS_CONFIG_FILE»\n"},
    {.name = "a variable points into what is copied",
     .before = "FROM debian:12\nCOPY /src /app/\n"
               "ENV «GOOGLE_APPLICATION_CREDENTIALS=/app/key.json»\n"},
    {.name = "a variable points to what is mounted",
     .before = "FROM debian:12\nCOPY /src /app/\n"
               "ENV GOOGLE_APPLICATION_CREDENTIALS=/run/secrets/key.json\n"},
    {.name = "samples and public halves",
     .before = "FROM debian:12\nCOPY .env.example id_rsa.pub ca.pem /app/\n"},
    {.name = "only a build stage has it",
     .before = "FROM node:20 AS b\nCOPY .npmrc ./\nFROM node:20\nCOPY --from=b /app /app\n"},
};

}  // namespace

const Rule& secret_file_copied() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
