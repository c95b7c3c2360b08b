#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "check/rule.h"
#include "check/same_run_purge.h"
#include "check/two_stage.h"
#include "workload/image_facts.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "build-tools-in-final-image",
    .title = "The shipped image has build tools",
    .severity = Severity::kLow,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:4.3 tally:prefer-multi-stage-build",
    .why =
        "Compilers and headers are hundreds of megabytes to pull and patch, and let an attacker "
        "build what he needs in place.",
    .fix_note =
        "Build in a stage of its own and copy the result, or remove the packages in the same RUN. "
        "Applications of Node.js, Python, Go, Rust, Java, .NET, Ruby and PHP, and static "
        "sites, are split where what to "
        "copy can be told from the file. Unsafe: the small image lacks what nobody named.",
    .sources = "https://docs.docker.com/build/building/multi-stage/",
};

constexpr std::string_view kManagers[] = {"apt-get", "apt",      "aptitude", "apk", "yum",
                                          "dnf",     "microdnf", "zypper",   "tdnf"};
constexpr std::string_view kInstalls[] = {"install", "add", "groupinstall", "in"};
constexpr std::string_view kRemoves[] = {"remove", "purge", "autoremove", "del", "erase"};
constexpr std::string_view kTools[] = {
    "autoconf",  "automake",      "binutils",    "build-base",    "build-essential",
    "clang",     "cmake",         "cargo",       "cpp",           "g++",
    "gcc",       "gcc-c++",       "golang",      "golang-go",     "libc-dev",
    "libc6-dev", "llvm",          "make",        "maven",         "meson",
    "musl-dev",  "ninja-build",   "python3-dev", "python-dev",    "rust",
    "rustc",     "python3-devel", "glibc-devel", "linux-headers", "gradle",
};

