#include <set>

#include "check/remedy.h"
#include "check/rule.h"
#include "core/path.h"
#include "project/watched.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "base-images-not-updated",
    .title = "No bot keeps the base images up to date",
    .severity = Severity::kMedium,
    .control = Control::kBaseImageUpdates,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "A base image gets its security fixes as new versions; without a bot that proposes them "
        "the project stays on what was current when the line was written.",
    .fix_note =
        "Unsafe only in that pull requests will be opened: adds Dependabot entries for the "
        "folders with Dockerfiles and Compose files, or the managers to those that Renovate lists.",
    .sources =
        "https://docs.github.com/en/code-security/dependabot/working-with-dependabot/"
        "dependabot-options-reference https://docs.renovatebot.com/docker/",
};

/// The project's files that no bot looks at.
struct Unwatched {
  std::vector<std::string_view> dockerfiles;
  std::vector<std::string_view> compose_files;
  std::vector<std::string_view> manifests;

  [[nodiscard]] bool empty() const {
    return dockerfiles.empty() && compose_files.empty() && manifests.empty();
  }
};

Unwatched unwatched_of(const Project& project) {
  const Watched watched = watched_in(project);
  Unwatched unwatched;
  if (!watched.dockerfiles) unwatched.dockerfiles = own_files(project, project.dockerfiles);
  if (!watched.compose_files) unwatched.compose_files = own_files(project, project.compose_files);
  if (!watched.manifests) unwatched.manifests = own_files(project, project.manifests);
  return unwatched;
}

std::string message(const Unwatched& unwatched) {
  std::string what;
  const auto add = [&what](bool any, std::string_view name) {
    if (!any) return;
    if (!what.empty()) what += ", ";
    what += name;
  };
  add(!unwatched.dockerfiles.empty(), "Dockerfiles");
  add(!unwatched.compose_files.empty(), "Compose files");
  add(!unwatched.manifests.empty(), "Kubernetes manifests");
  return "no update bot watches the images of the project's " + what;
}

/// What in a bot's configuration leaves the images out.
Place place_in(const UpdateBot& bot) {
  for (const std::string_view key :
       {"updates", "enabledManagers", "enabled", "packageRules", "extends"}) {
    const Node::Entry* const entry = bot.root->find_entry(key);
    if (entry != nullptr) return {bot.file, entry->key->span};
  }
  return {bot.file, {}};
}

std::set<std::string_view> folders_of(const std::vector<std::string_view>& paths) {
  std::set<std::string_view> folders;
  for (const std::string_view path : paths) folders.insert(path::folder(path));
  return folders;
}

/// Plain YAML for a folder; odd names are left to a person.
bool is_simple(std::string_view folder) {
  return folder.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
             "-_./") == std::string_view::npos;
}

/// One entry of `updates:`, each line but the first indented like the list.
std::optional<std::string> entry_text(std::string_view ecosystem,
                                      const std::vector<std::string_view>& paths,
                                      std::string_view indent, std::string_view newline) {
  const std::string next = std::string(newline) + std::string(indent);
  std::string text = next + "- package-ecosystem: " + std::string(ecosystem);
  text += next + "  directories:";
  for (const std::string_view folder : folders_of(paths)) {
    if (!is_simple(folder)) return std::nullopt;
    text += next + "    - /" + std::string(folder == "." ? "" : folder);
  }
  text += next + "  schedule:" + next + "    interval: weekly";
  return text;
}

/// The blanks before the '-' of a block list's last item; nullopt for other layouts.
std::optional<std::string_view> indent_of(const SourceFile& file, const Node& item) {
  const Span line = file.line_span(file.line_index(item.span.begin));
  const std::string_view before = file.text().substr(line.begin, item.span.begin - line.begin);
  const std::size_t dash = before.find_first_not_of(' ');
  if (dash == std::string_view::npos || before[dash] != '-') return std::nullopt;
  if (before.find_first_not_of(' ', dash + 1) != std::string_view::npos) return std::nullopt;
  return before.substr(0, dash);
}

std::optional<Fix> fix_of(const UpdateBot& bot, const Unwatched& unwatched) {
  const Node* const updates = bot.root->find("updates");
  if (updates == nullptr || updates->items.empty() || updates->style != Node::Style::kBlock) {
    return std::nullopt;
  }
  const Node& last = *updates->items.back();
  const std::optional<std::string_view> indent = indent_of(*bot.file, last);
  if (!indent || last.shared) return std::nullopt;
  const std::string_view newline = ascii::contains(bot.file->text(), "\r\n") ? "\r\n" : "\n";
  std::string text;
  for (const auto& [ecosystem, paths] : {std::pair{"docker", &unwatched.dockerfiles},
                                         {"docker-compose", &unwatched.compose_files}}) {
    if (paths->empty()) continue;
    const std::optional<std::string> entry = entry_text(ecosystem, *paths, *indent, newline);
    if (!entry) return std::nullopt;
    text += *entry;
  }
  if (text.empty()) return std::nullopt;
  // Behind the last line of the last item, its comment included.
  const std::uint32_t end = bot.file->line_span(bot.file->line_index(last.span.end - 1)).end;
  return Fix{.title = "let Dependabot watch the images",
             .edits = {{{end, end}, std::move(text)}},
             .safety = FixSafety::kUnsafe};
}

