#include "check/rule.h"
#include "parse/image_reference.h"
#include "project/ci_tools.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-push-latest-only",
    .title = "Only the tag 'latest' is pushed",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .why =
        "Each push overwrites the one before, so nobody can say which build runs where, go back "
        "to the last good one, or match a scan to what was deployed.",
    .fix_note = "Push a tag that is never used again as well: the version or the commit.",
    .sources = "https://docs.docker.com/build/ci/github-actions/manage-tags-labels/",
};

enum class Tag : std::uint8_t { kLatest, kOther };

Tag tag_of(std::string_view image) {
  if (ascii::contains(image, "$")) return Tag::kOther;  // may well hold one
  const auto reference = parse_image_reference(image);
  if (!reference || !reference->digest.empty()) return Tag::kOther;
  return reference->effective_tag() == "latest" ? Tag::kLatest : Tag::kOther;
}

/// What one job pushes.
struct Pushed {
  std::vector<Place> latest;
  bool other = false;
};

void add(std::string_view image, Place place, Pushed& pushed) {
  if (tag_of(image) == Tag::kLatest) {
    pushed.latest.push_back(place);
  } else {
    pushed.other = true;
  }
}

void add_action(const ci::Step& step, Pushed& pushed) {
  const Node* const tags = step.with == nullptr ? nullptr : step.with->find("tags");
  const auto work = ci::image_work(step);
  if (tags == nullptr || !work || work->kind != ci::ImageWork::Kind::kPush) return;
  std::string list(tags->str());
  for (char& c : list) c = c == ',' ? '\n' : c;
  for (const std::string_view line : ascii::split(list, '\n')) {
    const std::string_view image = ascii::trim(line);
    if (!image.empty()) add(image, {step.place.file, tags->span}, pushed);
  }
}

void add_commands(const ci::Step& step, Pushed& pushed) {
  if (!step.script.understood) return;
  for (const shell::Command& command : step.script.commands) {
    if (!ci::is_engine(command.name()) || command.subcommand() != "push") continue;
    if (command.has_flag("--all-tags") || command.has_flag("-a")) pushed.other = true;
    const shell::Word& last = command.words.back();
    add(last.value, step.source(last.span), pushed);
  }
}

void check(const ci::Workflow& workflow, Sink& sink) {
  Pushed pushed;
  for (const ci::Job& job : workflow.jobs) {
    for (const ci::Step& step : job.steps) {
      add_action(step, pushed);
      add_commands(step, pushed);
    }
  }
  if (pushed.other) return;
  for (const Place& place : pushed.latest) sink.report(place, "only the tag 'latest' is pushed");
}

constexpr Example kExamples[] = {
    {.name = "by an action",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: docker/build-push-action@v6\n"
               "        with: {push: true, tags: «example/app:latest»}\n"},
    {.name = "by a command, without a tag",
     .file = ".gitlab-ci.yml",
     .before = "build:\n  script:\n    - docker push «example/app»\n"},
    {.name = "the commit too",
     .file = ".gitlab-ci.yml",
     .before = "build:\n"
               "  script:\n"
               "    - docker push example/app:latest\n"
               "    - docker push example/app:$CI_COMMIT_SHA\n"},
};

}  // namespace

const Rule& ci_push_latest_only() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
