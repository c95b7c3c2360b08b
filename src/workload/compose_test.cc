#include "workload/compose.h"

#include <gtest/gtest.h>

#include "core/limits.h"
#include "workload/compose_testing.h"

namespace plimsoll::compose {
namespace {

std::string names(const Project& project) {
  std::string text;
  for (const Workload& service : project.services) text += service.name + ' ';
  return text;
}

std::string values(const Items& items) {
  std::string text;
  for (const Item& item : items.items) text += item.value + ' ';
  return text;
}

std::string words(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& word : all) text += word + ' ';
  return text;
}

TEST(ComposeProject, NamesItsServicesAndSaysWhereTheyStand) {
  Files files;
  files.add("app/compose.yaml", "services:\n  web: {image: a}\n  \"db\":\n    image: b\n");
  const Project& project = files.read("app/compose.yaml");
  EXPECT_EQ(names(project), "web db ");
  EXPECT_EQ(project.folder, "app");
  EXPECT_EQ(project.name, "app");
  const Workload& db = *project.service("db");
  EXPECT_EQ(db.id, "app/compose.yaml#db");
  EXPECT_EQ(db.kind, "service");
  EXPECT_EQ(bytes(db.place), "\"db\"");
  EXPECT_EQ(bytes(db.group_place), "\"db\"");
  EXPECT_EQ(db.file, project.file);
  EXPECT_EQ(db.compose, &project);
  ASSERT_NE(db.node, nullptr);
  EXPECT_NE(db.node->find("image"), nullptr);
  EXPECT_TRUE(project.problems.empty());
  EXPECT_EQ(project.service("nope"), nullptr);
}

TEST(ComposeProject, ReadsTheTopLevel) {
  Files files;
  files.add("a/compose.yaml",
            "version: '3'\nname: My App\nservices: {}\n"
            "networks:\n  back: {internal: true, driver: bridge}\n  out: {external: true}\n  d:\n"
            "volumes: {data: , shared: {external: {name: x}}}\n"
            "secrets: {key: {file: ./key.txt}, tok: {environment: TOKEN}}\n"
            "configs: {conf: {file: ../c.conf}}\n");
  const Project& project = files.read("a/compose.yaml");
  EXPECT_EQ(project.name, "myapp");
  EXPECT_EQ(bytes(project.version_place), "version");
  ASSERT_EQ(project.networks.size(), 3U);
  EXPECT_TRUE(project.network("back")->internal);
  EXPECT_EQ(project.network("back")->driver, "bridge");
  EXPECT_EQ(bytes(project.network("back")->place), "back");
  EXPECT_TRUE(project.network("out")->external);
  EXPECT_FALSE(project.network("d")->external);
  EXPECT_TRUE(project.volumes.at(1).external);
  EXPECT_EQ(project.secrets.at(0).file, "a/key.txt");
  EXPECT_EQ(project.secrets.at(1).environment, "TOKEN");
  EXPECT_EQ(project.configs.at(0).file, "c.conf");
}

TEST(ComposeProject, ExtendsAServiceOfTheSameFile) {
  Files files(
      "services:\n"
      "  base:\n    image: a\n    cap_add: [A]\n    command: [x, y]\n    environment: {E: 1, F: "
      "1}\n"
      "  web:\n    extends: {service: base}\n    cap_add: [B]\n    command: [z]\n"
      "    environment: [F=2]\n"
      "  short: {extends: base}\n");
  const Project& project = files.read();
  const Workload& web = *project.service("web");
  EXPECT_EQ(web.image.value, "a");
  EXPECT_EQ(web.image.origin, Origin::kInherited);
  EXPECT_EQ(values(web.cap_add), "A B ");
  EXPECT_EQ(web.cap_add.origin, Origin::kSet);
  EXPECT_EQ(words(web.command), "z ");
  EXPECT_EQ(web.variable("E")->value, "1");
  EXPECT_EQ(web.variable("F")->value, "2");
  EXPECT_EQ(project.service("short")->image.value, "a");
  EXPECT_TRUE(project.problems.empty());
}

TEST(ComposeProject, ExtendsAServiceOfAnotherFileAndKeepsItsPlaces) {
  Files files;
  files.add("compose.yaml",
            "services: {web: {extends: {file: common/base.yaml, service: app}, user: me}}\n");
  files.add("common/base.yaml",
            "services:\n  app: {extends: root, build: ./src, volumes: [./d:/d], env_file: e.env}\n"
            "  root: {privileged: true, user: root}\n");
  files.add("common/e.env", "X=1\n");
  const Project& project = files.read();
  const Workload& web = project.services.at(0);
  EXPECT_EQ(names(project), "web ");
  EXPECT_TRUE(web.privileged.value);
  EXPECT_EQ(web.privileged.origin, Origin::kInherited);
  EXPECT_EQ(web.privileged.place.file->path(), "common/base.yaml");
  EXPECT_EQ(bytes(web.privileged.place), "true");
  EXPECT_EQ(web.user.value, "me");
  EXPECT_EQ(web.build->context, "common/src");
  EXPECT_EQ(web.mounts.at(0).source, "common/d");
  EXPECT_EQ(web.variable("X")->value, "1");
  EXPECT_EQ(web.file->path(), "compose.yaml");
  ASSERT_EQ(project.files.size(), 2U);
  EXPECT_EQ(project.files[1]->path(), "common/base.yaml");
}

struct BadReference {
  std::string text;
  std::size_t problems;
  std::size_t errors;
};
void PrintTo(const BadReference& item, std::ostream* out) {
  *out << item.text;
}

class ComposeReference : public testing::TestWithParam<BadReference> {};
TEST_P(ComposeReference, ThatCannotBeFollowedIsReportedAndTheRestIsRead) {
  Files files(GetParam().text + "  ok: {image: fine}\n");
  const Project& project = files.read();
  EXPECT_EQ(project.problems.size(), GetParam().problems);
  EXPECT_EQ(project.errors.size(), GetParam().errors);
  ASSERT_NE(project.service("ok"), nullptr);
  EXPECT_EQ(project.service("ok")->image.value, "fine");
  ASSERT_NE(project.service("a"), nullptr);
}
INSTANTIATE_TEST_SUITE_P(
    Extends, ComposeReference,
    testing::Values(
        BadReference{"services:\n  a: {extends: a}\n", 1, 0},
        BadReference{"services:\n  a: {extends: b}\n  b: {extends: a}\n", 2, 0},
        BadReference{"services:\n  a: {extends: {service: a, file: compose.yaml}}\n", 1, 0},
        BadReference{"services:\n  a: {extends: nope}\n", 1, 0},
        BadReference{"services:\n  a: {extends: {service: x, file: gone.yaml}}\n", 0, 1},
        BadReference{"services:\n  a: {extends: {service: x, file: \"https://h/x.yaml\"}}\n", 0, 1},
        BadReference{"services:\n  a: {extends: {file: compose.yaml}}\n", 1, 0},
        BadReference{"services:\n  a: {extends: {service: nope, file: compose.yaml}}\n", 1, 0},
        BadReference{"services:\n  a: {extends: [x]}\n", 1, 0},
        BadReference{"services:\n  a: {extends: \"${X}\"}\n", 1, 0}));
INSTANTIATE_TEST_SUITE_P(
    Include, ComposeReference,
    testing::Values(BadReference{"include: [gone.yaml]\nservices:\n  a: {image: x}\n", 0, 1},
                    BadReference{"include: [compose.yaml]\nservices:\n  a: {image: x}\n", 1, 0},
                    BadReference{
                        "include: [{path: [c.yaml, compose.yaml]}]\nservices:\n  a: {image: x}\n",
                        0, 1},
                    BadReference{"include: [\"oci://x/y\"]\nservices:\n  a: {image: x}\n", 0, 1},
                    BadReference{"include: [\"${X}\"]\nservices:\n  a: {image: x}\n", 1, 0}));
INSTANTIATE_TEST_SUITE_P(
    Network, ComposeReference,
    testing::Values(BadReference{"services:\n  a: {image: x, networks: [nope]}\n", 0, 0},
                    BadReference{"services:\n  a: {image: x, networks: [default]}\n", 0, 0}));

TEST(ComposeProject, ChainsOfExtendsAreBounded) {
  std::string text = "services:\n  s0: {image: end}\n";
  for (int i = 1; i <= 40; ++i) {
    text += "  s" + std::to_string(i) + ": {extends: s" + std::to_string(i - 1) + "}\n";
  }
  Files files(text);
  const Project& project = files.read();
  EXPECT_EQ(project.service("s30")->image.value, "end");
  EXPECT_EQ(project.service("s40")->image.value, "");
  ASSERT_FALSE(project.problems.empty());
  EXPECT_EQ(project.problems[0].code, ErrorCode::kLimit);
}

TEST(ComposeProject, IncludesServicesOfOtherFiles) {
  Files files;
  files.add("compose.yaml",
            "include:\n  - infra/compose.yaml\n  - path: [x/a.yaml, x/b.yaml]\n"
            "    project_directory: y\n    env_file: x.env\n"
            "services:\n  web: {image: w, networks: [back]}\n  derived: {extends: db}\n");
  files.add("infra/compose.yaml",
            "services: {db: {image: \"db:${TAG}\", volumes: [./data:/d]}}\nnetworks: {back: }\n");
  files.add("infra/.env", "TAG=9\n");
  files.add("x/a.yaml", "services: {c: {image: \"c:${V}\", build: ., cap_add: [A]}}\n");
  files.add("x/b.yaml", "services: {c: {cap_add: [B]}}\n");
  files.add("x.env", "V=3\n");
  const Project& project = files.read();
  EXPECT_EQ(names(project), "web derived db c ");
  const Workload& db = *project.service("db");
  EXPECT_EQ(db.image.value, "db:9");
  EXPECT_EQ(db.image.origin, Origin::kSet);
  EXPECT_EQ(db.id, "infra/compose.yaml#db");
  EXPECT_EQ(db.mounts.at(0).source, "infra/data");
  const Workload& c = *project.service("c");
  EXPECT_EQ(c.image.value, "c:3");
  EXPECT_EQ(c.build->context, "y");
  EXPECT_EQ(values(c.cap_add), "A B ");
  EXPECT_EQ(project.service("derived")->image.value, "db:9");
  EXPECT_EQ(project.service("derived")->image.origin, Origin::kInherited);
  EXPECT_TRUE(project.problems.empty());
  EXPECT_TRUE(project.errors.empty());
}

TEST(ComposeProject, StartsAnUnwrittenBuildContextWhereTheServiceBelongs) {
  Files files;
  files.add(
      "compose.yaml",
      "include: [inc/compose.yaml]\n"
      "services: {web: {extends: {file: base/b.yaml, service: b}}, sub: {build: {args: [A]}}}\n");
  files.add("base/b.yaml", "services: {b: {build: {target: t}}}\n");
  files.add("inc/compose.yaml", "services: {sub: {build: {target: u}}}\n");
  const Project& project = files.read();
  EXPECT_EQ(project.service("web")->build->context, ".");
  EXPECT_EQ(project.service("web")->build->target, "t");
  EXPECT_EQ(project.service("sub")->build->context, "inc");
}

TEST(ComposeProject, ReadsAFileIncludedTwiceOnce) {
  Files files;
  files.add("compose.yaml", "include: [a.yaml, b.yaml]\nservices: {}\n");
  files.add("a.yaml", "include: [c.yaml]\n");
  files.add("b.yaml", "include: [c.yaml]\n");
  files.add("c.yaml", "services: {c: {cap_add: [A]}}\n");
  const Project& project = files.read();
  EXPECT_EQ(values(project.service("c")->cap_add), "A ");
  EXPECT_TRUE(project.problems.empty());
}

TEST(ComposeProject, LaysOverridesOverTheFirstFile) {
  Files files;
  files.add("compose.yaml",
            "services:\n  web:\n    image: a\n    command: [x]\n    ports: [\"80:80\"]\n"
            "    volumes: [\"./a:/a\", \"./b:/b\"]\n    cap_add: [A]\n    build: ./ctx\n"
            "    logging: {driver: x, options: {max-size: 1m}}\n"
            "    depends_on: [db]\n    labels: {l: 1}\n    healthcheck: {test: a, interval: 1s}\n"
            "  db: {image: d}\n");
  files.add("override.yaml",
            "services:\n  web:\n    image: b\n    command: [y, z]\n    ports: [\"90:90\"]\n"
            "    volumes: [\"./c:/a:ro\"]\n    cap_add: [B]\n    build: {target: t}\n"
            "    logging: {driver: y}\n"
            "    depends_on: {cache: {condition: service_started}}\n    labels: [l=2, m=3]\n"
            "    healthcheck: {test: b}\n"
            "  cache: {image: c}\n");
  const Project& project = files.read("compose.yaml", {"override.yaml"});
  EXPECT_EQ(names(project), "web db cache ");
  const Workload& web = *project.service("web");
  EXPECT_EQ(web.image.value, "b");
  EXPECT_EQ(web.image.place.file->path(), "override.yaml");
  EXPECT_EQ(web.place.file->path(), "compose.yaml");
  EXPECT_EQ(words(web.command), "y z ");
  ASSERT_EQ(web.ports.size(), 2U);
  EXPECT_EQ(web.ports[1].host_port, "90");
  ASSERT_EQ(web.mounts.size(), 2U);
  EXPECT_EQ(web.mounts[0].source, "c");
  EXPECT_TRUE(web.mounts[0].read_only);
  EXPECT_EQ(values(web.cap_add), "A B ");
  EXPECT_EQ(web.build->context, "ctx");
  EXPECT_EQ(web.build->target, "t");
  EXPECT_EQ(web.logging.value.driver, "y");
  EXPECT_FALSE(web.logging.value.has_max_size);
  EXPECT_EQ(web.depends_on.size(), 2U);
  EXPECT_EQ(values(web.labels), "l=2 m=3 ");
  EXPECT_EQ(words(web.healthcheck.value.test), "CMD-SHELL b ");
}

TEST(ComposeProject, ResetAndOverrideTagsHideWhatIsBelow) {
  Files files;
  files.add("compose.yaml",
            "services:\n  web:\n    image: a\n    ports: [\"80:80\"]\n    cap_add: [A]\n"
            "    environment: {A: 1, B: 2}\n    privileged: true\n"
            "    deploy: {resources: {limits: {memory: 1g, cpus: 1}}}\n"
            "  gone: {image: g}\n");
  files.add("override.yaml",
            "services:\n  web:\n    ports: !override [\"81:81\"]\n    cap_add: !reset []\n"
            "    environment: {A: !reset null}\n    privileged: !reset false\n"
            "    deploy: {resources: {limits: {memory: !reset null}}}\n"
            "  gone: !reset null\n");
  const Project& project = files.read("compose.yaml", {"override.yaml"});
  EXPECT_EQ(names(project), "web ");
  const Workload& web = project.services.at(0);
  ASSERT_EQ(web.ports.size(), 1U);
  EXPECT_EQ(web.ports[0].host_port, "81");
  EXPECT_FALSE(web.cap_add.is_set());
  EXPECT_EQ(web.environment.size(), 1U);
  EXPECT_EQ(web.privileged.origin, Origin::kDefault);
  EXPECT_EQ(web.resources.memory_limit.origin, Origin::kDefault);
  EXPECT_EQ(web.resources.cpu_limit.value, "1");
}

TEST(ComposeProject, OverrideTagOfAServiceHidesItsBasesButABasesTagDoesNotReachTheFilesBelow) {
  Files files;
  files.add("compose.yaml", "services: {web: {cap_add: [BELOW]}}\n");
  files.add("over.yaml",
            "services:\n  root: {cap_add: [ROOT]}\n"
            "  base: {extends: root, cap_add: !override [BASE]}\n"
            "  web: {extends: base, cap_add: [OWN]}\n");
  const Project& project = files.read("compose.yaml", {"over.yaml"});
  EXPECT_EQ(values(project.service("web")->cap_add), "BELOW BASE OWN ");
}

TEST(ComposeProject, MergesTheDocumentsOfOneFile) {
  Files files("services: {a: {image: x}}\n---\nservices: {a: {image: y}, b: {image: z}}\n");
  const Project& project = files.read();
  EXPECT_EQ(names(project), "a b ");
  EXPECT_EQ(project.service("a")->image.value, "y");
}

TEST(ComposeProject, ReportsServicesThatAreNoMappings) {
  Files files("services:\n  a: text\n  b: [x]\n  c:\n  d: {image: x}\n");
  const Project& project = files.read();
  EXPECT_EQ(names(project), "d ");
  ASSERT_EQ(project.problems.size(), 3U);
  EXPECT_EQ(project.file->slice(project.problems[0].span), "text");
  EXPECT_EQ(project.file->slice(project.problems[2].span), "c");
}

TEST(ComposeProject, ReportsServicesWhoseNamesComposeRefuses) {
  Files files("services:\n  a/b: {image: x}\n  \"\": {image: x}\n  ok-1.2_3: {image: x}\n");
  const Project& project = files.read();
  EXPECT_EQ(names(project), "ok-1.2_3 ");
  ASSERT_EQ(project.problems.size(), 2U);
  EXPECT_EQ(project.file->slice(project.problems[0].span), "a/b");
}

TEST(ComposeProject, SurvivesAnyTypeAnywhere) {
  const std::vector<std::string> attributes = {
      "image",        "build",      "user",         "group_add",   "privileged",    "cap_add",
      "security_opt", "sysctls",    "network_mode", "volumes",     "tmpfs",         "devices",
      "extra_hosts",  "links",      "gpus",         "deploy",      "ulimits",       "healthcheck",
      "ports",        "expose",     "networks",     "environment", "env_file",      "secrets",
      "configs",      "depends_on", "logging",      "labels",      "profiles",      "command",
      "extends",      "mem_limit",  "pids_limit",   "restart",     "external_links"};
  const std::vector<std::string> values_of_any_type = {
      "",
      "~",
      "5",
      "true",
      "text",
      "[]",
      "{}",
      "[~]",
      "[[a]]",
      "[{}]",
      "[{a: [b]}]",
      "{a: ~}",
      "{a: [b]}",
      "{a: {b: c}}",
      "{~: x}",
      "{[a]: b}",
      "\"${\"",
      "\"${X\"",
      "[\"$\"]",
      "{\"\": \"\"}",
      "[\"\"]",
      "\"\\0\"",
      "{source: [], target: {}}",
      "{test: {}, disable: []}",
      "{context: [], args: 5, dockerfile: {}}",
      "{resources: {limits: [], reservations: {devices: {}}}, restart_policy: []}"};
  for (const std::string& attribute : attributes) {
    for (const std::string& value : values_of_any_type) {
      Files files("services:\n  s:\n    " + attribute + ": " + value + "\n  t: {image: i}\n");
      const Project& project = files.read();
      ASSERT_NE(project.service("t"), nullptr) << attribute << ": " << value;
    }
  }
}

TEST(ComposeProject, SurvivesAnyTypeAtTheTop) {
  for (const std::string text :
       {"", "~", "5", "[]", "services: 5", "services: [a]", "services: ~", "include: {a: b}",
        "include: [[a], {}, ~, 5]", "networks: [a]", "name: [x]", "volumes: {v: [x]}",
        "networks: {n: 5}", "secrets: {s: [a]}", "version: {a: b}"}) {
    Files files(text);
    EXPECT_TRUE(files.read().services.empty()) << text;
  }
}

/// `count` services that all extend a base with `size` entries under `key`.
std::string users_of_large_base(const std::string& key, int size, int count) {
  std::string text = "services:\n  base:\n    " + key + ":\n";
  for (int i = 0; i < size; ++i) text += "      V" + std::to_string(i) + ": x\n";
  for (int i = 0; i < count; ++i) text += "  s" + std::to_string(i) + ": {extends: base}\n";
  return text;
}

TEST(ComposeProject, BoundsWhatALargeBaseCostsItsManyUsers) {
  for (const std::string key : {"environment", "deploy", "labels", "x-junk"}) {
    Files files(users_of_large_base(key, 5'000, 5'000));
    const Project& project = files.read();
    ASSERT_FALSE(project.problems.empty()) << key;
    EXPECT_EQ(project.problems[0].code, ErrorCode::kLimit) << key;
    std::size_t variables = 0;
    for (const Workload& service : project.services) variables += service.environment.size();
    EXPECT_LE(variables, limits::kComposeSettings);
  }
}

TEST(ComposeProject, BoundsTheTextThatAliasesRepeat) {
  std::string text = "x-long: &long \"" + std::string(1U << 20U, 'x') + "\"\nservices:\n";
  for (int i = 0; i < 1'000; ++i) text += "  s" + std::to_string(i) + ": {image: *long}\n";
  Files files(text);
  const Project& project = files.read();
  ASSERT_FALSE(project.problems.empty());
  EXPECT_EQ(project.problems[0].code, ErrorCode::kLimit);
}

TEST(ComposeProject, BoundsHowManyServicesItReads) {
  std::string text = "services:\n";
  for (std::size_t i = 0; i <= limits::kComposeServices; ++i) {
    text += "  s" + std::to_string(i) + ": {image: x}\n";
  }
  Files files(text);
  const Project& project = files.read();
  EXPECT_EQ(project.services.size(), limits::kComposeServices);
  ASSERT_EQ(project.problems.size(), 1U);
  EXPECT_EQ(project.problems[0].code, ErrorCode::kLimit);
}

TEST(ComposeProject, BoundsHowManyDocumentsItIsMadeOf) {
  std::string text;
  for (std::size_t i = 0; i < limits::kComposeFiles + 10; ++i) text += "services: {}\n---\n";
  Files files(text);
  const Project& project = files.read();
  ASSERT_EQ(project.problems.size(), 1U);
  EXPECT_EQ(project.problems[0].code, ErrorCode::kLimit);
}

TEST(ComposeProject, BoundsHowManyFilesItOpens) {
  std::string text = "include:\n";
  for (std::size_t i = 0; i < 3 * limits::kComposeFiles; ++i) {
    text += "  - f" + std::to_string(i) + ".yaml\n";
  }
  Files files(text + "services: {a: {image: x}}\n");
  const Project& project = files.read();
  EXPECT_LE(project.errors.size(), limits::kComposeFiles);
  ASSERT_EQ(project.problems.size(), 1U);
  EXPECT_EQ(project.problems[0].code, ErrorCode::kLimit);
  EXPECT_EQ(names(project), "a ");
}

struct NameCase {
  std::string_view name;
  bool want;
};
class ComposeName : public testing::TestWithParam<NameCase> {};
TEST_P(ComposeName, OfComposeFiles) {
  EXPECT_EQ(is_compose_name(GetParam().name), GetParam().want) << GetParam().name;
}
INSTANTIATE_TEST_SUITE_P(
    All, ComposeName,
    testing::Values(NameCase{"compose.yaml", true}, NameCase{"compose.yml", true},
                    NameCase{"docker-compose.yml", true}, NameCase{"docker-compose.yaml", true},
                    NameCase{"docker-compose.prod.yaml", true}, NameCase{"app.compose.yml", true},
                    NameCase{"compose.dev.yml", true}, NameCase{"docker-compose-dev.yml", true},
                    NameCase{"docker-compose_prod.yml", true}, NameCase{"podman-compose.yml", true},
                    NameCase{"Docker-Compose.YML", true}, NameCase{"a/b/compose.yaml", true},
                    NameCase{"compose.json", false}, NameCase{"composer.yaml", false},
                    NameCase{"decompose.yml", false}, NameCase{"compose", false},
                    NameCase{"values.yaml", false}, NameCase{"", false}));

struct LooksCase {
  std::string text;
  bool want;
};
class ComposeContent : public testing::TestWithParam<LooksCase> {};
TEST_P(ComposeContent, LikeCompose) {
  Files files(GetParam().text);
  const Tree& tree = **files.tree("compose.yaml");
  ASSERT_FALSE(tree.documents.empty());
  EXPECT_EQ(looks_like_compose(*tree.documents[0].root), GetParam().want) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    All, ComposeContent,
    testing::Values(LooksCase{"services: {a: {image: x}}", true},
                    LooksCase{"services: {a: {build: .}, b: }", true},
                    LooksCase{"services: {a: {ports: [1]}}", true},
                    LooksCase{"services: [a]", false}, LooksCase{"services: {a: x}", false},
                    LooksCase{"services: {}", false}, LooksCase{"services: {a: {x: y}}", false},
                    LooksCase{"apiVersion: v1\nservices: {a: {image: x}}", false},
                    LooksCase{"jobs: {a: {services: {b: {image: x}}}}", false},
                    LooksCase{"[a]", false}, LooksCase{"text", false}));

}  // namespace
}  // namespace plimsoll::compose
