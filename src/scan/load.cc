#include "scan/load.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "core/path.h"
#include "workload/command_line.h"
#include "workload/compose.h"
#include "workload/inspect.h"
#include "workload/kubernetes.h"
#include "workload/quadlet.h"

namespace plimsoll::scan {
namespace {

std::size_t byte_limit(FileKind kind) {
  switch (kind) {
    case FileKind::kDockerfile: return limits::kDockerfileBytes;
    case FileKind::kJson: return limits::kJsonBytes;
    case FileKind::kYaml: return limits::kYamlBytes;
    default: return limits::kTextBytes;
  }
}

bool has_key_line(std::string_view text, std::string_view key) {
  for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    const bool line_start = at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
    // A byte order mark, a list item or a quote may stand before the key of a line.
    const bool near_start = line_start || text[at - 1] == ' ' || text[at - 1] == '"' ||
                            text[at - 1] == '\xBF' || text[at - 1] == '{';
    if (near_start) return true;
  }
  return false;
}

/// GitHub takes no other name for an action's description.
bool is_action_name(std::string_view name) {
  return name == "action.yml" || name == "action.yaml";
}

/// Cheap test on the bytes, so that a repository's other YAML is never parsed.
bool may_be_ours(std::string_view path, std::string_view text) {
  if (ci::system_of(path) || update_bot_of(path)) return true;
  if (compose::is_compose_name(path::name(path)) || is_action_name(path::name(path))) return true;
  return (has_key_line(text, "apiVersion") && has_key_line(text, "kind")) ||
         has_key_line(text, "services") || has_key_line(text, "HostConfig") ||
         (has_key_line(text, "defaultAction") && ascii::contains(text, "SCMP_ACT_"));
}

/// Helm and Jinja files are no YAML until they are rendered.
bool is_template(std::string_view text) {
  return ascii::contains(text, "{{") || ascii::contains(text, "{%");
}

class Loading {
 public:
  Loading(Loaded& out, const Candidate& candidate, const LoadOptions& options)
      : out_(out), candidate_(candidate), options_(options) {}

  void run() {
    FileKind kind = candidate_.kind;
    if (options_.as_inspect && candidate_.explicit_target) {
      kind = FileKind::kJson;
    } else if (kind == FileKind::kNothing) {
      kind = guess();
    }
    switch (kind) {
      case FileKind::kDockerfile: read_dockerfile(); break;
      case FileKind::kYaml: read_tree(false); break;
      case FileKind::kJson: read_tree(true); break;
      case FileKind::kQuadlet: read_quadlet(); break;
      case FileKind::kScript: read_script(); break;
      case FileKind::kIgnore: out_.content = Content::kIgnore; break;
      case FileKind::kEnvironment: out_.content = Content::kEnvironment; break;
      case FileKind::kNothing: break;
    }
    if (out_.content == Content::kNone && candidate_.explicit_target && out_.incomplete.empty()) {
      reject("parse",
             "not a Dockerfile, Compose file, manifest, workflow or container description");
    }
  }

 private:
  [[nodiscard]] std::string_view text() const { return out_.source->text(); }

  void reject(std::string stage, std::string reason) {
    out_.incomplete.push_back({std::move(stage), out_.path, std::move(reason), "", true});
  }

  /// An explicit target with a name that says nothing.
  [[nodiscard]] FileKind guess() const {
    if (dockerfile::looks_like_dockerfile(text())) return FileKind::kDockerfile;
    const std::string_view start = ascii::trim(text());
    // Before JSON: a section starts as an array does.
    if (start.starts_with("[Unit]") || start.starts_with("[Container]")) return FileKind::kQuadlet;
    if (start.starts_with('{') || start.starts_with('[')) return FileKind::kJson;
    if (start.starts_with("#!") || command_line::host_of(path::name(out_.path), text())) {
      return FileKind::kScript;
    }
    return may_be_ours(out_.path, text()) ? FileKind::kYaml : FileKind::kNothing;
  }

  void read_dockerfile() {
    // dockerfile.h, Dockerfile.md: the name of many a file that is about Dockerfiles.
    const std::string_view name = path::name(out_.path);
    const bool plain = ascii::iequals(name, "dockerfile") || ascii::iequals(name, "containerfile");
    if (!plain && !candidate_.explicit_target && !dockerfile::looks_like_dockerfile(text())) return;
    out_.content = Content::kDockerfile;
    out_.dockerfile = std::make_unique<dockerfile::Dockerfile>(dockerfile::parse(*out_.source));
    for (const dockerfile::Problem& problem : out_.dockerfile->problems) {
      if (!problem.fatal) continue;
      const Position at = out_.source->position(problem.span.begin);
      reject("parse", "line " + std::to_string(at.line) + ": " + problem.message);
    }
  }

  void read_tree(bool json) {
    if (!candidate_.explicit_target && !may_be_ours(out_.path, text())) return;
    const bool relaxed = out_.path.ends_with(".json5") || update_bot_of(out_.path).has_value();
    out_.tree = json ? parse_json(*out_.source, {.relaxed = relaxed}) : parse_yaml(*out_.source);
    recognise();
    report_problems();
  }

