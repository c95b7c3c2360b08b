#include "check/rule.h"
#include "project/watched.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "renovate-digests-not-pinned",
    .title = "Renovate does not pin images by digest",
    .severity = Severity::kInfo,
    .control = Control::kBaseImageUpdates,
    .why =
        "With digests every change of a base image is a pull request that can be tested and "
        "undone; with tags alone the image changes from one build to the next.",
    .fix_note = "Add the preset 'docker:pinDigests', or use 'config:best-practices'.",
    .sources = "https://docs.renovatebot.com/docker/#digest-pinning",
};

Place place_in(const UpdateBot& bot) {
  const Node::Entry* const extends = bot.root->find_entry("extends");
  return {bot.file, extends != nullptr ? extends->key->span : Span{}};
}

void check(const Project& project, Sink& sink) {
  for (const UpdateBot& bot : project.bots) {
    if (bot.kind != UpdateBot::Kind::kRenovate || bot.pins_digests) continue;
    const Watched watched = watched_by(bot);
    const bool applies = (watched.dockerfiles && !project.dockerfiles.empty()) ||
                         (watched.compose_files && !project.compose_files.empty()) ||
                         (watched.manifests && !project.manifests.empty());
    if (applies) sink.report(place_in(bot), "Renovate updates tags but pins no digests");
  }
}

constexpr Example kExamples[] = {
    {.name = "recommended presets only",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- renovate.json --\n"
               "{«\"extends\"»: [\"config:recommended\"]}\n"},
    {.name = "pinned",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- renovate.json --\n"
               "{\"extends\": [\"config:recommended\", \"docker:pinDigests\"]}\n"},
};

}  // namespace

const Rule& renovate_digests_not_pinned() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
