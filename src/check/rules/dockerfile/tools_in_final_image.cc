#include <algorithm>
#include <string>
#include <vector>

#include "check/package_manager.h"
#include "check/rule.h"
#include "check/same_run_purge.h"
#include "check/two_stage.h"
#include "check/unused_tool.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "tools-in-final-image",
    .title = "The shipped image has tools that only a person or an intruder uses",
    .severity = Severity::kLow,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:4.3",
    .why =
        "Downloaders, network scanners and remote shells are what an intruder needs next, and each "
        "is one more package to patch.",
    .fix_note =
        "Fetch in a build stage and copy the result, remove the tool in the RUN that installs "
        "and uses it, or leave it out when nothing names it; debug with docker debug or an "
        "ephemeral container. Unsafe: what the image "
        "starts may call it by ways that do not show.",
    .sources =
        "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages",
};

constexpr WordList kTools =
    "curl wget netcat netcat-openbsd netcat-traditional nc ncat nmap nmap-ncat socat telnet "
    "inetutils-telnet openssh-client openssh-clients openssh-client-default vim vim-tiny "
    "vim-minimal nano emacs tcpdump strace gdb iputils-ping iputils dnsutils bind-utils bind-tools "
    "net-tools htop mc screen tmux lynx ftp rsync aria2 man-db";

bool is_process(const dockerfile::Instruction& instruction) {
  return instruction.keyword == dockerfile::Keyword::kCmd ||
         instruction.keyword == dockerfile::Keyword::kEntrypoint ||
         instruction.keyword == dockerfile::Keyword::kHealthcheck;
}

/// The packages that need no (further) word: those whose program the image itself calls when it
/// runs, which is found out once, when first asked for; and those that were reported.
class Settled {
 public:
  explicit Settled(const DockerfileView& view) : view_(view) {}

  [[nodiscard]] bool has(std::string_view package) {
    if (!read_) read();
    return std::find(packages_.begin(), packages_.end(), package) != packages_.end();
  }
  void add(std::string_view package) { packages_.push_back(package); }

 private:
  void read() {
    read_ = true;
    for (const std::string_view package : ascii::split(kTools.words(), ' ')) {
      if (calls(program_of_package(package))) packages_.push_back(package);
    }
  }
  [[nodiscard]] bool calls(std::string_view program) const {
    for (const dockerfile::Stage* stage : view_.lineage) {
      for (const dockerfile::Instruction& instruction : view_.file.of(*stage)) {
        if (!is_process(instruction)) continue;
        if (ascii::contains(instruction.args.text, program)) return true;
      }
    }
    return false;
  }

  const DockerfileView& view_;
  bool read_ = false;
  std::vector<std::string_view> packages_;
};

/// The tools that a RUN leaves in the image.
std::vector<const shell::Word*> kept_by(const dockerfile::Instruction& run, Settled& settled) {
  std::vector<const shell::Word*> kept;
  for (const shell::Command& command : run.script.commands) {
    PackageCommand install = read_package_command(command);
    if (!install || !install.installs()) continue;
    while (const shell::Word* word = install.operands.next()) {
      const std::string_view package = name_of_package(*word);
      if (!has_word(kTools, package) || settled.has(package)) continue;
      if (is_removed_again(run, package)) continue;
      kept.push_back(word);
      settled.add(package);
    }
  }
  return kept;
}

/// What becomes of a tool.
struct Verdict {
  enum class Cure : std::uint8_t { kNone, kSplit, kPurge, kLeaveOut };
  Cure cure = Cure::kNone;
  std::string objection;  ///< of kNone
};

Verdict judge(const dockerfile::Instruction& run, const DockerfileView& view,
              std::string_view package, TwoStages& stages) {
  using Cure = Verdict::Cure;
  if (stages.possible()) return {Cure::kSplit, {}};
  const bool used = uses_package(run, package, ToolKind::kProgram);
  std::string objection = used ? objection_to_purge(view, run, package, ToolKind::kProgram)
                               : objection_to_leaving_out(view, run, package);
  if (!objection.empty()) return {Cure::kNone, std::move(objection)};
  return {used ? Cure::kPurge : Cure::kLeaveOut, {}};
}

