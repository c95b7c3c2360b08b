#include "check/two_stage.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "check/view.h"
#include "core/splice.h"

namespace plimsoll::check {
namespace {

struct Rewritten {
  std::string text;    ///< "" when it was left alone
  std::string reason;  ///< why it was
  std::string advice;
};

Rewritten rewrite(std::string_view text) {
  const SourceFile source("Dockerfile", std::string(text));
  const dockerfile::Dockerfile file = dockerfile::parse(source);
  const DockerfileView view = view_of(file, {});
  RuleOptions options;
  options.today = Date{2026, 11, 21};
  TwoStages stages(view, options);
  Finding finding;
  stages.offer(finding);
  EXPECT_EQ(stages.possible(), finding.fix.has_value());
  if (!finding.fix) return {{}, finding.unfixed, {}};
  const auto plain = plain_edits(finding.fix->edits);
  if (!plain) return {{}, "its edits contradict each other", {}};
  return {splice(source.text(), *plain), {}, finding.fix->advice};
}

struct Case {
  std::string_view name;
  std::string_view before;
  std::string_view after;
};
class TwoStagesTest : public testing::TestWithParam<Case> {};

TEST_P(TwoStagesTest, AreWrittenAsTheFileIs) {
  SCOPED_TRACE(GetParam().name);
  const Rewritten rewritten = rewrite(GetParam().before);
  EXPECT_EQ(rewritten.text, GetParam().after) << rewritten.reason;
}

constexpr Case kCases[] = {
    {"what only a running image needs moves, with its comments",
     "FROM golang:1.25\n# where it listens\nEXPOSE 8080\nWORKDIR /src\nCOPY . .\n"
     "RUN go build -o /app .\nCMD [\"/app\"]\n",
     "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\n"
     "FROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /app /app\n"
     "# where it listens\nEXPOSE 8080\nCMD [\"/app\"]\n"},
    {"all of it stands above the build",
     "FROM golang:1.25\nCMD [\"/app\"]\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .",
     "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\n"
     "FROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /app /app\nCMD [\"/app\"]"},
    {"the stage that ships keeps its name",
     "FROM golang:1.25 AS app\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD [\"/app\"]\n",
     "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\n"
     "FROM gcr.io/distroless/static-debian13:nonroot AS app\nCOPY --from=build /app /app\n"
     "CMD [\"/app\"]\n"},
    {"a plain command for a shell becomes a list",
     "FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go install ./cmd/a\nCMD /go/bin/a -v\n",
     "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go install ./cmd/a\n\n"
     "FROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /go/bin/a /go/bin/a\n"
     "CMD [\"/go/bin/a\", \"-v\"]\n"},
    {"another stage is called build",
     "FROM node:24 AS build\nRUN a\nFROM golang:1.25\nCOPY --from=build /a /src/a\nWORKDIR /src\n"
     "COPY . .\nRUN go build -o /app .\nCMD [\"/app\"]\n",
     "FROM node:24 AS build\nRUN a\nFROM golang:1.25 AS builder\nCOPY --from=build /a /src/a\n"
     "WORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\n"
     "FROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=builder /app /app\n"
     "CMD [\"/app\"]\n"},
    {"an account that the small image has a counterpart of goes",
     "FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n"
     "RUN useradd -u 10001 app\nUSER 10001\nCMD [\"/app\"]\n",
     "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\n"
     "FROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /app /app\n"
     "CMD [\"/app\"]\n"},
    {"an account moves to where it is used",
     "FROM python:3.14-slim\nRUN useradd -u 10001 app\nWORKDIR /app\nCOPY . .\n"
     "RUN apt-get update && apt-get install -y gcc\nRUN pip install -r requirements.txt\nUSER app\n"
     "CMD [\"python\", \"a.py\"]\n",
     "FROM python:3.14-slim AS build\nWORKDIR /app\nCOPY . .\n"
     "RUN apt-get update && apt-get install -y gcc\nRUN python -m venv /opt/venv\n"
     "ENV PATH=\"/opt/venv/bin:$PATH\"\nRUN pip install -r requirements.txt\n\n"
     "FROM python:3.14-slim\nRUN useradd -u 10001 app\nENV PATH=\"/opt/venv/bin:$PATH\"\n"
     "WORKDIR /app\nCOPY --from=build /opt/venv /opt/venv\nCOPY --from=build /app /app\nUSER app\n"
     "CMD [\"python\", \"a.py\"]\n"},
    {"an argument that a setting needs stands in both",
     "FROM node:24\nARG VERSION=1\nENV APP_VERSION=$VERSION NODE_ENV=production\nWORKDIR /app\n"
     "COPY . .\nRUN npm ci\nCMD [\"node\", \"a.js\"]\n",
     "FROM node:24 AS build\nARG VERSION=1\nENV APP_VERSION=$VERSION NODE_ENV=production\n"
     "WORKDIR /app\nCOPY . .\nRUN npm ci\n\nFROM node:24-slim\nARG VERSION=1\n"
     "ENV APP_VERSION=$VERSION NODE_ENV=production\nWORKDIR /app\nCOPY --from=build /app /app\n"
     "CMD [\"node\", \"a.js\"]\n"},
    {"an argument that is needed below the build stands in both",
     "FROM golang:1.25\nARG VERSION=1\nARG PORT=80\nENV CGO_ENABLED=0\nENV THEME=dark\n"
     "LABEL version=$VERSION\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nEXPOSE ${PORT}\n"
     "CMD [\"/app\"]\n",
     "FROM golang:1.25 AS build\nARG VERSION=1\nARG PORT=80\nENV CGO_ENABLED=0\n"
     "ENV THEME=dark\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n\n"
     "FROM gcr.io/distroless/static-debian13:nonroot\nENV THEME=dark\nARG VERSION=1\n"
     "LABEL version=$VERSION\nARG PORT=80\nCOPY --from=build /app /app\nEXPOSE ${PORT}\n"
     "CMD [\"/app\"]\n"},
    {"packages that are needed are installed where it runs",
     "FROM node:24\nRUN apt-get update && apt-get install -y make ffmpeg=7:7.1* curl\n"
     "WORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n"
     "HEALTHCHECK CMD curl -f http://localhost/\nCMD [\"node\", \"a.js\"]\n",
     "FROM node:24 AS build\nRUN apt-get update && apt-get install -y make ffmpeg=7:7.1* curl\n"
     "WORKDIR /app\nCOPY package.json ./\nRUN npm install --omit=dev\n\nFROM node:24-slim\n"
     "RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg=7:7.1* curl && "
     "rm -rf /var/lib/apt/lists/*\nWORKDIR /app\n"
     "COPY --from=build /app/node_modules /app/node_modules\nCOPY . .\n"
     "HEALTHCHECK CMD curl -f http://localhost/\nCMD [\"node\", \"a.js\"]\n"},
    {"development's dependencies go once it is built",
     "FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n"
     "CMD [\"node\", \"dist/a.js\"]\n",
     "FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\n"
     "RUN npm run build && npm prune --omit=dev\n\nFROM node:24-slim\nWORKDIR /app\n"
     "COPY --from=build /app /app\nCMD [\"node\", \"dist/a.js\"]\n"},
    {"what the lock file names",
     "FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm install\n"
     "COPY . .\nCMD [\"node\", \"a.js\"]\n",
     "FROM node:24 AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\n"
     "RUN npm ci --omit=dev\n\nFROM node:24-slim\nWORKDIR /app\n"
     "COPY --from=build /app/node_modules /app/node_modules\nCOPY . .\n"
     "CMD [\"node\", \"a.js\"]\n"},
    {"a script may need development's dependencies",
     "FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD [\"npm\", \"start\"]\n",
     "FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm install\n\nFROM node:24-slim\n"
     "WORKDIR /app\nCOPY --from=build /app /app\nCMD [\"npm\", \"start\"]\n"},
    {"Node.js of a distribution",
     "from ubuntu:22.04\r\nrun apt-get update && apt-get install -y curl imagemagick \\\r\n"
     "    && curl -fsSL https://deb.nodesource.com/setup_24.x | bash - \\\r\n"
     "    && apt-get install -y nodejs\r\nworkdir /app\r\ncopy . .\r\nrun npm ci\r\n\r\n"
     "cmd [\"node\", \"a.js\"]\r\n",
     "from node:24 as build\r\nworkdir /app\r\ncopy . .\r\nrun npm ci --omit=dev\r\n\r\n"
     "from node:24-slim\r\nrun apt-get update && apt-get install -y --no-install-recommends "
     "imagemagick && rm -rf /var/lib/apt/lists/*\r\nworkdir /app\r\n"
     "copy --from=build /app /app\r\n\r\ncmd [\"node\", \"a.js\"]\r\n"},
    {"a program found by its name lies where the small image looks",
     "FROM rust:1.90\nWORKDIR /src\nCOPY . .\nRUN cargo install --path .\nCMD [\"tool\"]\n",
     "FROM rust:1.90 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo install --path .\n\n"
     "FROM gcr.io/distroless/cc-debian13:nonroot\n"
     "COPY --from=build /usr/local/cargo/bin/tool /usr/local/bin/tool\nCMD [\"tool\"]\n"},
    {"pages of one page",
     "FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n"
     "RUN npm run build\nRUN npm install -g serve\n\nEXPOSE 3000\nUSER node\n"
     "CMD [\"serve\", \"-s\", \"build\", \"-l\", \"3000\"]\n",
     "FROM node:24 AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\n"
     "COPY . .\nRUN npm run build\n\nFROM nginxinc/nginx-unprivileged:1.31-alpine\n"
     "COPY --from=build /app/build /usr/share/nginx/html\n"
     "RUN sed -i 's|index.html index.htm;|& try_files $uri $uri/ /index.html;|' "
     "/etc/nginx/conf.d/default.conf\nEXPOSE 8080\n"},
    {"pages that a health check asks for",
     "FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nUSER node\n"
     "HEALTHCHECK --interval=5s CMD [\"node\", \"-e\", \"get('http://localhost:4173/a')\"]\n"
     "CMD [\"npx\", \"astro\", \"preview\"]\n",
     "FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n\n"
     "FROM nginxinc/nginx-unprivileged:1.31-alpine\n"
     "COPY --from=build /app/dist /usr/share/nginx/html\n"
     "HEALTHCHECK --interval=5s CMD wget -qO- http://127.0.0.1:8080/a || exit 1\n"},
    {"pages, CRLF",
     "FROM python:3.14-slim\r\nLABEL a=b\r\nWORKDIR /docs\r\nCOPY . .\r\n"
     "RUN pip install mkdocs\r\nRUN mkdocs build\r\n\r\n# look at them\r\nEXPOSE 8000\r\n"
     "CMD mkdocs serve -a 0.0.0.0:8000\r\n",
     "FROM python:3.14-slim AS build\r\nWORKDIR /docs\r\nCOPY . .\r\nRUN pip install mkdocs\r\n"
     "RUN mkdocs build\r\n\r\nFROM nginxinc/nginx-unprivileged:1.31-alpine\r\nLABEL a=b\r\n"
     "COPY --from=build /docs/site /usr/share/nginx/html\r\n# look at them\r\nEXPOSE 8080\r\n"},
    {"what both stages of PHP need stands in one of its own",
     "FROM php:8.4-apache\nRUN apt-get update && apt-get install -y git unzip vim libzip-dev && "
     "docker-php-ext-install zip\n# Composer\nCOPY --from=composer:2 /usr/bin/composer "
     "/usr/bin/composer\n"
     "WORKDIR /var/www/html\nCOPY . .\nRUN composer install\nRUN a2enmod rewrite\nEXPOSE 80\n",
     "FROM php:8.4-apache AS base\nRUN apt-get update && apt-get install -y libzip-dev && "
     "docker-php-ext-install zip\nWORKDIR /var/www/html\n\nFROM base AS build\n"
     "RUN apt-get update && apt-get install -y --no-install-recommends git unzip && "
     "rm -rf /var/lib/apt/lists/*\n# Composer\nCOPY --from=composer:2 /usr/bin/composer "
     "/usr/bin/composer\n"
     "COPY . .\nRUN composer install --no-dev --no-interaction --optimize-autoloader\n\n"
     "FROM base\nCOPY --from=build /var/www/html /var/www/html\nRUN a2enmod rewrite\nEXPOSE 80\n"},
    {"accounts of PHP are of both stages",
     "FROM php:8.4-fpm\nRUN docker-php-ext-install intl\nWORKDIR /app\n"
     "COPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nCOPY composer.* ./\n"
     "RUN composer install --no-dev --no-interaction --no-autoloader\n# who runs it\n"
     "RUN useradd -u 10001 app\nCOPY --chown=app . .\nRUN composer dump-autoload\nUSER app\n"
     "CMD [\"php-fpm\"]\n",
     "FROM php:8.4-fpm AS base\nRUN docker-php-ext-install intl\nWORKDIR /app\n# who runs it\n"
     "RUN useradd -u 10001 app\n\nFROM base AS build\n"
     "COPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nCOPY composer.* ./\n"
     "RUN composer install --no-dev --no-interaction --no-autoloader\n"
     "COPY --chown=app . .\nRUN composer dump-autoload\n\nFROM base\n"
     "COPY --from=build --chown=app /app /app\nUSER app\nCMD [\"php-fpm\"]\n"},
    {"packages of PHP before the rest, CRLF",
     "FROM php:8.4-fpm-alpine\r\nRUN apk add --no-cache git unzip curl\r\n"
     "RUN curl -sS https://getcomposer.org/installer | php -- --install-dir=/usr/local/bin "
     "--filename=composer\r\nWORKDIR /app\r\n\r\n# packages\r\n"
     "COPY composer.json composer.lock ./\r\nRUN composer install --no-dev -n -o\r\n"
     "COPY . .\r\nUSER www-data\r\nCMD [\"php-fpm\"]\r\n",
     "FROM php:8.4-fpm-alpine AS base\r\nWORKDIR /app\r\n\r\nFROM base AS build\r\n"
     "RUN apk add --no-cache git unzip\r\n"
     "COPY --from=composer:2 /usr/bin/composer /usr/local/bin/composer\r\n\r\n# packages\r\n"
     "COPY composer.json composer.lock ./\r\nRUN composer install --no-dev -n -o\r\n\r\n"
     "FROM base\r\nCOPY --from=build /app/vendor /app/vendor\r\nCOPY . .\r\nUSER www-data\r\n"
     "CMD [\"php-fpm\"]\r\n"},
};
INSTANTIATE_TEST_SUITE_P(All, TwoStagesTest, testing::ValuesIn(kCases));

struct Refusal {
  std::string_view before;
  std::string_view reason;
};
class TwoStagesRefusalTest : public testing::TestWithParam<Refusal> {};

TEST_P(TwoStagesRefusalTest, SaysWhy) {
  EXPECT_EQ(rewrite(GetParam().before).reason, GetParam().reason);
}

constexpr Refusal kRefusals[] = {
    {"FROM debian:13\nRUN apt-get install -y gcc\nCMD [\"/a\"]\n",
     "what a second stage would have to copy cannot be told from the file"},
    {"FROM golang:1.25\nRUN go build -o /a .\n", "it does not say what it starts"},
    {"FROM golang:1.25\nRUN go build -o /a .\nCMD /a $PORT\n",
     "what it starts needs a shell, which the small image lacks: write it as a list"},
    {"FROM golang:1.25\nRUN go build -o /a .\nCMD [\"/b\"]\n",
     "no 'go build' says that it makes '/b'"},
    {"FROM golang:1.25\nWORKDIR /src\nCOPY config.yaml .\nRUN go build -o /a .\nCMD [\"/a\"]\n",
     "whether the program reads 'config.yaml' is not known"},
    {"FROM golang:1.25\nRUN apt-get install -y ffmpeg\nRUN go build -o /a .\nCMD [\"/a\"]\n",
     "at run time it may need 'ffmpeg', which nothing can install into the small image"},
    {"FROM golang:1.25\nRUN go build -o /a .\nRUN mkdir /data\nCMD [\"/a\"]\n",
     "it makes folders, and the small image has no shell for that"},
    {"FROM golang:1.25\nRUN go build -o /a .\nVOLUME /data\nCMD [\"/a\"]\n",
     "it has a volume, which nobody could give to the user of the small image"},
    {"FROM golang:1.25\nRUN go build -o /a .\nHEALTHCHECK CMD [\"curl\", \"localhost\"]\n"
     "CMD [\"/a\"]\n",
     "its health check calls 'curl', which the small image lacks"},
    {"FROM golang:1.25-alpine\nRUN CGO_ENABLED=1 go build -o /a .\nCMD [\"/a\"]\n",
     "it is linked with the C library of Alpine, which no distroless image has"},
    {"FROM golang:1.25 AS a\nFROM a\nRUN go build -o /a .\nCMD [\"/a\"]\n",
     "it is made of several stages, so which one builds is not certain"},
    {"FROM node:24\nENV API_TOKEN=abcdefghij0123456789\nWORKDIR /app\nCOPY . .\nRUN npm ci\n"
     "CMD [\"node\", \"a.js\"]\n",
     "a secret has to leave its environment first"},
    {"FROM node:24\nCOPY . .\nRUN npm ci\nCMD [\"node\", \"a.js\"]\n",
     "which folder holds the application is not certain"},
    {"FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"npm\", \"run\", \"dev\"]\n",
     "it runs for development"},
    {"FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm i -g pm2\nCMD [\"node\", \"a\"]\n",
     "whether 'pm2' is needed at run time is not known"},
    {"FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"./start.sh\"]\n",
     "whether the small image has 'start.sh' is not known"},
    {"FROM node:24\nWORKDIR /app\nCOPY . .\nRUN curl -O https://a.example/a && npm ci\n"
     "CMD [\"node\", \"a.js\"]\n",
     "what 'curl' leaves in the image is not certain"},
    {"FROM node:24\nWORKDIR /app\nCOPY . .\nCOPY a.conf /etc/a.conf\nRUN npm ci\n"
     "CMD [\"node\", \"a.js\"]\n",
     "files are copied to other places than the folder of the application"},
    {"FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"node\", \"a.js\"]\n",
     "its base has no version: that has to be chosen first"},
    {"FROM python:3.14-slim\nRUN apt-get install -y gcc libmagic-dev\nWORKDIR /app\nCOPY . .\n"
     "RUN pip install .\nCMD [\"python\", \"a.py\"]\n",
     "which library 'libmagic-dev' is for at run time is not known"},
    {"FROM python:3.14\nWORKDIR /app\nCOPY . .\nRUN pip install --user .\n"
     "CMD [\"python\", \"a.py\"]\n",
     "pip installs to a place of its own ('--user')"},
    {"FROM debian:13\nWORKDIR /app\nCOPY . .\nRUN apt-get install -y nodejs npm && npm ci\n"
     "CMD [\"node\", \"a.js\"]\n",
     "a RUN installs packages and builds as well"},
    {"FROM maven:3.9-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nRUN mvn package\n"
     "CMD [\"mvn\", \"jetty:run\"]\n",
     "it is started by 'mvn', so that it needs what builds it"},
    {"FROM maven:3.9-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nRUN mvn package\n"
     "CMD java -jar target/*.jar\n",
     "which archive it starts is not certain: name it in CMD or ENTRYPOINT"},
    {"FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /app\nCOPY . .\nRUN dotnet build\n"
     "CMD [\"dotnet\", \"run\"]\n",
     "no 'dotnet publish -o' says where the application is put"},
    {"FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD [\"serve\"]\n",
     "which folder 'serve' serves is not certain"},
    {"FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n"
     "CMD [\"npx\", \"http-server\", \"dist\", \"--cors\"]\n",
     "what 'http-server' does with '--cors' is not known"},
    {"FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n"
     "HEALTHCHECK CMD wget -q localhost\nCMD [\"vite\", \"preview\"]\n",
     "its health check asks the server that would go"},
    {"FROM python:3.14-slim\nWORKDIR /docs\nCOPY . .\nRUN mkdocs build -d out\n"
     "CMD [\"mkdocs\", \"serve\"]\n",
     "the build is told where to put the pages"},
    {"FROM php:8.4-fpm\nWORKDIR /app\nCOPY . .\nRUN composer install\n",
     "where Composer comes from is not certain"},
    {"FROM php:8.4-fpm\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/\nWORKDIR /app\nCOPY . "
     ".\n"
     "RUN composer install && chown -R www-data:www-data /app\n",
     "the RUN that builds gives files to another account as well"},
    {"FROM php:8.4-fpm\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/\nWORKDIR /app\nCOPY . "
     ".\n"
     "RUN composer install\nENTRYPOINT [\"./start.sh\"]\n",
     "what 'start.sh' calls is not known"},
    {"FROM php:8.4-fpm\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/\nWORKDIR /app\nCOPY . "
     ".\n"
     "RUN apt-get update && apt-get install -y git\nRUN composer install\n",
     "packages are installed behind the application's files"},
};
INSTANTIATE_TEST_SUITE_P(All, TwoStagesRefusalTest, testing::ValuesIn(kRefusals));

TEST(TwoStages, SaysWhatTheImageNoLongerHas) {
  EXPECT_EQ(rewrite("FROM python:3.14-slim\nRUN apt-get install -y gcc git\nWORKDIR /app\n"
                    "COPY . .\nRUN pip install .\nCMD [\"python\", \"a.py\"]\n")
                .advice,
            "check that what it runs calls none of what the image no longer has: gcc, git");
}

}  // namespace
}  // namespace plimsoll::check
