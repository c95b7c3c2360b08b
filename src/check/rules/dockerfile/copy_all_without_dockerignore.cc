#include <optional>

#include "check/package_manager.h"
#include "check/rule.h"
#include "core/path.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "copy-all-without-dockerignore",
    .title = "Everything is copied and nothing is ignored",
    .severity = Severity::kMedium,
    .control = Control::kNoSecrets,
    .points_at_secret = false,
    .fix_safety = FixSafety::kSafe,
    .why =
        "The whole folder goes into the image: .git with its history, .env files, keys that happen "
        "to lie there.",
    .fix_note =
        "Add a .dockerignore with .git, .env and what else does not belong in the image. Safe: "
        "nothing that the Dockerfile names is ignored. Unsafe where the build calls git or a "
        "script of package.json, which may read them.",
    .sources = "https://docs.docker.com/build/concepts/context/#dockerignore-files",
};

bool is_everything(std::string_view source) {
  return source == "." || source == "./" || source == "/" || source == "*" || source == "./*";
}

/// "" when the ignore file keeps both out.
std::string let_through(const IgnoreFile& ignore) {
  const bool git = !ignore.ignores(".git", true);
  const bool env = !ignore.ignores(".env", false);
  if (git && env) return "'.git' and '.env'";
  if (git) return "'.git'";
  return env ? "'.env'" : "";
}

/// What is never meant for an image.
constexpr std::string_view kPrivate[] = {".git", ".env", ".env.local", ".env.*.local",
                                         ".aws", ".ssh", "**/id_rsa",  "**/id_ed25519"};

/// The folder whose .dockerignore counts; nothing when it is not certain.
std::optional<std::string> context_of(const DockerfileView& view) {
  std::optional<std::string> context;
  for (const Workload* workload : view.workloads) {
    if (!workload->build || workload->build->dockerfile != view.path()) continue;
    const std::string& folder = workload->build->context;
    if (context && *context != folder) return std::nullopt;
    context = folder;
  }
  if (context) return context;
  return std::string(path::folder(view.path()));
}

/// Some RUN may look at the history or at the settings.
bool reads_private(const DockerfileView& view) {
  bool reads = false;
  for_each_run(view.file.instructions, [&](const dockerfile::Instruction& run) {
    for (const shell::Command& command : run.script.commands) {
      const std::string_view name = command.name();
      const bool script = name == "npm" || name == "yarn" || name == "pnpm" || name == "bun";
      reads = reads || name == "git" || name == "make" || name.ends_with(".sh") ||
              (script && !read_package_command(command).installs() && command.subcommand() != "ci");
    }
  });
  return reads;
}

/// Node.js' packages are installed in the build, so those of the folder are not the ones wanted.
bool installs_node_packages(const DockerfileView& view) {
  bool installs = false;
  for_each_run(view.file.instructions, [&](const dockerfile::Instruction& run) {
    for (const shell::Command& command : run.script.commands) {
      const std::string_view name = command.name();
      if (name != "npm" && name != "yarn" && name != "pnpm") continue;
      const std::string_view verb = command.subcommand();
      installs = installs || verb == "install" || verb == "ci" || verb == "i" ||
                 (verb.empty() && name == "yarn");
    }
  });
  return installs;
}

void ignore_private(Finding& finding, const DockerfileView& view) {
  // What is named by any instruction is wanted.
  std::vector<std::string_view> entries;
  for (const std::string_view entry : kPrivate) {
    const std::string_view name = entry.substr(entry.rfind('/') + 1);
    const bool needed = entry == ".git" || entry == ".env";
    bool named = false;
    for (const dockerfile::Instruction& instruction : view.file.instructions) {
      if (instruction.keyword != dockerfile::Keyword::kCopy &&
          instruction.keyword != dockerfile::Keyword::kAdd &&
          instruction.keyword != dockerfile::Keyword::kRun) {
        continue;
      }
      const bool run = instruction.keyword == dockerfile::Keyword::kRun;
      named = named || (ascii::contains(instruction.args.text, name) && !(run && name == ".git"));
    }
    if (named && needed) {
      finding.unfixed = "the Dockerfile itself names '" + std::string(name) + "'";
      return;
    }
    if (!named) entries.push_back(entry);
  }
  if (installs_node_packages(view) && !ascii::contains(view.file.source->text(), "node_modules")) {
    entries.push_back("**/node_modules");
  }
  const SourceFile* old = view.dockerignore == nullptr ? nullptr : view.dockerignore->source;
  std::string text;
  const std::string_view before = old == nullptr ? std::string_view() : old->text();
  const std::string_view line_end = before.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
  if (!before.empty() && before.back() != '\n') text += line_end;
  for (const std::string_view entry : entries) {
    const bool folder = entry == ".git" || entry == ".aws" || entry == ".ssh";
    const bool plain = entry.find('*') == std::string_view::npos;
    if (old != nullptr && plain && view.dockerignore->ignores(entry, folder)) continue;
    text += entry;
    text += line_end;
  }
  Fix fix{.title = "keep private files out by .dockerignore",
          .edits = {},
          .safety = reads_private(view) ? FixSafety::kUnsafe : FixSafety::kSafe};
  if (old != nullptr) {
    const auto end = static_cast<std::uint32_t>(before.size());
    Edit edit{{end, end}, std::move(text)};
    edit.file = old;
    fix.edits.push_back(std::move(edit));
  } else if (const auto context = context_of(view)) {
    fix.new_files.push_back({path::join(*context, ".dockerignore"), std::move(text)});
  } else {
    finding.unfixed = "it is built with several contexts";
    return;
  }
  finding.fix = std::move(fix);
}

