#include "check/base_tag.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "check/two_stage.h"
#include "check/word_list.h"
#include "workload/distribution.h"
#include "workload/image_facts.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "base-image-not-minimal",
    .title = "A smaller base image does the same job",
    .severity = Severity::kLow,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:4.3",
    .why =
        "Each package of the base that nobody uses is one more to patch, and one more tool for "
        "whoever gets in.",
    .fix_note =
        "Take the smaller variant and install what is then missing; build in the full image and "
        "copy the result, which is done where what to copy can be told from the file. Unsafe: a "
        "program may need what the smaller one lacks.",
    .sources = "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
};

constexpr WordList kHarmless =
    "addgroup adduser cd chmod chown cp echo groupadd ln mkdir mv rm set touch true useradd";

/// Each release of Debian comes without manuals and translations as well.
bool has_slim_release(const ImageReference& reference) {
  return reference.is_official() && reference.familiar_name() == "debian" &&
         !reference.tag.empty() && reference.tag != "latest" &&
         reference.tag.find_first_of("-_") == std::string::npos;
}

/// Packages whose installation puts links beside manuals, for which slim images of older releases
/// have no folder.
bool links_manuals(const DockerfileView& view) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != dockerfile::Keyword::kRun) continue;
      if (!instruction.script.understood) return true;
      const std::string_view text = instruction.script_text.text;
      for (const std::string_view word :
           {"jdk", "jre", "java", "maven", "gradle", "postgres", "man-db", "share/man"}) {
        if (ascii::contains(text, word)) return true;
      }
    }
  }
  return false;
}

/// "node:*-slim" for node:20.1-bookworm is node:20.1-slim; without a version the star goes.
std::string alternative_for(const ImageReference& reference, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return std::string(pattern);
  std::string_view words = reference.tag;
  const std::string_view version = version_of(next_word(words));
  std::string_view rest = pattern.substr(star + 1);
  if (version.empty() && rest.starts_with('-')) rest.remove_prefix(1);
  return std::string(pattern.substr(0, star)) + std::string(version) + std::string(rest);
}

/// A run time without its compiler is the small variant of Java; Alpine has another C library.
bool is_run_time(const ImageReference& reference) {
  std::string_view words = reference.tag;
  while (!words.empty()) {
    if (next_word(words) == "jre") return true;
  }
  return false;
}

/// Another distribution, a server less, or a compiler less is another job.
bool does_the_same(const StageBase& base, std::string_view pattern) {
  if (base.facts->kind == ImageKind::kSdk) return false;
  if (base.facts->kind == ImageKind::kOs) {
    return pattern.starts_with(base.reference->familiar_name());
  }
  return !ascii::contains(pattern, "fpm") || ascii::contains(base.reference->tag, "fpm");
}

/// Some RUN does more than to arrange files and accounts, so it may need what is left out.
bool changes_packages(const DockerfileView& view) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != dockerfile::Keyword::kRun) continue;
      if (!instruction.script.understood) return true;
      for (const shell::Command& command : instruction.script.commands) {
        if (!has_word(kHarmless, command.name())) return true;
      }
    }
  }
  return false;
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.target == nullptr) return;
  const StageBase* base = view.base(*view.target);
  if (base == nullptr || base->facts == nullptr || !base->reference) return;
  const std::string_view pattern = base->facts->minimal_alternative;
  if (pattern.empty() || base->reference->tag.empty() || is_minimal(*base->reference)) return;
  if (is_run_time(*base->reference)) return;
  if (!does_the_same(*base, pattern)) return;
  const bool slim_release = has_slim_release(*base->reference);
  const std::string alternative = slim_release ? "debian:" + base->reference->tag + "-slim"
                                               : alternative_for(*base->reference, pattern);
  Finding& finding =
      sink.report(view.lineage.back()->image_span,
                  "'" + base->reference->familiar_name() + ':' + base->reference->tag +
                      "' is larger than it need be; consider '" + alternative + "'");
  const std::string same = base->reference->familiar_name() + ':';
  const bool fits = slim_release ? !links_manuals(view)
                                 : pattern.ends_with(":*-slim") && alternative.starts_with(same) &&
                                       base->reference->tag.find('-') == std::string::npos &&
                                       !changes_packages(view);
  if (!fits) {
    TwoStages(view, sink.options()).offer(finding);
    return;
  }
  remedy(finding, "take '" + alternative + "'",
         set_base_tag(view, *view.lineage.back(), *base->reference,
                      std::string_view(alternative).substr(same.size())),
         FixSafety::kUnsafe);
}