/// Fetched elsewhere, taken away again where it is used, or not installed at all.
void judge(const dockerfile::Instruction& run, const DockerfileView& view, Settled& settled,
           TwoStages& stages, Sink& sink) {
  const std::vector<const shell::Word*> kept = kept_by(run, settled);
  std::vector<const shell::Word*> purged;
  std::vector<const shell::Word*> left_out;
  std::vector<Verdict> verdicts;
  for (const shell::Word* word : kept) {
    verdicts.push_back(judge(run, view, name_of_package(*word), stages));
    if (verdicts.back().cure == Verdict::Cure::kPurge) purged.push_back(word);
    if (verdicts.back().cure == Verdict::Cure::kLeaveOut) left_out.push_back(word);
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    Finding& finding =
        sink.report(run.source(kept[i]->span),
                    "the shipped image keeps '" + std::string(name_of_package(*kept[i])) + "'");
    switch (verdicts[i].cure) {
      case Verdict::Cure::kSplit: stages.offer(finding); break;
      case Verdict::Cure::kPurge:
        offer_purge(finding, view, run, purged, ToolKind::kProgram);
        break;
      case Verdict::Cure::kLeaveOut: offer_leaving_out(finding, view, run, left_out); break;
      case Verdict::Cure::kNone: finding.unfixed = verdicts[i].objection; break;
    }
  }
}

