#include "check/ci_line.h"
#include "check/remedy.h"
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
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Each push overwrites the one before, so nobody can say which build runs where, go back "
        "to the last good one, or match a scan to what was deployed.",
    .fix_note =
        "Push a tag that is never used again as well: the version or the commit. "
        "Unsafe: the registry gets one more tag with every push.",
    .sources = "https://docs.docker.com/build/ci/github-actions/manage-tags-labels/",
};

enum class Tag : std::uint8_t { kLatest, kOther };

Tag tag_of(std::string_view image) {
  if (ascii::contains(image, "$")) return Tag::kOther;  // may well hold one
  const auto reference = parse_image_reference(image);
  if (!reference || !reference->digest.empty()) return Tag::kOther;
  return reference->effective_tag() == "latest" ? Tag::kLatest : Tag::kOther;
}

/// A push of 'latest': by an action, or by a command.
struct Push {
  std::string image;
  Place place;
  const Node* tags = nullptr;  ///< an action's
  const ci::Step* step = nullptr;
  const shell::Command* command = nullptr;
};

/// What one job pushes.
struct Pushed {
  std::vector<Push> latest;
  bool other = false;
};

void add(Push push, Pushed& pushed) {
  if (tag_of(push.image) == Tag::kLatest) {
    pushed.latest.push_back(std::move(push));
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
    if (!image.empty()) {
      add({.image = std::string(image), .place = {step.place.file, tags->span}, .tags = tags},
          pushed);
    }
  }
}

void add_commands(const ci::Step& step, Pushed& pushed) {
  if (!step.script.understood) return;
  for (const shell::Command& command : step.script.commands) {
    if (!ci::is_engine(command.name()) || command.subcommand() != "push") continue;
    if (command.has_flag("--all-tags") || command.has_flag("-a")) pushed.other = true;
    const shell::Word& last = command.words.back();
    add({.image = std::string(last.value),
         .place = step.source(last.span),
         .step = &step,
         .command = &command},
        pushed);
  }
}

/// The same image, tagged by the commit.
std::string with_commit(std::string_view image, std::string_view commit) {
  if (image.ends_with(":latest")) image.remove_suffix(std::string_view(":latest").size());
  return std::string(image) + ':' + std::string(commit);
}

yaml::Edits push_commit(const ci::Workflow& workflow, const Push& push) {
  if (push.tags != nullptr) {
    if (ascii::trim(push.tags->str()) != push.image) {
      return tl::unexpected<std::string>("the step pushes several images");
    }
    const std::string tags = push.image + ',' + with_commit(push.image, "${{ github.sha }}");
    return yaml::replace(*workflow.file, *push.tags, yaml::NewNode::of(tags));
  }
  const auto line = line_of(*push.step, *push.command);
  if (!line || push.command->name() != "docker" || push.command->words.size() != 3) {
    return tl::unexpected<std::string>("the push is not on a line of its own");
  }
  const std::string name = with_commit(
      push.image, workflow.system == ci::System::kGitHub ? "$GITHUB_SHA" : "$CI_COMMIT_SHA");
  const std::string start = std::string(line->eol) + line->before;
  return std::vector<Edit>{
      {{line->span.end, line->span.end},
       start + "docker tag " + push.image + ' ' + name + start + "docker push " + name}};
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
  for (const Push& push : pushed.latest) {
    Finding& finding = sink.report(push.place, "only the tag 'latest' is pushed");
    remedy(finding, "push a tag of the commit as well", push_commit(workflow, push),
           FixSafety::kUnsafe);
  }
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
               "        with: {push: true, tags: «example/app:latest»}\n",
     .after = "on: push\n"
              "jobs:\n"
              "  image:\n"
              "    runs-on: ubuntu-latest\n"
              "    steps:\n"
              "      - uses: docker/build-push-action@v6\n"
              "        with: {push: true, tags: \"example/app:latest,example/app:${{ github.sha "
              "}}\"}\n"},
    {.name = "in a block",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: |\n"
               "          docker build -t example/app .\n"
               "          docker push «example/app:latest»\n",
     .after = "on: push\n"
              "jobs:\n"
              "  image:\n"
              "    runs-on: ubuntu-latest\n"
              "    steps:\n"
              "      - run: |\n"
              "          docker build -t example/app .\n"
              "          docker push example/app:latest\n"
              "          docker tag example/app:latest example/app:$GITHUB_SHA\n"
              "          docker push example/app:$GITHUB_SHA\n"},
    {.name = "by a command, without a tag",
     .file = ".gitlab-ci.yml",
     .before = "build:\n  script:\n    - docker push «example/app»\n",
     .after = "build:\n  script:\n    - docker push example/app\n"
              "    - docker tag example/app example/app:$CI_COMMIT_SHA\n"
              "    - docker push example/app:$CI_COMMIT_SHA\n"},
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
