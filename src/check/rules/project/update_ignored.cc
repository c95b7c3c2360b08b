#include <string>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "update-ignored",
    .title = "An update bot leaves an image or its vulnerabilities alone",
    .severity = Severity::kLow,
    .control = Control::kBaseImageUpdates,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Everything else is kept up to date, so nobody looks; the vulnerabilities of what is "
        "ignored stay for good.",
    .fix_note =
        "Unsafe: ignore versions that do not work, or update-types: "
        "[\"version-update:semver-major\"], instead of all; in Renovate leave vulnerabilityAlerts "
        "on.",
    .sources =
        "https://docs.github.com/en/code-security/dependabot/working-with-dependabot/"
        "dependabot-options-reference#ignore-- "
        "https://docs.renovatebot.com/configuration-options/#vulnerabilityalerts",
};

bool names_images(std::string_view ecosystem) {
  return ecosystem == "docker" || ecosystem == "docker-compose" || ecosystem == "helm";
}

/// Every version of it, whatever it repairs.
bool ignores_all(const Node& ignored) {
  return ignored.is_mapping() && ignored.find("dependency-name") != nullptr &&
         ignored.find("versions") == nullptr && ignored.find("update-types") == nullptr;
}

void judge_dependabot(const UpdateBot& bot, Sink& sink) {
  for (const UpdateEntry& entry : bot.entries) {
    // One that ignores everything is as good as none, which is another finding.
    if (!names_images(entry.ecosystem) || !is_active(entry)) continue;
    for (const Node* ignored : manifest::elements(entry.node->find("ignore"))) {
      if (!ignores_all(*ignored)) continue;
      const Node& name = *ignored->find("dependency-name");
      sink.report(Place{bot.file, name.span},
                  "no update of '" + std::string(name.str()) + "' is ever proposed");
    }
  }
}

void judge_renovate(const UpdateBot& bot, Sink& sink) {
  const Node* const enabled = bot.root->at({"vulnerabilityAlerts", "enabled"});
  if (!bot.enabled || enabled == nullptr || enabled->as_bool() != false) return;
  sink.report(Place{bot.file, enabled->span}, "known vulnerabilities raise no update of their own");
}

void check(const Project& project, Sink& sink) {
  for (const UpdateBot& bot : project.bots) {
    if (bot.kind == UpdateBot::Kind::kRenovate) {
      judge_renovate(bot, sink);
    } else {
      judge_dependabot(bot, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "all versions",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "updates:\n"
               "  - package-ecosystem: docker\n"
               "    directory: /\n"
               "    schedule: {interval: weekly}\n"
               "    ignore:\n"
               "      - dependency-name: «alpine»\n"},
    {.name = "major versions",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "updates:\n"
               "  - package-ecosystem: docker\n"
               "    directory: /\n"
               "    schedule: {interval: weekly}\n"
               "    ignore:\n"
               "      - dependency-name: alpine\n"
               "        update-types: [\"version-update:semver-major\"]\n"},
    {.name = "a version that does not work",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "updates:\n"
               "  - package-ecosystem: docker\n"
               "    directory: /\n"
               "    schedule: {interval: weekly}\n"
               "    ignore:\n"
               "      - {dependency-name: alpine, versions: [\"3.21\"]}\n"},
    {.name = "of another ecosystem",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "updates:\n"
               "  - package-ecosystem: docker\n"
               "    directory: /\n"
               "    schedule: {interval: weekly}\n"
               "  - package-ecosystem: npm\n"
               "    directory: /\n"
               "    ignore: [{dependency-name: left-pad}]\n"},
    {.name = "Renovate's alerts",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- renovate.json --\n"
               "{\"extends\": [\"config:recommended\"], \"vulnerabilityAlerts\": {\"enabled\": "
               "«false»}}\n"},
    {.name = "they are on",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- renovate.json --\n"
               "{\"extends\": [\"config:recommended\"], \"vulnerabilityAlerts\": {\"labels\": "
               "[\"security\"]}}\n"},
};

}  // namespace

const Rule& update_ignored() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
