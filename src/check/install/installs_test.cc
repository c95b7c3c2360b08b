#include "check/install/installs.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/ascii.h"
#include "core/limits.h"

namespace plimsoll::check::install {
namespace {

struct Case {
  std::string_view name;
  std::string_view files;  ///< lock files of the context, blank separated
  std::string_view dockerfile;
  std::string_view want;  ///< "file:line stage reach[ dev]", one a line
  std::string_view ignore = {};
  std::string_view targets = {};
};

std::string installs_of(const Case& given) {
  const SourceFile source("Dockerfile", std::string(given.dockerfile));
  const dockerfile::Dockerfile file = dockerfile::parse(source);
  const SourceFile ignore_source(".dockerignore", std::string(given.ignore));
  const IgnoreFile ignore = parse_ignore(ignore_source, IgnoreSyntax::kDocker);
  BuildContext context{.files = ascii::split(given.files, ' '), .ignore = &ignore};
  std::vector<std::string_view> targets;
  if (!given.targets.empty()) targets = ascii::split(given.targets, ' ');
  std::size_t steps = limits::kInstallSteps;
  std::string text;
  for (const Install& each : find_installs(file, context, targets, steps)) {
    const dockerfile::Stage& stage = file.stages[each.run->stage];
    text += std::string(context.files[each.file]) + ':' +
            std::to_string(source.position(each.run->span.begin).line) + ' ' +
            (stage.name.empty() ? std::to_string(stage.index) : std::string(stage.name)) + ' ' +
            std::string(to_string(each.reach)) + (each.with_dev ? " dev" : "") + '\n';
  }
  return text;
}

class InstallsTest : public testing::TestWithParam<Case> {};

TEST_P(InstallsTest, AreFollowedIntoTheImage) {
  EXPECT_EQ(installs_of(GetParam()), GetParam().want) << GetParam().name;
}

constexpr Case kTools[] = {
    {"npm ci", "package-lock.json",
     "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n",
     "package-lock.json:4 0 image dev\n"},
    {"npm ci without dev", "package-lock.json", "FROM node:22\nCOPY . .\nRUN npm ci --omit=dev\n",
     "package-lock.json:3 0 image\n"},
    {"npm with a blank in between", "package-lock.json",
     "FROM node:22\nCOPY . .\nRUN npm ci --omit dev\n", "package-lock.json:3 0 image\n"},
    {"NODE_ENV of the stage", "yarn.lock",
     "FROM node:22\nENV NODE_ENV=production\nCOPY . .\nRUN yarn install --frozen-lockfile\n",
     "yarn.lock:4 0 image\n"},
    {"NODE_ENV of the command", "package-lock.json",
     "FROM node:22\nCOPY . .\nRUN NODE_ENV=production npm install\n",
     "package-lock.json:3 0 image\n"},
    {"NODE_ENV that its argument says", "package-lock.json",
     "FROM node:22\nARG NODE_ENV=production\nENV NODE_ENV=$NODE_ENV\nCOPY . .\nRUN npm ci\n",
     "package-lock.json:5 0 image\n"},
    {"pruned afterwards", "package-lock.json",
     "FROM node:22\nCOPY . .\nRUN npm ci && npm run build && npm prune --omit=dev\n",
     "package-lock.json:3 0 image\n"},
    {"whichever lock there is", "pnpm-lock.yaml",
     "FROM node:22\nCOPY package.json yarn.lock* package-lock.json* pnpm-lock.yaml* ./\n"
     "RUN if [ -f yarn.lock ]; then yarn --frozen-lockfile; elif [ -f package-lock.json ]; then "
     "npm ci; elif [ -f pnpm-lock.yaml ]; then corepack enable && pnpm i --frozen-lockfile; fi\n",
     "pnpm-lock.yaml:3 0 image dev\n"},
    {"pnpm fetch", "pnpm-lock.yaml",
     "FROM node:22\nCOPY pnpm-lock.yaml .\nRUN pnpm fetch --prod\nCOPY . .\n",
     "pnpm-lock.yaml:3 0 image\n"},
    {"bun", "bun.lock", "FROM oven/bun\nCOPY . .\nRUN bun install --production\n",
     "bun.lock:3 0 image\n"},
    {"a package by name is not the lock's", "package-lock.json",
     "FROM node:22\nCOPY . .\nRUN npm install -g pm2 && npm install express\n", ""},
    {"pip", "requirements.txt dev-requirements.txt",
     "FROM python:3.13\nCOPY . /srv/\nWORKDIR /srv\n"
     "RUN pip install --no-cache-dir -r requirements.txt\n",
     "requirements.txt:4 0 image dev\n"},
    {"pip with another place and name", "requirements/prod-requirements.txt",
     "FROM python:3.13\nCOPY requirements/prod-requirements.txt /tmp/r.txt\n"
     "RUN python -m pip install --requirement=/tmp/r.txt\n",
     "requirements/prod-requirements.txt:3 0 image dev\n"},
    {"uv pip", "requirements.txt",
     "FROM python:3.13\nCOPY . .\nRUN uv pip install --system -r requirements.txt\n",
     "requirements.txt:3 0 image dev\n"},
    {"poetry", "poetry.lock",
     "FROM python:3.13\nCOPY . .\nRUN poetry install --only main --no-root\n",
     "poetry.lock:3 0 image\n"},
    {"poetry without a group", "poetry.lock",
     "FROM python:3.13\nCOPY . .\nRUN poetry install --without dev,docs\n",
     "poetry.lock:3 0 image\n"},
    {"uv", "uv.lock", "FROM python:3.13\nCOPY . .\nRUN uv sync --locked --no-dev\n",
     "uv.lock:3 0 image\n"},
    {"pipenv leaves it out by itself", "Pipfile.lock",
     "FROM python:3.13\nCOPY . .\nRUN pipenv install --system --deploy\n",
     "Pipfile.lock:3 0 image\n"},
    {"go", "go.mod", "FROM golang:1.25\nCOPY go.mod go.sum ./\nRUN go mod download\n",
     "go.mod:3 0 image dev\n"},
    {"go from a folder below", "go.mod",
     "FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN cd cmd/app && go build -o /app\n",
     "go.mod:4 0 image dev\n"},
    {"cargo", "Cargo.lock", "FROM rust:1\nCOPY . .\nRUN cargo build --release --locked\n",
     "Cargo.lock:3 0 image dev\n"},
    {"a tool is not the lock's", "Cargo.lock go.mod",
     "FROM rust:1\nRUN cargo install cargo-chef\nRUN go install example.com/tool@latest\n", ""},
    {"bundler", "Gemfile.lock",
     "FROM ruby:3.4\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install --jobs 4\n",
     "Gemfile.lock:3 0 image dev\n"},
    {"bundle exec installs nothing", "Gemfile.lock",
     "FROM ruby:3.4\nCOPY . .\nRUN bundle exec rake assets:precompile\n", ""},
    {"composer", "api/composer.lock",
     "FROM php:8.4\nCOPY api /srv\nRUN composer install --no-dev --working-dir=/srv\n",
     "api/composer.lock:3 0 image\n"},
    {"dotnet, all projects of a solution", "src/App/packages.lock.json src/Lib/packages.lock.json",
     "FROM mcr.microsoft.com/dotnet/sdk:9.0\nWORKDIR /w\nCOPY . .\nRUN dotnet restore App.sln\n",
     "src/App/packages.lock.json:4 0 image dev\nsrc/Lib/packages.lock.json:4 0 image dev\n"},
    {"dotnet, one project", "App/packages.lock.json Lib/packages.lock.json",
     "FROM mcr.microsoft.com/dotnet/sdk:9.0\nCOPY . .\nRUN dotnet publish App/App.csproj -o /o\n",
     "App/packages.lock.json:3 0 image dev\n"},
    {"gradle", "gradle.lockfile app/gradle.lockfile",
     "FROM gradle:9\nCOPY . .\nRUN ./gradlew --no-daemon clean :app:bootJar\n",
     "gradle.lockfile:3 0 image dev\napp/gradle.lockfile:3 0 image dev\n"},
    {"mix", "mix.lock", "FROM elixir:1.18\nCOPY . .\nRUN mix do deps.get, compile\n",
     "mix.lock:3 0 image dev\n"},
};
INSTANTIATE_TEST_SUITE_P(Tools, InstallsTest, testing::ValuesIn(kTools));

constexpr Case kPlaces[] = {
    {"nothing was copied yet", "package-lock.json",
     "FROM node:22\nCOPY package.json .\nRUN npm install\nCOPY . .\n", ""},
    {"another folder than that of the lock", "web/package-lock.json",
     "FROM node:22\nCOPY . /w\nWORKDIR /w\nRUN npm ci\n", ""},
    {"--prefix", "web/package-lock.json",
     "FROM node:22\nCOPY . /w\nWORKDIR /w\nRUN npm ci --prefix web\n",
     "web/package-lock.json:4 0 image dev\n"},
    {"two folders, each in a shell of its own", "a/package-lock.json b/package-lock.json",
     "FROM node:22\nCOPY . .\nRUN (cd a && npm ci) && (cd b && npm ci)\n",
     "a/package-lock.json:3 0 image dev\nb/package-lock.json:3 0 image dev\n"},
    {".dockerignore keeps it out", "package-lock.json", "FROM node:22\nCOPY . .\nRUN npm install\n",
     "", "package-lock.json\n"},
    {"a bind mount shows it", "package-lock.json",
     "FROM node:22\nWORKDIR /app\n"
     "RUN --mount=type=bind,source=package.json,target=package.json "
     "--mount=type=bind,source=package-lock.json,target=package-lock.json npm ci --omit=dev\n",
     "package-lock.json:3 0 image\n"},
    {"the whole context is mounted", "go.mod",
     "FROM golang:1.25\nWORKDIR /src\nRUN --mount=type=bind,target=. go build -o /app .\n",
     "go.mod:3 0 image dev\n"},
    {"for one RUN only", "go.mod",
     "FROM golang:1.25\nWORKDIR /src\nRUN --mount=type=bind,target=. true\nRUN go build .\n", ""},
    {"WORKDIR is a variable", "package-lock.json",
     "FROM node:22\nARG HOME_OF_APP=/srv\nWORKDIR $HOME_OF_APP\nCOPY package-lock.json $HOME_OF_APP"
     "/\nRUN npm ci\n",
     "package-lock.json:5 0 image dev\n"},
    {"with its folders", "apps/web/package-lock.json",
     "FROM node:22\nWORKDIR /w\nCOPY --parents apps/*/package-lock.json ./\n"
     "RUN cd apps/web && npm ci\n",
     "apps/web/package-lock.json:4 0 image dev\n"},
    {"JSON form", "package-lock.json",
     "FROM node:22\nCOPY [\"package-lock.json\", \"/app/\"]\nWORKDIR /app\nRUN [\"npm\", \"ci\"]\n",
     "package-lock.json:4 0 image dev\n"},
};
INSTANTIATE_TEST_SUITE_P(Places, InstallsTest, testing::ValuesIn(kPlaces));

constexpr Case kStages[] = {
    {"the folder of packages is copied", "package-lock.json",
     "FROM node:22 AS deps\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\n"
     "FROM node:22-slim\nWORKDIR /srv\nCOPY --from=deps /app/node_modules ./node_modules\n",
     "package-lock.json:4 deps image\n"},
    {"what was built is copied", "package-lock.json",
     "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n"
     "FROM nginx\nCOPY --from=build /app/dist /usr/share/nginx/html\n",
     "package-lock.json:4 build part dev\n"},
    {"a program", "go.mod",
     "FROM golang:1.25 AS build\nCOPY . .\nRUN go build -o /app\nFROM scratch\n"
     "COPY --from=0 /app /app\n",
     "go.mod:3 build part dev\n"},
    {"a virtual environment", "requirements.txt",
     "FROM python:3.13 AS b\nRUN python -m venv /opt/venv\nCOPY requirements.txt .\n"
     "RUN /opt/venv/bin/pip install -r requirements.txt\nFROM python:3.13-slim\n"
     "COPY --from=b /opt/venv /opt/venv\n",
     "requirements.txt:4 b image dev\n"},
    {"--prefix of pip", "requirements.txt",
     "FROM python:3.13 AS b\nCOPY requirements.txt .\n"
     "RUN pip install --prefix=/install -r requirements.txt\nFROM python:3.13-slim\n"
     "COPY --from=b /install /usr/local\n",
     "requirements.txt:3 b image dev\n"},
    {"built on", "package-lock.json",
     "FROM node:22 AS base\nCOPY . .\nRUN npm ci\nFROM base\nCMD node .\n",
     "package-lock.json:3 base image dev\n"},
    {"installed anew without dev", "package-lock.json",
     "FROM node:22 AS base\nCOPY . .\nRUN npm ci\nFROM base\nRUN npm ci --omit=dev\n",
     "package-lock.json:3 base nothing dev\npackage-lock.json:5 1 image\n"},
    {"a stage for tests", "package-lock.json",
     "FROM node:22 AS test\nCOPY . .\nRUN npm ci\nRUN npm test\nFROM node:22\nCOPY . .\n"
     "RUN npm ci --omit=dev\n",
     "package-lock.json:3 test development dev\npackage-lock.json:7 1 image\n"},
    {"a target of another name may be an image of its own", "go.mod",
     "FROM golang AS api\nCOPY . .\nRUN go build ./api\nFROM golang AS worker\nCOPY . .\n"
     "RUN go build ./worker\n",
     "go.mod:3 api target dev\ngo.mod:6 worker image dev\n"},
    {"a target that a Compose service names", "go.mod",
     "FROM golang AS dev\nCOPY . .\nRUN go build ./api\nFROM scratch\n", "go.mod:3 dev image dev\n",
     "", "dev"},
    {"through two stages", "package-lock.json",
     "FROM node AS deps\nWORKDIR /a\nCOPY . .\nRUN npm ci\nFROM node AS build\nWORKDIR /b\n"
     "COPY --from=deps /a/node_modules node_modules\nFROM node\nCOPY --from=build /b /c\n",
     "package-lock.json:4 deps image dev\n"},
    {"the lock file goes through a stage", "uv.lock",
     "FROM scratch AS src\nCOPY . /code\nFROM python\nCOPY --from=src /code /w\nWORKDIR /w\n"
     "RUN uv sync\n",
     "uv.lock:6 1 image dev\n"},
    {"wheels that are mounted", "requirements.txt",
     "FROM python AS w\nCOPY . .\nRUN pip wheel -r requirements.txt -w /wheels\nFROM python\n"
     "RUN --mount=type=bind,from=w,source=/wheels,target=/wheels pip install /wheels/*\n",
     "requirements.txt:3 w part dev\n"},
    {"once more the same", "go.mod", "FROM golang\nCOPY . .\nRUN go mod download\nRUN go build .\n",
     "go.mod:3 0 image dev\n"},
};
INSTANTIATE_TEST_SUITE_P(Stages, InstallsTest, testing::ValuesIn(kStages));

TEST(Installs, EndWhereTheyWouldCostTooMuch) {
  std::string text = "FROM node AS s0\nCOPY . .\n";
  for (int i = 1; i < 900; ++i) {
    const std::string from = std::to_string(i - 1);
    text += "FROM node AS s" + std::to_string(i) + "\nCOPY --from=s" + from + " / /\nRUN npm ci\n";
  }
  const SourceFile source("Dockerfile", std::move(text));
  const dockerfile::Dockerfile file = dockerfile::parse(source);
  std::vector<std::string> paths;
  for (int i = 0; i < 10'000; ++i) paths.push_back("d" + std::to_string(i) + "/package-lock.json");
  const BuildContext context{.files = {paths.begin(), paths.end()}};
  std::size_t steps = 1'000'000;
  EXPECT_TRUE(find_installs(file, context, {}, steps).empty());
  EXPECT_EQ(steps, 0U);
}

struct NameCase {
  std::string_view name;
  bool is_development;
};
TEST(StageNames, TellWhatIsForDevelopment) {
  for (const NameCase& each : {NameCase{"test", true},
                               {"unit-tests", true},
                               {"Dev", true},
                               {"development", true},
                               {"build", false},
                               {"api", false},
                               {"devices", false},
                               {"", false}}) {
    EXPECT_EQ(is_development_stage(each.name), each.is_development) << each.name;
  }
}

}  // namespace
}  // namespace plimsoll::check::install