bool is_one_of(std::string_view word, const auto& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_manager(const shell::Command& command) {
  const std::string_view name = command.name();
  if (name.empty() || std::string_view("admytz").find(name[0]) == std::string_view::npos) {
    return false;
  }
  return is_one_of(name, kManagers);
}

bool has_action(const shell::Command& command, const auto& actions) {
  return std::any_of(command.begin(), command.end(),
                     [&](const shell::Word& word) { return is_one_of(word.value, actions); });
}

/// What the same RUN removes again never gets into a layer.
bool removes(const dockerfile::Instruction& run) {
  return std::any_of(run.script.commands.begin(), run.script.commands.end(),
                     [](const shell::Command& command) {
                       return is_manager(command) && has_action(command, kRemoves);
                     });
}

/// Built in a stage of its own, or taken away again where it is used.
void offer_cure(Finding& finding, const DockerfileView& view, const dockerfile::Instruction& run,
                const std::vector<const shell::Word*>& tools, TwoStages& stages) {
  const std::string_view package = name_of_package(*tools.front());
  if (stages.possible() || !uses_package(run, package, ToolKind::kCompiler)) {
    stages.offer(finding);
    return;
  }
  finding.unfixed = objection_to_purge(view, run, package, ToolKind::kCompiler);
  if (finding.unfixed.empty()) offer_purge(finding, view, run, tools, ToolKind::kCompiler);
}

void judge_run(const dockerfile::Instruction& run, const DockerfileView& view, TwoStages& stages,
               Sink& sink) {
  std::vector<const shell::Word*> tools;
  for (const shell::Command& command : run.script.commands) {
    if (!is_manager(command) || !has_action(command, kInstalls)) continue;
    for (const shell::Word& word : command) {
      if (is_one_of(word.value.substr(0, word.value.find('=')), kTools)) tools.push_back(&word);
    }
  }
  if (tools.empty() || removes(run)) return;
  const std::string_view package = tools.front()->value;
  offer_cure(sink.report(run.source(tools.front()->span),
                         "the shipped image keeps the build tool '" +
                             std::string(package.substr(0, package.find('='))) + "'"),
             view, run, tools, stages);
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.target == nullptr) return;
  TwoStages stages(view, sink.options());
  const StageBase* base = view.base(*view.target);
  if (base != nullptr && base->facts != nullptr && base->facts->kind == ImageKind::kSdk) {
    stages.offer(sink.report(view.lineage.back()->image_span, "the shipped image is made of '" +
                                                                  base->reference->familiar_name() +
                                                                  "', which is for building"));
  }
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kRun)
        judge_run(instruction, view, stages, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a compiler", .before = "FROM debian:12\nRUN apt-get install -y curl «gcc» make\n"},
    {.name = "Alpine's", .before = "FROM alpine:3.20\nRUN apk add --no-cache «build-base»\n"},
    {.name = "an image for building", .before = "FROM «golang:1.25»\nRUN go build .\n"},
    {.name = "Go",
     .before = "FROM «golang:1.25»\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/app ./cmd/app\n"
               "EXPOSE 8080\nENTRYPOINT [\"/bin/app\"]\n",
     .after = "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\n"
              "RUN CGO_ENABLED=0 go build -o /bin/app ./cmd/app\n\n"
              "FROM gcr.io/distroless/static-debian13:nonroot\n"
              "COPY --from=build /bin/app /bin/app\nEXPOSE 8080\nENTRYPOINT [\"/bin/app\"]\n"},
    {.name = "Go with C, lower case, CRLF",
     .before = "from «golang:1.25-bookworm»\r\nworkdir /src\r\ncopy . .\r\n"
               "run CGO_ENABLED=1 go build -o app .\r\n\r\n# start it\r\ncmd [\"./app\"]\r\n",
     .after = "from golang:1.25-bookworm as build\r\nworkdir /src\r\ncopy . .\r\n"
              "run CGO_ENABLED=1 go build -o app .\r\n\r\n"
              "from gcr.io/distroless/base-debian13:nonroot\r\nworkdir /src\r\n"
              "copy --from=build /src/app /src/app\r\n\r\n# start it\r\ncmd [\"./app\"]\r\n"},
    {.name = "Rust",
     .before = "FROM «rust:1.90»\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n"
               "CMD [\"/src/target/release/app\"]\n",
     .after = "FROM rust:1.90 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n\n"
              "FROM gcr.io/distroless/cc-debian13:nonroot\n"
              "COPY --from=build /src/target/release/app /src/target/release/app\n"
              "CMD [\"/src/target/release/app\"]\n"},
    {.name = "Java",
     .before = "FROM «maven:3.9-eclipse-temurin-21»\nWORKDIR /app\nCOPY pom.xml .\n"
               "RUN mvn dependency:go-offline\nCOPY src ./src\nRUN mvn package\n"
               "CMD [\"java\", \"-jar\", \"target/app.jar\"]\n",
     .after = "FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /app\nCOPY pom.xml .\n"
              "RUN mvn dependency:go-offline\nCOPY src ./src\nRUN mvn package\n\n"
              "FROM eclipse-temurin:21-jre\nWORKDIR /app\n"
              "COPY --from=build /app/target/app.jar /app/target/app.jar\n"
              "CMD [\"java\", \"-jar\", \"target/app.jar\"]\n"},
    {.name = ".NET",
     .before = "FROM «mcr.microsoft.com/dotnet/sdk:10.0»\nWORKDIR /src\nCOPY . .\n"
               "RUN dotnet publish -c Release -o /app\nWORKDIR /app\n"
               "ENTRYPOINT [\"dotnet\", \"Web.dll\"]\n",
     .after = "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY . .\n"
              "RUN dotnet publish -c Release -o /app\n\n"
              "FROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY --from=build /app /app\n"
              "WORKDIR /app\nENTRYPOINT [\"dotnet\", \"Web.dll\"]\n"},
    {.name = "Python",
     .before = "FROM python:3.14-slim\nENV PORT=8000\n"
               "RUN apt-get update && apt-get install -y «gcc» libpq-dev\nWORKDIR /app\n"
               "COPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n"
               "CMD [\"gunicorn\", \"app:app\"]\n",
     .after = "FROM python:3.14-slim AS build\n"
              "RUN apt-get update && apt-get install -y gcc libpq-dev\nWORKDIR /app\n"
              "COPY requirements.txt .\nRUN python -m venv /opt/venv\n"
              "ENV PATH=\"/opt/venv/bin:$PATH\"\nRUN pip install -r requirements.txt\n\n"
              "FROM python:3.14-slim\nENV PORT=8000\n"
              "RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && "
              "rm -rf /var/lib/apt/lists/*\nENV PATH=\"/opt/venv/bin:$PATH\"\nWORKDIR /app\n"
              "COPY --from=build /opt/venv /opt/venv\nCOPY . .\nCMD [\"gunicorn\", \"app:app\"]\n"},
    {.name = "Ruby",
     .before = "FROM ruby:3.4-slim\nRUN apt-get update && apt-get install -y «build-essential»\n"
               "WORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY . .\n"
               "CMD [\"bundle\", \"exec\", \"puma\"]\n",
     .after = "FROM ruby:3.4-slim AS build\n"
              "RUN apt-get update && apt-get install -y build-essential\nWORKDIR /app\n"
              "COPY Gemfile Gemfile.lock ./\nRUN bundle install\n\nFROM ruby:3.4-slim\n"
              "WORKDIR /app\nCOPY --from=build /usr/local/bundle /usr/local/bundle\nCOPY . .\n"
              "CMD [\"bundle\", \"exec\", \"puma\"]\n"},
    {.name = "Node.js of a distribution",
     .before = "FROM ubuntu:24.04\nRUN apt-get update\n"
               "RUN apt-get install -y «build-essential» python3 nodejs npm\nWORKDIR /app\n"
               "COPY . .\nRUN npm install\nEXPOSE 3000\nCMD node server.js\n",
     .after = "FROM node:26 AS build\nWORKDIR /app\nCOPY . .\nRUN npm install --omit=dev\n\n"
              "FROM node:26-slim\nWORKDIR /app\nCOPY --from=build /app /app\nEXPOSE 3000\n"
              "CMD node server.js\n"},
    {.name = "a compiler for one RUN only",
     .before = "FROM debian:13-slim\n"
               "RUN apt-get update && apt-get install -y «gcc» make && make -C /usr/src/app && "
               "rm -rf /var/lib/apt/lists/*\nCMD [\"/app\"]\n",
     .after = "FROM debian:13-slim\n"
              "RUN apt-get update && apt-get install -y gcc make && make -C /usr/src/app && "
              "apt-get purge -y --auto-remove gcc make && rm -rf /var/lib/apt/lists/*\n"
              "CMD [\"/app\"]\n"},
    {.name = "it is started by what builds it",
     .before = "FROM «maven:3.9-eclipse-temurin-21»\nWORKDIR /app\nCOPY . .\nRUN mvn package\n"
               "CMD [\"mvn\", \"jetty:run\"]\n"},
    {.name = "removed in the same layer",
     .before = "FROM alpine:3.20\nRUN apk add --virtual .b gcc && make && apk del .b\n"},
    {.name = "in a build stage",
     .before = "FROM golang:1.25 AS b\nRUN apt-get install -y gcc\nFROM alpine:3.20\n"
               "COPY --from=b /a /a\n"},
    {.name = "no tools", .before = "FROM debian:12\nRUN apt-get install -y curl\n"},
};

}  // namespace

const Rule& build_tools_in_final_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