constexpr Example kExamples[] = {
    {.name = "a full image",
     .before = "FROM «node:20»\nCMD [\"node\", \"a.js\"]\n",
     .after = "FROM node:20-slim\nCMD [\"node\", \"a.js\"]\n"},
    {.name = "of a distribution",
     .before = "FROM «debian:13»\nRUN apt-get update && apt-get install -y ffmpeg\n",
     .after = "FROM debian:13-slim\nRUN apt-get update && apt-get install -y ffmpeg\n"},
    {.name = "its packages link their manuals",
     .before = "FROM «debian:12»\nRUN apt-get install -y openjdk-17-jre-headless\n"},
    {.name = "another distribution is another job", .before = "FROM ubuntu:24.04\n"},
    {.name = "PHP without its web server is another job", .before = "FROM php:8.4-apache\n"},
    {.name = "packages are built",
     .before = "FROM «node:20»\nRUN npm ci\nCMD [\"node\", \"a.js\"]\n"},
    {.name = "packages are built in a folder of their own",
     .before = "FROM «node:24»\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\n"
               "COPY . .\nCMD [\"node\", \"a.js\"]\n",
     .after = "FROM node:24 AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\n"
              "RUN npm ci --omit=dev\n\nFROM node:24-slim\nWORKDIR /app\n"
              "COPY --from=build /app/node_modules /app/node_modules\nCOPY . .\n"
              "CMD [\"node\", \"a.js\"]\n"},
    {.name = "on a named release of Debian",
     .before = "FROM «python:3.14-trixie»\nWORKDIR /app\nCOPY . .\nRUN pip install .\n"
               "CMD [\"python\", \"a.py\"]\n",
     .after = "FROM python:3.14-trixie AS build\nWORKDIR /app\nCOPY . .\n"
              "RUN python -m venv /opt/venv\nENV PATH=\"/opt/venv/bin:$PATH\"\nRUN pip install .\n"
              "\nFROM python:3.14-slim-trixie\nENV PATH=\"/opt/venv/bin:$PATH\"\nWORKDIR /app\n"
              "COPY --from=build /opt/venv /opt/venv\nCOPY --from=build /app /app\n"
              "CMD [\"python\", \"a.py\"]\n"},
    {.name = "pages that a script shows",
     .before = "FROM «node:24»\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n"
               "EXPOSE 3000\nCMD [\"npx\", \"serve\", \"-s\", \"dist\"]\n",
     .after = "FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n\n"
              "FROM nginxinc/nginx-unprivileged:1.31-alpine\n"
              "COPY --from=build /app/dist /usr/share/nginx/html\n"
              "RUN sed -i 's|index.html index.htm;|& try_files $uri $uri/ /index.html;|' "
              "/etc/nginx/conf.d/default.conf\nEXPOSE 8080\n"},
    {.name = "pages that a service publishes the port of",
     .before = "-- Dockerfile --\nFROM «node:24»\nWORKDIR /app\nCOPY . .\nRUN npm ci\n"
               "RUN npm run build\nCMD [\"npx\", \"serve\", \"dist\"]\n-- compose.yaml --\n"
               "services:\n  a:\n    build: .\n    ports: [\"80:3000\"]\n"},
    {.name = "pages that a service publishes at the new port",
     .before = "-- Dockerfile --\nFROM «node:24»\nWORKDIR /app\nCOPY . .\nRUN npm ci\n"
               "RUN npm run build\nCMD [\"npx\", \"http-server\", \"dist\"]\n"
               "-- compose.yaml --\n"
               "services:\n  a:\n    build: .\n    ports: [\"80:8080\"]\n",
     .after = "FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n\n"
              "FROM nginxinc/nginx-unprivileged:1.31-alpine\n"
              "COPY --from=build /app/dist /usr/share/nginx/html\n"},
    {.name = "slim", .before = "FROM node:20-slim\n"},
    {.name = "Java without its compiler", .before = "FROM eclipse-temurin:21-jre\n"},
    {.name = "Alpine", .before = "FROM node:20-alpine\n"},
    {.name = "only for the build",
     .before =
         "FROM node:20 AS b\nFROM gcr.io/distroless/nodejs22-debian12\nCOPY --from=b /a /a\n"},
    {.name = "an image that nothing is known of", .before = "FROM registry.example.com/base:1\n"},
};

}  // namespace

const Rule& base_image_not_minimal() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