/// What each COPY would ask for again.
struct Known {
  std::optional<std::string> let_in;  ///< by the ignore file
  bool fixed = false;                 ///< the first finding's fix is that of all
};

void repair(Finding& finding, const DockerfileView& view, Known& known) {
  if (known.fixed) {
    finding.unfixed = "the same .dockerignore is the fix of an earlier line";
    return;
  }
  known.fixed = true;
  ignore_private(finding, view);
}

void judge(const DockerfileView& view, const dockerfile::Instruction& copy, Known& known,
           Sink& sink) {
  if (copy.flag("from") != nullptr || copy.flag("exclude") != nullptr) return;
  for (std::size_t i = 0; i + 1 < copy.words.size(); ++i) {
    if (!is_everything(copy.words[i].value)) continue;
    const std::string keyword(dockerfile::to_string(copy.keyword));
    if (view.dockerignore == nullptr) {
      repair(sink.report(copy.words[i].span,
                         keyword + " takes the whole folder, and there is no .dockerignore"),
             view, known);
      return;
    }
    if (!known.let_in) known.let_in = let_through(*view.dockerignore);
    if (!known.let_in->empty()) {
      Finding& finding = sink.report(
          copy.words[i].span, keyword + " takes the whole folder, and the .dockerignore lets " +
                                  *known.let_in + " through");
      finding.severity = Severity::kLow;
      repair(finding, view, known);
    }
    return;
  }
}

void check(const DockerfileView& view, Sink& sink) {
  if (!view.context_known) return;
  Known known;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kCopy ||
          instruction.keyword == dockerfile::Keyword::kAdd) {
        judge(view, instruction, known, sink);
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "no .dockerignore",
     .before = "-- Dockerfile --\nFROM node:20\nCOPY «.» /app\n",
     .after = "-- Dockerfile --\nFROM node:20\nCOPY . /app\n-- .dockerignore "
              "--\n.git\n.env\n.env.local\n.env.*.local\n.aws\n.ssh\n**/id_rsa\n**/id_ed25519\n"},
    {.name = "one that lets secrets through",
     .before = "-- Dockerfile --\nFROM node:20\nCOPY «.» /app\n-- .dockerignore --\nnode_modules\n",
     .after = "-- Dockerfile --\nFROM node:20\nCOPY . /app\n-- .dockerignore "
              "--\nnode_modules\n.git\n.env\n.env.local\n.env.*.local\n.aws\n.ssh\n**/id_rsa\n**/"
              "id_ed25519\n"},
    {.name = "below a folder, with packages of Node.js",
     .before = "-- app/Dockerfile --\nFROM node:20\nCOPY «.» /app\nRUN npm ci\n",
     .after = "-- app/Dockerfile --\nFROM node:20\nCOPY . /app\nRUN npm ci\n"
              "-- app/.dockerignore --\n.git\n.env\n.env.local\n.env.*.local\n.aws\n.ssh\n"
              "**/id_rsa\n**/id_ed25519\n**/node_modules\n"},
    {.name = "the Dockerfile names what would be ignored",
     .before = "-- Dockerfile --\nFROM node:20\nCOPY «.» /app\nCOPY .env /app/\n"},
    {.name = "one that does not",
     .before = "-- Dockerfile --\nFROM node:20\nCOPY . /app\n-- .dockerignore --\n.git\n.env\n"},
    {.name = "only some folders", .before = "FROM node:20\nCOPY src package.json /app/\n"},
    {.name = "from a build stage",
     .before = "FROM node:20 AS b\nFROM node:20\nCOPY --from=b . /app\n"},
    {.name = "in a build stage",
     .before = "FROM golang:1.25 AS b\nCOPY . .\nFROM scratch\nCOPY --from=b /a /a\n"},
};

}  // namespace

const Rule& copy_all_without_dockerignore() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