/// Renovate's names of what reads the files, added to those that somebody listed.
void let_renovate_watch(Finding& finding, const UpdateBot& bot, const Unwatched& unwatched) {
  const Node* const managers = bot.root->find("enabledManagers");
  if (managers == nullptr || !managers->is_sequence() || managers->items.empty()) {
    finding.unfixed = "what switches Renovate off for images has to be changed";
    return;
  }
  std::vector<Edit> edits;
  // Quoted, as JSON5 wants it too.
  for (const auto& [manager, paths] : {std::pair{"\"dockerfile\"", &unwatched.dockerfiles},
                                       {"\"docker-compose\"", &unwatched.compose_files}}) {
    if (paths->empty()) continue;
    yaml::Edits edit =
        yaml::append(*bot.file, *bot.root, {"enabledManagers"}, yaml::NewNode::literal(manager));
    if (!edit) {
      finding.unfixed = std::move(edit.error());
      return;
    }
    edits.push_back(std::move(edit->front()));
  }
  if (edits.empty()) {
    finding.unfixed = "Renovate has to be told which files are manifests";
    return;
  }
  remedy(finding, "let Renovate watch the images", std::move(edits), FixSafety::kUnsafe);
}

/// A configuration of its own, where GitHub looks for it. Releases are left a week to prove
/// themselves.
std::optional<Fix> new_configuration(const Project& project, const Unwatched& unwatched) {
  const bool elsewhere =
      std::any_of(project.workflows.begin(), project.workflows.end(),
                  [](const ci::Workflow& each) { return each.system != ci::System::kGitHub; });
  if (elsewhere) return std::nullopt;
  std::string text = "version: 2\nupdates:";
  for (const auto& [ecosystem, paths] : {std::pair{"docker", &unwatched.dockerfiles},
                                         {"docker-compose", &unwatched.compose_files}}) {
    if (paths->empty()) continue;
    const std::optional<std::string> entry = entry_text(ecosystem, *paths, "  ", "\n");
    if (!entry) return std::nullopt;
    text += *entry + "\n    cooldown:\n      default-days: 7";
  }
  if (!text.ends_with("7")) return std::nullopt;
  return Fix{.title = "let Dependabot watch the images",
             .edits = {},
             .safety = FixSafety::kUnsafe,
             .new_files = {{path::join(project.root, ".github/dependabot.yml"), text + "\n"}}};
}

void check(const Project& project, Sink& sink) {
  if (!project.is_repository) return;
  const Unwatched unwatched = unwatched_of(project);
  if (unwatched.empty()) return;
  const UpdateBot* const bot = project.bots.empty() ? nullptr : &project.bots.front();
  Finding& finding = sink.report(bot == nullptr ? Place{} : place_in(*bot), message(unwatched));
  finding.absence = true;
  // Compose files and manifests often name images that the project itself builds.
  if (unwatched.dockerfiles.empty()) finding.severity = Severity::kLow;
  if (bot != nullptr && bot->kind == UpdateBot::Kind::kDependabot) {
    finding.fix = fix_of(*bot, unwatched);
  } else if (bot != nullptr && bot->kind == UpdateBot::Kind::kRenovate) {
    let_renovate_watch(finding, *bot, unwatched);
  } else if (bot == nullptr) {
    finding.fix = new_configuration(project, unwatched);
  }
}

constexpr Example kExamples[] = {
    {.name = "Dependabot watches something else",
     .before = "-- web/Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "«updates»:\n"
               "  - package-ecosystem: npm\n"
               "    directory: /\n"
               "    schedule: {interval: weekly}\n",
     .after = "-- web/Dockerfile --\n"
              "FROM alpine:3.20\n"
              "-- .github/dependabot.yml --\n"
              "version: 2\n"
              "updates:\n"
              "  - package-ecosystem: npm\n"
              "    directory: /\n"
              "    schedule: {interval: weekly}\n"
              "  - package-ecosystem: docker\n"
              "    directories:\n"
              "      - /web\n"
              "    schedule:\n"
              "      interval: weekly\n"},
    {.name = "Renovate is told to leave images alone",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- renovate.json --\n"
               "{\"extends\": [\"config:recommended\"], «\"enabledManagers\"»: [\"npm\"]}\n",
     .after = "-- Dockerfile --\n"
              "FROM alpine:3.20\n"
              "-- renovate.json --\n"
              "{\"extends\": [\"config:recommended\"], \"enabledManagers\": [\"npm\", "
              "\"dockerfile\"]}\n"},
    {.name = "Renovate is told so on several lines, for two kinds of file",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- compose.yaml --\n"
               "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "-- .github/renovate.json5 --\n"
               "{\n"
               "  // images by hand\n"
               "  «enabledManagers»: [\n"
               "    \"npm\"\n"
               "  ]\n"
               "}\n",
     .after = "-- Dockerfile --\n"
              "FROM alpine:3.20\n"
              "-- compose.yaml --\n"
              "services:\n"
              "  db:\n"
              "    image: postgres:17\n"
              "-- .github/renovate.json5 --\n"
              "{\n"
              "  // images by hand\n"
              "  enabledManagers: [\n"
              "    \"npm\", \"dockerfile\", \"docker-compose\"\n"
              "  ]\n"
              "}\n"},
    {.name = "Renovate is switched off",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- renovate.json --\n"
               "{«\"enabled\"»: false}\n"},
    {.name = "Dependabot watches Dockerfiles",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "updates:\n"
               "  - package-ecosystem: docker\n"
               "    directory: /\n"
               "    schedule: {interval: weekly}\n"},
    {.name = "Renovate watches all by itself",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- renovate.json --\n"
               "{\"extends\": [\"config:recommended\"]}\n"},
    {.name = "a test's Dockerfile is nobody's base image",
     .before = "-- tests/Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "updates:\n"
               "  - package-ecosystem: npm\n"
               "    directory: /\n"
               "    schedule: {interval: weekly}\n"},
};

}  // namespace

const Rule& base_images_not_updated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
