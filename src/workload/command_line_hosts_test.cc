#include <gtest/gtest.h>

#include "workload/command_line_fixture.h"

// Makefiles, Markdown and systemd units: what stands around a run line.
namespace plimsoll::command_line {
namespace {

class MakefileTest : public testing::TestWithParam<LineCase> {};
TEST_P(MakefileTest, ReadsRecipes) {
  const SourceFile file("Makefile", std::string(GetParam().in));
  EXPECT_EQ(dump_all(read_all(file, Host::kMakefile)), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Recipes, MakefileTest,
    testing::Values(LineCase{"a:\n\tdocker run x\n", "image=x"},
                    LineCase{"a:\n\t@-docker run x\n", "image=x"},
                    LineCase{"a:\n    docker run x\n", ""}, LineCase{"a:\n\t# docker run x\n", ""},
                    LineCase{"I = nginx\na:\n\tdocker run $(I)\n", "image=nginx"},
                    LineCase{"a:\n\tdocker run ${I}\nI := nginx # web\n", "image=nginx"},
                    LineCase{"R ?= r\nI = $(R)/i\na:\n\tdocker run $(I)\n", "image=r/i"},
                    LineCase{"I = a\nI ?= b\na:\n\tdocker run $(I)\n", "image=a"},
                    LineCase{"I = a\nI += b\na:\n\tdocker run $(I)\n", "image?=$(I)"},
                    LineCase{"ifdef X\nI = a\nendif\na:\n\tdocker run $(I)\n", "image?=$(I)"},
                    LineCase{"a:\n\tdocker run -e A=$$B $$I\n", "image?=$I env=A=variable:$B"},
                    LineCase{"a:\n\tI=x; docker run $$I\n", "image=x"},
                    LineCase{"a:\n\tI=x\n\tdocker run $$I\n", "image?=$I"},
                    LineCase{"D = docker run --rm\na:\n\t$(D) x\n", "image=x one-shot"},
                    LineCase{"a:\n\t$(DOCKER) run x\n", "image=x"},
                    LineCase{"a:\n\tdocker run -v $(shell pwd)/a:/a x\n",
                             "image=x mount?=bind:$(shell pwd)/a:/a"},
                    LineCase{"a:\n\tdocker run -v $$(pwd):/a x\n",
                             "image=x mount?=bind:$(pwd):/a"}));

class MarkdownTest : public testing::TestWithParam<LineCase> {};
TEST_P(MarkdownTest, ReadsFencedBlocks) {
  const SourceFile file("README.md", std::string(GetParam().in));
  EXPECT_EQ(dump_all(read_all(file, Host::kMarkdown)), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Fences, MarkdownTest,
    testing::Values(LineCase{"```sh\ndocker run x\n```\n", "image=x"},
                    LineCase{"```\ndocker run x\n```\n", "image=x"},
                    LineCase{"~~~ bash\ndocker run x\n~~~\n", "image=x"},
                    LineCase{
                        "````zsh {copy}\ndocker run x\n```\ndocker run y\n````\ndocker run z\n",
                        "image=x\nimage=y"},
                    LineCase{"```{.bash #a}\ndocker run x\n```\n", "image=x"},
                    LineCase{"```bash,ignore\ndocker run x\n", "image=x"},
                    LineCase{"- a\n\n  ```sh\n  docker run x\n  ```\n  docker run y\n", "image=x"},
                    LineCase{"- ```sh\n  docker run x\n  ```\n", "image=x"},
                    LineCase{"> ```sh\n> docker run x\n> ```\n", "image=x"},
                    LineCase{"> ```sh\n> docker run x\n\ndocker run y\n", "image=x"},
                    LineCase{"```yaml\ndocker run x\n```\n", ""},
                    LineCase{"```go\ndocker run x\n```\n", ""}, LineCase{"docker run x\n", ""},
                    LineCase{"`docker run x`\n", ""},
                    LineCase{"```docker run x```\ndocker run y\n", ""},
                    LineCase{"<!--\n```sh\ndocker run x\n```\n-->\n", ""},
                    LineCase{"```sh\r\ndocker run \\\r\n  -u 1 x\r\n```\r\n", "image=x user=1"}));
INSTANTIATE_TEST_SUITE_P(
    Prompts, MarkdownTest,
    testing::Values(LineCase{"```console\n$ docker run x\ndocker run output\n```\n", "image=x"},
                    LineCase{"```console\n$ I=x\n$ docker run $I\n```\n", "image=x"},
                    LineCase{"```\nuser@host:~$ docker run x\n```\n", "image=x"},
                    LineCase{"```console\n# docker run x\n```\n", "image=x"},
                    LineCase{"```sh\n# docker run x\n```\n", ""},
                    LineCase{"```console\n$ docker run x\n# docker run y\n```\n", "image=x"},
                    LineCase{"```\n> docker run x\n```\n", "image=x"},
                    LineCase{"```console\n$ docker run \\\n> -u 1 \\\n  x\nout\n```\n",
                             "image=x user=1"},
                    LineCase{"```sh\nthis (is no shell\ndocker run x\n```\n", "image=x"}));
INSTANTIATE_TEST_SUITE_P(
    Documentation, MarkdownTest,
    testing::Values(LineCase{"```\ndocker run [OPTIONS] IMAGE [COMMAND]\n```\n", ""},
                    LineCase{"```sh\ndocker run <image>\n```\n", ""},
                    LineCase{"```sh\ndocker run -d <your image>:<tag> sh\n```\n", ""},
                    LineCase{"```sh\ndocker run … x\n```\n", ""},
                    LineCase{"```sh\ndocker run ... x\n```\n", ""},
                    LineCase{"```sh\ndocker run YOUR_IMAGE\n```\n", ""},
                    LineCase{"```sh\ndocker run {{ image }}\n```\n", ""},
                    LineCase{"```sh\ndocker run -e KEY=<your key> -u 1 x\n```\n",
                             "image=x user=1 env=KEY=variable:<your key>"},
                    LineCase{"```sh\ndocker run x 2>err >out\n```\n", "image=x"},
                    LineCase{"```sh\ndocker run x ./...\n```\n", "image=x command=[./...]"}));

class SystemdTest : public testing::TestWithParam<LineCase> {};
TEST_P(SystemdTest, ReadsExecLines) {
  const SourceFile file("a.service", std::string(GetParam().in));
  EXPECT_EQ(dump_all(read_all(file, Host::kSystemd)), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Units, SystemdTest,
    testing::Values(
        LineCase{"[Service]\nExecStart=/usr/bin/docker run --rm x\n", "image=x"},
        LineCase{"[Service]\nType=oneshot\nExecStart=/usr/bin/docker run --rm x\n",
                 "image=x one-shot"},
        LineCase{"[Service]\nExecStartPre=-+/usr/bin/podman run --rm x\n",
                 "podman: image=x one-shot"},
        LineCase{"[Service]\nExecStart=docker run --name %n -v %h/a:/a x:%%1\n",
                 "image=x:%1 name=%n mount?=bind:%h/a:/a"},
        LineCase{"[Service]\nEnvironment=T=1 \"O=-u 1\"\nExecStart=docker run $O x:${T} ${U}\n",
                 "image=x:1 user=1 command=[${U}]"},
        LineCase{"[Service]\nRestart=always\nExecStart=docker run x\n", "image=x restart=always"},
        LineCase{"[Service]\nRestart=always\nExecStart=docker run --restart no x\n",
                 "image=x restart=no"},
        LineCase{"[Service]\nExecStart=a ; docker run x ; docker run y\n", "image=x\nimage=y"},
        LineCase{"[Service]\nExecStart=/bin/sh -c 'docker run -e A=$$B x'\n",
                 "image=x env=A=variable:$B"},
        LineCase{"[Service]\nExecStart=docker run -e \"A=b c\" x\n", "image=x env=A=b c"},
        LineCase{"[Service]\n# ExecStart=docker run x\n; docker run x\n", ""},
        LineCase{"[Unit]\nExecStart=docker run x\n", ""}));

TEST(Makefile, OptionsInVariablesMakeAbsencesUnknown) {
  const SourceFile file("Makefile", "a:\n\tdocker run $(OPTS) x\n");
  const auto workloads = read_all(file, Host::kMakefile);
  ASSERT_EQ(workloads.size(), 1U);
  EXPECT_EQ(workloads[0].image.value, "x");
  EXPECT_FALSE(workloads[0].privileged.is_known());
}
TEST(Places, ArePreciseInAMakefile) {
  const SourceFile file("Makefile",
                        "TAG := 1.2\n\nrun:\n\t@docker run -e \"A=$$B\" \\\n\t\t-v $(PWD):/x \\\n"
                        "\t\t--user 0 app:$(TAG)\n");
  const auto workloads = read_all(file, Host::kMakefile);
  ASSERT_EQ(workloads.size(), 1U);
  const Workload& w = workloads[0];
  EXPECT_EQ(slice(w.place), "docker run");
  EXPECT_EQ(slice(w.environment[0].value_place), "$B");
  EXPECT_EQ(slice(w.mounts[0].place), "$(PWD):/x");
  EXPECT_EQ(slice(w.user.place), "0");
  EXPECT_EQ(slice(w.image.place), "app:$(TAG)");
  EXPECT_EQ(w.image.value, "app:1.2");
}

TEST(Places, ArePreciseInMarkdown) {
  const SourceFile file("README.md",
                        "1. Run:\n\n   ```console\n   $ docker run \\\r\n   > --user 0 \\\n"
                        "     nginx\n   output\n   ```\n");
  const auto workloads = read_all(file, Host::kMarkdown);
  ASSERT_EQ(workloads.size(), 1U);
  EXPECT_EQ(slice(workloads[0].place), "docker run");
  EXPECT_EQ(slice(workloads[0].user.place), "0");
  EXPECT_EQ(slice(workloads[0].image.place), "nginx");
  EXPECT_EQ(workloads[0].id, "README.md:4#docker run");
}

TEST(Places, ArePreciseInAUnit) {
  const SourceFile file("a.service",
                        "[Service]\nExecStart=-/usr/bin/docker run --rm \\\n# why\n  --user 0 \\\n"
                        "  \"nginx\" a\n");
  const auto workloads = read_all(file, Host::kSystemd);
  ASSERT_EQ(workloads.size(), 1U);
  EXPECT_EQ(slice(workloads[0].place), "/usr/bin/docker run");
  EXPECT_EQ(slice(workloads[0].user.place), "0");
  EXPECT_EQ(slice(workloads[0].image.place), "nginx");
}

}  // namespace
}  // namespace plimsoll::command_line