  void recognise() {
    if (options_.as_inspect && candidate_.explicit_target) {
      read_inspect();
      return;
    }
    const std::string_view path = out_.path;
    if (const auto bot = update_bot_of(path)) {
      out_.content = Content::kUpdateBot;
      out_.bot_kind = *bot;
      return;
    }
    if (out_.tree->documents.empty()) return;
    const Node& root = *out_.tree->documents.front().root;
    if (kubernetes::is_manifest(*out_.tree)) {
      out_.content = Content::kManifest;
    } else if (const auto system = ci::system_of(path)) {
      out_.content = Content::kWorkflow;
      out_.ci_system = *system;
    } else if (compose::looks_like_compose(root) ||
               (compose::is_compose_name(path::name(path)) && root.find("services") != nullptr)) {
      out_.content = Content::kCompose;
    } else if (inspect::looks_like_inspect(root)) {
      read_inspect();
    } else if (is_action_name(path::name(path)) && ci::system_of(root) == ci::System::kGitHub) {
      out_.content = Content::kWorkflow;
    } else if (is_seccomp_profile(root)) {
      out_.content = Content::kSeccompProfile;
    } else if (candidate_.explicit_target) {
      recognise_by_content(root);
    }
  }

  /// A file that the user named may be called anything.
  void recognise_by_content(const Node& root) {
    if (const auto bot = bot_of_content(root)) {
      out_.content = Content::kUpdateBot;
      out_.bot_kind = *bot;
    } else if (const auto system = ci::system_of(root)) {
      out_.content = Content::kWorkflow;
      out_.ci_system = *system;
    }
  }

  /// Source: docs.docker.com, "Seccomp security profiles for Docker"; the OCI runtime's
  /// linux.seccomp has the same keys, but below others.
  [[nodiscard]] static bool is_seccomp_profile(const Node& root) {
    const Node* const action = root.find("defaultAction");
    const Node* const calls = root.find("syscalls");
    return action != nullptr && action->str().starts_with("SCMP_ACT_") && calls != nullptr &&
           calls->is_sequence();
  }

  [[nodiscard]] static std::optional<UpdateBot::Kind> bot_of_content(const Node& root) {
    const Node* updates = root.find("updates");
    if (updates != nullptr && updates->is_sequence() && root.find("version") != nullptr) {
      return UpdateBot::Kind::kDependabot;
    }
    const Node* schema = root.find("$schema");
    const bool renovate_schema = schema != nullptr && ascii::contains(schema->str(), "renovate");
    const Node* presets = root.find("extends");
    const bool renovate_presets =
        presets != nullptr && presets->is_sequence() && !presets->items.empty() &&
        (presets->items[0]->str().starts_with("config:") ||
         ascii::contains(presets->items[0]->str(), ">") || root.find("packageRules") != nullptr);
    if (renovate_schema || renovate_presets) return UpdateBot::Kind::kRenovate;
    return update_bot_of(root);
  }

  void read_inspect() {
    out_.content = Content::kInspect;
    for (TreeProblem& problem : inspect::read(*out_.tree, out_.workloads)) {
      out_.tree->problems.push_back(std::move(problem));
    }
  }

  void report_problems() {
    const bool ours = out_.content != Content::kNone || candidate_.explicit_target ||
                      may_be_ours(out_.path, text());
    if (!ours) return;
    if (!out_.tree->problems.empty() && is_template(text()) && !candidate_.explicit_target) {
      out_.incomplete.push_back(
          {"parse", out_.path, "is a template: render it, then audit the result", "", false});
      return;
    }
    for (const TreeProblem& problem : out_.tree->problems) {
      const Position at = out_.source->position(problem.span.begin);
      const bool limit = problem.code == ErrorCode::kLimit;
      out_.incomplete.push_back({limit ? "limit" : "parse", out_.path,
                                 "line " + std::to_string(at.line) + ": " + problem.message, "",
                                 !limit || out_.tree->documents.empty()});
    }
  }

  void read_quadlet() {
    if (auto workload = quadlet::read(*out_.source)) {
      out_.content = Content::kQuadlet;
      out_.workloads.push_back(std::move(*workload));
    }
  }

  void read_script() {
    const std::string_view name = path::name(out_.path);
    const auto host = command_line::host_of(name, text());
    if (host && command_line::may_hold_run_lines(name, text())) {
      if (!command_line::read(*out_.source, *host, out_.workloads)) {
        out_.incomplete.push_back(
            {"limit", out_.path, "too long a script: some run lines were not read", "", false});
      }
    }
    // A script without any run line was read all the same.
    if (!out_.workloads.empty() || candidate_.explicit_target) out_.content = Content::kScript;
  }

  Loaded& out_;
  const Candidate& candidate_;
  const LoadOptions& options_;
};

}  // namespace

Loaded load_text(std::string path, std::string text, const Candidate& candidate,
                 const LoadOptions& options) {
  Loaded loaded;
  loaded.path = path;
  loaded.source = std::make_unique<SourceFile>(std::move(path), std::move(text));
  Loading(loaded, candidate, options).run();
  return loaded;
}

Loaded load(const FileSystem& files, const Candidate& candidate, const LoadOptions& options) {
  auto text = files.read(candidate.path, byte_limit(candidate.kind));
  if (text) return load_text(candidate.path, std::move(*text), candidate, options);
  Loaded failed;
  failed.path = candidate.path;
  const bool too_large = text.error().code == ErrorCode::kTooLarge;
  failed.incomplete.push_back({too_large ? "limit" : "read", candidate.path, text.error().message,
                               "", too_large || candidate.explicit_target});
  return failed;
}

}  // namespace plimsoll::scan