void check(const DockerfileView& view, Sink& sink) {
  Settled settled(view);
  TwoStages stages(view, sink.options());
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kRun && instruction.script.understood) {
        judge(instruction, view, settled, stages, sink);
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a downloader and an editor",
     .before = "FROM debian:12\nRUN apt-get install -y ca-certificates «curl» «vim=2:9»\n"},
    {.name = "Alpine", .before = "FROM alpine:3.20\nRUN apk add --no-cache «nmap»\n"},
    {.name = "each once",
     .before = "FROM debian:12\nRUN apt-get install -y «curl»\nRUN apt-get install -y curl\n"},
    {.name = "for the health check",
     .before = "FROM debian:12\nRUN apt-get install -y curl\n"
               "HEALTHCHECK CMD curl -f http://localhost/ || exit 1\n"},
    {.name = "removed in the same layer",
     .before = "FROM debian:12\nRUN apt-get install -y curl && curl -O https://a.example/a && "
               "apt-get purge -y curl\n"},
    {.name = "one of two is removed in the same layer",
     .before =
         "FROM debian:12\nRUN apt-get install -y curl «wget» && curl -O https://a.example/a && "
         "apt-get purge -y curl\n"},
    {.name = "all that nothing needs is removed",
     .before = "FROM debian:12\nRUN apt-get install -y wget && wget https://a.example/a && "
               "apt-get purge -y --auto-remove\n"},
    {.name = "a group is removed",
     .before = "FROM alpine:3.22\nRUN apk add --virtual .fetch wget && wget https://a.example/a && "
               "apk del .fetch\n"},
    {.name = "used by the RUN that installs it",
     .before = "FROM debian:13-slim\nRUN apt-get update \\\n    && apt-get install -y "
               "ca-certificates «curl» \\\n    && curl -fsSL https://a.example/a.tgz | tar xz \\\n"
               "    && rm -rf /var/lib/apt/lists/*\nCMD [\"/a\"]\n",
     .after = "FROM debian:13-slim\nRUN apt-get update \\\n    && apt-get install -y "
              "ca-certificates curl \\\n    && curl -fsSL https://a.example/a.tgz | tar xz \\\n"
              "    && apt-get purge -y --auto-remove curl \\\n"
              "    && rm -rf /var/lib/apt/lists/*\nCMD [\"/a\"]\n"},
    {.name = "a list of commands, CRLF",
     .before = "FROM debian:13-slim\r\nRUN set -eux; \\\r\n\tapt-get update; \\\r\n"
               "\tapt-get install -y «curl» «wget»; \\\r\n\tcurl -O https://a.example/a; \\\r\n"
               "\twget https://a.example/b; \\\r\n\trm -rf /var/lib/apt/lists/*\r\n"
               "CMD [\"/a\"]\r\n",
     .after = "FROM debian:13-slim\r\nRUN set -eux; \\\r\n\tapt-get update; \\\r\n"
              "\tapt-get install -y curl wget; \\\r\n\tcurl -O https://a.example/a; \\\r\n"
              "\twget https://a.example/b; \\\r\n"
              "\tapt-get purge -y --auto-remove curl wget; \\\r\n"
              "\trm -rf /var/lib/apt/lists/*\r\nCMD [\"/a\"]\r\n"},
    {.name = "used by the RUN that installs it, Alpine",
     .before = "FROM alpine:3.22\nRUN apk add --no-cache «curl» tzdata && curl -o /a "
               "https://a.example/a\nCMD [\"/a\"]\n",
     .after = "FROM alpine:3.22\nRUN apk add --no-cache curl tzdata && curl -o /a "
              "https://a.example/a && apk del --no-network curl\nCMD [\"/a\"]\n"},
    {.name = "another RUN uses it as well",
     .before = "FROM alpine:3.22\nRUN apk add --no-cache «curl» && curl -o /a https://a.example/a\n"
               "RUN curl -o /b https://a.example/b\nCMD [\"/a\"]\n"},
    {.name = "a script that we do not see may use it",
     .before = "FROM alpine:3.22\nCOPY start.sh /\nRUN apk add --no-cache «curl» && curl -o /a "
               "https://a.example/a\nCMD [\"/start.sh\"]\n"},
    {.name = "others build upon it",
     .before = "FROM alpine:3.22\nRUN apk add --no-cache «curl» && curl -o /a "
               "https://a.example/a\n"},
    {.name = "an application that is built with it",
     .before = "FROM node:26-slim\nRUN apt-get update && apt-get install -y «rsync»\n"
               "WORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n"
               "CMD [\"node\", \"a.js\"]\n",
     .after = "FROM node:26-slim AS build\nRUN apt-get update && apt-get install -y rsync\n"
              "WORKDIR /app\nCOPY package.json ./\nRUN npm install --omit=dev\n\n"
              "FROM node:26-slim\nWORKDIR /app\n"
              "COPY --from=build /app/node_modules /app/node_modules\nCOPY . .\n"
              "CMD [\"node\", \"a.js\"]\n"},
    {.name = "an application of PHP",
     .before = "FROM php:8.4-fpm\nRUN apt-get update && apt-get install -y unzip «curl» libpq-dev "
               "&& docker-php-ext-install pdo_pgsql\n"
               "COPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nWORKDIR /app\n"
               "COPY composer.json composer.lock ./\nRUN composer install\nCOPY . .\n",
     .after = "FROM php:8.4-fpm AS base\nRUN apt-get update && apt-get install -y libpq-dev "
              "&& docker-php-ext-install pdo_pgsql\nWORKDIR /app\n\nFROM base AS build\n"
              "RUN apt-get update && apt-get install -y --no-install-recommends unzip && "
              "rm -rf /var/lib/apt/lists/*\n"
              "COPY --from=composer:2 /usr/bin/composer /usr/bin/composer\n"
              "COPY composer.json composer.lock ./\n"
              "RUN composer install --no-dev --no-interaction --optimize-autoloader\n\nFROM base\n"
              "COPY --from=build /app/vendor /app/vendor\nCOPY . .\n"},
    {.name = "tools that nothing names",
     .before = "FROM debian:13-slim\nRUN apt-get update && apt-get install -y «vim» tzdata «nano» "
               "«htop» && rm -rf /var/lib/apt/lists/*\nCMD [\"/start.sh\"]\n",
     .after = "FROM debian:13-slim\nRUN apt-get update && apt-get install -y tzdata && rm -rf "
              "/var/lib/apt/lists/*\nCMD [\"/start.sh\"]\n"},
    {.name = "tools on lines of their own, CRLF",
     .before = "FROM debian:13-slim\r\nRUN apt-get update && apt-get install -y \\\r\n"
               "    tzdata \\\r\n    «tcpdump» \\\r\n    «vim» \\\r\n"
               "    && rm -rf /var/lib/apt/lists/*\r\nCMD [\"/a\"]\r\n",
     .after = "FROM debian:13-slim\r\nRUN apt-get update && apt-get install -y \\\r\n"
              "    tzdata \\\r\n    && rm -rf /var/lib/apt/lists/*\r\nCMD [\"/a\"]\r\n"},
    {.name = "last on their lines",
     .before = "FROM debian:13-slim\nRUN apt-get update && apt-get install -y \\\n"
               "    tzdata \\\n    «strace» \\\n    «vim»\nCMD [\"/a\"]\n",
     .after = "FROM debian:13-slim\nRUN apt-get update && apt-get install -y \\\n"
              "    tzdata\nCMD [\"/a\"]\n"},
    {.name = "nothing else is installed",
     .before = "FROM nginx:1.31\nRUN apt-get update && apt-get install -y «vim» && apt-get clean\n"
               "COPY a.conf /etc/nginx/conf.d/\n",
     .after = "FROM nginx:1.31\nCOPY a.conf /etc/nginx/conf.d/\n"},
    {.name = "nothing else is installed, but the RUN does more",
     .before = "FROM alpine:3.22\nRUN apk add --no-cache «vim» && adduser -D a\nCMD [\"/a\"]\n",
     .after = "FROM alpine:3.22\nRUN adduser -D a\nCMD [\"/a\"]\n"},
    {.name = "nothing else is installed, in the middle",
     .before = "FROM debian:13-slim\nRUN mkdir /a \\\n && apt-get update \\\n && apt-get install "
               "-y «vim» \\\n && touch /a/b\nCMD [\"/a\"]\n",
     .after = "FROM debian:13-slim\nRUN mkdir /a \\\n && touch /a/b\nCMD [\"/a\"]\n"},
    {.name = "another RUN installs from the same lists",
     .before = "FROM debian:13-slim\nRUN apt-get update && apt-get install -y «vim»\n"
               "RUN apt-get install -y tzdata\nCMD [\"/a\"]\n"},
    {.name = "an editor of the environment",
     .before = "FROM debian:13-slim\nENV EDITOR=vim\nRUN apt-get update && apt-get install -y "
               "«vim» tzdata\nCMD [\"/a\"]\n"},
    {.name = "an editor that is set up",
     .before = "FROM debian:13-slim\nRUN apt-get update && apt-get install -y «vim» tzdata\n"
               "RUN mkdir ~/.vim\nCMD [\"/a.pl\"]\n"},
    {.name = "a script that we do not see may wait with it",
     .before = "FROM debian:13-slim\nRUN apt-get update && apt-get install -y «netcat-openbsd» "
               "tzdata\nCOPY start.sh /\nCMD [\"/start.sh\"]\n"},
    {.name = "a downloader that nothing names",
     .before = "FROM python:3.14-slim\nRUN apt-get update && apt-get install -y «curl» tzdata\n"
               "COPY a.py /\nCMD [\"python\", \"/a.py\"]\n",
     .after = "FROM python:3.14-slim\nRUN apt-get update && apt-get install -y tzdata\n"
              "COPY a.py /\nCMD [\"python\", \"/a.py\"]\n"},
    {.name = "nothing else is installed, with its comment",
     .before = "FROM nginx:1.31\n\n# editors\nRUN apt-get update && apt-get install -y «nano»\n\n"
               "COPY a.conf /etc/nginx/conf.d/\n",
     .after = "FROM nginx:1.31\n\nCOPY a.conf /etc/nginx/conf.d/\n"},
    {.name = "a comment says what it is for",
     .before = "FROM python:3.14-slim\n# curl is for probes\nRUN apt-get update && apt-get install "
               "-y «curl» tzdata\nCMD [\"python\", \"/a.py\"]\n"},
    {.name = "a service calls it",
     .before = "-- Dockerfile --\nFROM python:3.14-slim\nRUN apt-get update && apt-get install -y "
               "«curl» tzdata\nCMD [\"python\", \"/a.py\"]\n-- compose.yaml --\nservices:\n  a:\n"
               "    build: .\n    healthcheck:\n      test: curl -f http://localhost/\n"},
    {.name = "a toolbox",
     .before = "FROM debian:13-slim\nRUN apt-get update && apt-get install -y «vim» «tcpdump» "
               "«strace» «dnsutils»\nCMD [\"/a\"]\n"},
    {.name = "for a person",
     .before = "FROM debian:13-slim\nRUN apt-get update && apt-get install -y «vim» tzdata\n"
               "CMD [\"bash\"]\n"},
    {.name = "in a build stage",
     .before = "FROM debian:12 AS b\nRUN apt-get install -y curl\nFROM debian:12\n"},
    {.name = "a library", .before = "FROM debian:12\nRUN apt-get install -y libcurl4\n"},
};

}  // namespace

const Rule& tools_in_final_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
