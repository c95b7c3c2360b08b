#include "check/rule.h"
#include "project/watched.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "update-cooldown-missing",
    .title = "New images are proposed the minute they appear",
    .severity = Severity::kInfo,
    .control = Control::kBaseImageUpdates,
    .aliases = "zizmor:dependabot-cooldown",
    .why =
        "Hijacked releases are mostly found within days; waiting a few before an update is "
        "proposed lets somebody else find them.",
    .fix_note =
        "Dependabot: 'cooldown: {default-days: 7}'. Renovate: 'minimumReleaseAge: \"7 days\"'.",
    .sources =
        "https://docs.github.com/en/code-security/dependabot/working-with-dependabot/"
        "dependabot-options-reference#cooldown- "
        "https://docs.renovatebot.com/configuration-options/#minimumreleaseage "
        "https://docs.zizmor.sh/audits/#dependabot-cooldown",
};

bool names_images(std::string_view ecosystem) {
  return ecosystem == "docker" || ecosystem == "docker-compose" || ecosystem == "helm";
}

void check(const Project& project, Sink& sink) {
  constexpr std::string_view kMessage = "updates of images are proposed without waiting";
  for (const UpdateBot& bot : project.bots) {
    for (const UpdateEntry& entry : bot.entries) {
      if (!names_images(entry.ecosystem) || !is_active(entry)) continue;
      const Node* const cooldown = entry.node->find("cooldown");
      if (cooldown == nullptr) sink.report(entry.place, std::string(kMessage));
    }
    if (bot.kind != UpdateBot::Kind::kRenovate || bot.has_cooldown) continue;
    const Watched watched = watched_by(bot);
    if (!watched.dockerfiles && !watched.compose_files && !watched.manifests) continue;
    const Node::Entry* const extends = bot.root->find_entry("extends");
    sink.report(Place{bot.file, extends != nullptr ? extends->key->span : Span{}},
                std::string(kMessage));
  }
}

constexpr Example kExamples[] = {
    {.name = "Dependabot",
     .before = "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "updates:\n"
               "  - package-ecosystem: «docker»\n"
               "    directory: /\n"
               "    schedule: {interval: weekly}\n"},
    {.name = "Renovate",
     .before = "-- renovate.json --\n"
               "{«\"extends\"»: [\"config:recommended\"]}\n"},
    {.name = "both wait",
     .before = "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "updates:\n"
               "  - package-ecosystem: docker\n"
               "    directory: /\n"
               "    schedule: {interval: weekly}\n"
               "    cooldown: {default-days: 7}\n"
               "-- renovate.json --\n"
               "{\"minimumReleaseAge\": \"7 days\"}\n"},
};

}  // namespace

const Rule& update_cooldown_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
