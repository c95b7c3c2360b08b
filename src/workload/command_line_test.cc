#include <gtest/gtest.h>

#include <ostream>

#include "core/limits.h"
#include "workload/command_line_fixture.h"

namespace plimsoll::command_line {
namespace {

struct Case {
  std::string_view in;
  std::string_view want;
  friend std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.in; }
};

class OptionTest : public testing::TestWithParam<Case> {};

/// `in` are the words between `docker run` and the end.
TEST_P(OptionTest, SetsWhatDockerWould) {
  const SourceFile file("run.sh", "docker run " + std::string(GetParam().in) + "\n");
  EXPECT_EQ(dump_all(read_all(file, Host::kShell)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Syntax, OptionTest,
    testing::Values(
        Case{"nginx", "image=nginx"}, Case{"nginx:1.25 -g x", "image=nginx:1.25 command=[-g,x]"},
        Case{"-itd nginx", "image=nginx"}, Case{"-dp 80:80 nginx", "image=nginx port=80->80"},
        Case{"-p80:80 nginx", "image=nginx port=80->80"},
        Case{"-p=80:80 nginx", "image=nginx port=80->80"},
        Case{"-ituroot nginx", "image=nginx user=root"},
        Case{"--user=1000 nginx", "image=nginx user=1000"},
        Case{"--user 1000 nginx", "image=nginx user=1000"},
        Case{"--user 1000 --user 0 nginx", "image=nginx user=0"},
        Case{"--privileged=false nginx", "image=nginx !privileged"},
        Case{"--privileged=maybe nginx", "image=nginx privileged=?"},
        Case{"-P=true nginx", "image=nginx publish-all"},
        Case{"--rm -- nginx --privileged", "image=nginx one-shot command=[--privileged]"},
        Case{"--rm -d nginx", "image=nginx"}, Case{"--rm=false nginx", "image=nginx"},
        Case{"nginx --rm --privileged", "image=nginx command=[--rm,--privileged]"},
        Case{"'--user' \"1000\":'10'00 \\\n  nginx", "image=nginx user=1000:1000"},
        Case{"--help", ""}, Case{"", ""}, Case{"--name", ""}));

INSTANTIATE_TEST_SUITE_P(
    Privilege, OptionTest,
    testing::Values(
        Case{"--privileged x", "image=x privileged"},
        Case{"--cap-add SYS_ADMIN --cap-add=cap_net_raw x", "image=x cap+=[SYS_ADMIN,NET_RAW]"},
        Case{"--cap-drop all x", "image=x cap-=[ALL]"},
        Case{"--cap-add $CAP x", "image=x cap+?=[]"},
        Case{"--security-opt no-new-privileges x", "image=x nnp security=[no-new-privileges]"},
        Case{"--security-opt=no-new-privileges:true x",
             "image=x nnp security=[no-new-privileges:true]"},
        Case{"--security-opt no-new-privileges=false x",
             "image=x !nnp security=[no-new-privileges=false]"},
        Case{"--security-opt seccomp=unconfined --security-opt apparmor=unconfined x",
             "image=x seccomp=unconfined apparmor=unconfined "
             "security=[seccomp=unconfined,apparmor=unconfined]"},
        Case{"--security-opt label:disable x", "image=x selinux=disable security=[label:disable]"},
        Case{"--security-opt label=level:s0:c1 x", "image=x security=[label=level:s0:c1]"},
        Case{"--security-opt systempaths=unconfined x",
             "image=x proc=unconfined security=[systempaths=unconfined]"},
        Case{"--security-opt unmask=ALL x", "image=x proc=unconfined security=[unmask=ALL]"},
        Case{"--security-opt unmask=/proc/acpi x", "image=x security=[unmask=/proc/acpi]"},
        Case{"--security-opt seccomp=$P x", "image=x seccomp?=$P security?=[seccomp=$P]"},
        Case{"--security-opt $O x",
             "image=x nnp=? seccomp?= apparmor?= selinux?= proc?= security?=[$O]"},
        Case{"--group-add docker --group-add 44 x", "image=x groups=[docker,44]"},
        Case{"--read-only --tmpfs /tmp:size=64m,noexec x",
             "image=x mount=tmpfs::/tmp:size=64m,noexec read-only"},
        Case{"--device /dev/kvm --device-cgroup-rule 'c 1:3 mr' x",
             "image=x device=[/dev/kvm] device-rule=[c 1:3 mr]"},
        Case{"--device nvidia.com/gpu=all x", "image=x device=[nvidia.com/gpu=all] gpu"},
        Case{"--gpus all x", "image=x gpu"}, Case{"--runtime=nvidia x", "image=x gpu"},
        Case{"--sysctl net.core.somaxconn=1 x", "image=x sysctl=[net.core.somaxconn=1]"},
        Case{"--use-api-socket x",
             "image=x mount=bind:/var/run/docker.sock:/var/run/docker.sock"}));

INSTANTIATE_TEST_SUITE_P(
    Namespaces, OptionTest,
    testing::Values(Case{"--net=host --pid host --ipc host --uts host x",
                         "image=x net=host pid=host ipc=host uts=host"},
                    Case{"--network container:web x", "image=x net=container:web"},
                    Case{"--network back --network name=front,alias=api x",
                         "image=x networks=[back,front]"},
                    Case{"--network $NET x", "image=x net?=$NET networks?=[]"},
                    Case{"--userns=host --cgroupns host --cgroup-parent /x x",
                         "image=x userns=host cgroupns=host cgroup-parent=/x"}));

INSTANTIATE_TEST_SUITE_P(
    Mounts, OptionTest,
    testing::Values(
        Case{"-v /var/run/docker.sock:/var/run/docker.sock x",
             "image=x mount=bind:/var/run/docker.sock:/var/run/docker.sock"},
        Case{"-v /etc:/e:ro,rslave,Z x", "image=x mount=bind:/etc:/e:ro:rslave:Z"},
        Case{"-v data:/d x", "image=x mount=volume:data:/d"},
        Case{"-v /d x", "image=x mount=volume::/d"},
        Case{"-v 'C:\\data:/d' x", "image=x mount=bind:C:\\data:/d"},
        Case{"-v ~/.ssh:/s:ro x", "image=x mount=bind:~/.ssh:/s:ro"},
        Case{"-v $PWD:/app:ro x", "image=x mount?=bind:$PWD:/app:ro"},
        Case{"-v \"$(pwd):/app\" x", "image=x mount?=bind:$(pwd):/app"},
        Case{"-v ${DIR:-/etc}:/e x", "image=x mount=bind:/etc:/e"},
        Case{"-v ${A?b:c}:/e x", "image=x mount?=bind:${A?b:c}:/e"},
        Case{"--mount type=bind,src=/a,dst=/b,readonly x", "image=x mount=bind:/a:/b:ro"},
        Case{"--mount type=bind,source=/a,target=/b,readonly=false,bind-propagation=rshared x",
             "image=x mount=bind:/a:/b:rshared"},
        Case{"--mount source=v,destination=/b x", "image=x mount=volume:v:/b"},
        Case{"--mount type=tmpfs,dst=/t,tmpfs-size=1m x", "image=x mount=tmpfs::/t:tmpfs-size=1m"},
        Case{"--mount 'type=volume,dst=/b,\"volume-opt=o=addr=h,rw\"' x",
             "image=x mount=volume::/b:volume-opt=o=addr=h,rw"},
        Case{"--volumes-from db x", "image=x volumes-from=[db]"}));

INSTANTIATE_TEST_SUITE_P(
    Resources, OptionTest,
    testing::Values(
        Case{"-m 512m --memory-reservation 256m --cpus 1.5 --pids-limit 100 x",
             "image=x memory=512m memory-request=256m cpu=1.5 pids=100"},
        Case{"-m 0 --cpus 0.0 --cpu-quota -1 --pids-limit -1 x", "image=x pids=-1"},
        Case{"--memory=$MEM --pids-limit many x", "image=x memory?=$MEM pids=?"},
        Case{"--ulimit nofile=1024:2048 x", "image=x ulimits"},
        Case{"--restart unless-stopped --init --oom-kill-disable --oom-score-adj -500 x",
             "image=x restart=unless-stopped init oom-kill-disable oom-score=-500"},
        Case{"--pull always --platform linux/amd64 --stop-signal SIGINT x",
             "image=x pull=always platform=linux/amd64 stop-signal=SIGINT"},
        Case{"--health-cmd 'curl -f localhost' --health-interval 5s x",
             "image=x health=[CMD-SHELL,curl -f localhost]"},
        Case{"--no-healthcheck x", "image=x !health"},
        Case{"--health-cmd none x", "image=x !health"},
        Case{"--log-driver json-file --log-opt max-size=1m --log-opt max-file=3 x",
             "image=x log=json-file+size+file"},
        Case{"--entrypoint sh x -c 'a b'", "image=x entrypoint=[sh] command=[-c,a b]"}));

INSTANTIATE_TEST_SUITE_P(
    Data, OptionTest,
    testing::Values(
        Case{"-p 8080:80/udp -p 127.0.0.1:1:2 -p '[::1]:3:4' -p 5 -p 127.0.0.1::6 x",
             "image=x port=8080->80/udp port=127.0.0.1|1->2 port=::1|3->4 port=->5 "
             "port=127.0.0.1|->6"},
        Case{"-p $PORT:80 x", "image=x port?=$PORT->80"},
        Case{"-P --expose 80 --expose 90/udp x", "image=x expose=80 expose=90/udp publish-all"},
        Case{"-e A=b -e C -e D=$E --env F=${G:-h} -e 'I=$J' -e K= x",
             "image=x env=A=b env=C=host env=D=variable:$E env=F=default:h env=I=$J env=K="},
        Case{"--env-file .env x", "image=x env-file=[.env]"},
        Case{"-l a=b --label c x", "image=x labels=[a=b,c]"},
        Case{"--add-host a:1 --link db:db x", "image=x hosts=[a:1] links=[db:db]"},
        Case{"--secret db,type=env x", "image=x secrets=[db]"},
        Case{"--name web x", "image=x name=web"}));

INSTANTIATE_TEST_SUITE_P(Unknown, OptionTest,
                         testing::Values(Case{"$IMAGE", "image?=$IMAGE"},
                                         Case{"\"$IMAGE\" sh", "image?=$IMAGE command=[sh]"},
                                         Case{"nginx:$TAG", "image?=nginx:$TAG"},
                                         Case{"nginx:${TAG:-1.25}", "image=nginx:1.25"},
                                         Case{"--rootfs /r sh", "image?=/r command=[sh]"},
                                         Case{"{} sh", "image?={} command=[sh]"},
                                         Case{"$(docker build -q .) sh",
                                              "image?=$(docker build -q .) command=[sh]"}));

class ShellTest : public testing::TestWithParam<LineCase> {};

TEST_P(ShellTest, FindsRunLines) {
  const SourceFile file("run.sh", std::string(GetParam().in));
  EXPECT_EQ(dump_all(read_all(file, Host::kShell)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Programs, ShellTest,
    testing::Values(
        LineCase{"podman run x", "podman: image=x"}, LineCase{"nerdctl run x", "image=x"},
        LineCase{"docker create --name a x", "image=x name=a"},
        LineCase{"docker container run x", "image=x"},
        LineCase{"docker container create x", "image=x"},
        LineCase{"/usr/bin/docker run x", "image=x"}, LineCase{"docker.exe run x", "image=x"},
        LineCase{"sudo -E docker run x", "image=x"}, LineCase{"env A=b docker run x", "image=x"},
        LineCase{"exec docker run x", "image=x"}, LineCase{"A=b docker run x", "image=x"},
        LineCase{"$SUDO docker run x", "image=x"}, LineCase{"winpty docker run x", "image=x"},
        LineCase{"$DOCKER run x", "image=x"}, LineCase{"\"${DOCKER_CMD}\" run x", "image=x"},
        LineCase{"${CONTAINER_ENGINE} run --rm x", "image=x one-shot"},
        LineCase{"$PODMAN run x", "podman: image=x"}, LineCase{"$TOOL run x", ""},
        LineCase{"DOCKER='sudo podman'\n$DOCKER run x", "podman: image=x"},
        LineCase{"RUN='docker run --rm -u 1'\n$RUN x", "image=x one-shot user=1"},
        LineCase{"docker -H tcp://h run x", "image=x"},
        LineCase{"docker --context c --log-level=debug run x", "image=x"},
        LineCase{"docker $OPTS run x", "image=x"},
        LineCase{"podman --root /r run x", "podman: image=x"},
        LineCase{"id=$(docker run -d x)", "image=x"}, LineCase{"sh -c 'docker run x'", "image=x"},
        LineCase{"if a; then docker run x & fi", "image=x"},
        LineCase{"docker run a && docker run b", "image=a\nimage=b"}));

INSTANTIATE_TEST_SUITE_P(
    NoRunLines, ShellTest,
    testing::Values(LineCase{"docker compose run web", ""}, LineCase{"docker-compose run web", ""},
                    LineCase{"docker-compose --file exec up", ""},
                    LineCase{"$DOCKER_COMPOSE run web", ""},
                    LineCase{"docker exec web tool --privileged", ""},
                    LineCase{"docker volume create data", ""},
                    LineCase{"docker network create net", ""}, LineCase{"# docker run x", ""},
                    LineCase{"echo docker run x", ""}, LineCase{"echo \"docker run x\"", ""},
                    LineCase{"cat <<E\ndocker run x\nE\n", ""},
                    LineCase{"docker build -t run .", ""}, LineCase{"npm run docker", ""},
                    LineCase{"#!/usr/bin/python3\ndocker run x", ""}));

INSTANTIATE_TEST_SUITE_P(
    DataFlow, ShellTest,
    testing::Values(
        LineCase{"IMAGE=nginx:1.25\ndocker run \"$IMAGE\"", "image=nginx:1.25"},
        LineCase{"R=ghcr.io/a T=1\nI=\"$R/b:${T}\"\ndocker run $I", "image=ghcr.io/a/b:1"},
        LineCase{"export IMAGE=nginx\ndocker run $IMAGE", "image=nginx"},
        LineCase{"IMAGE=${IMAGE:-nginx}\ndocker run $IMAGE", "image=nginx"},
        LineCase{"docker run $IMAGE\nIMAGE=nginx", "image?=$IMAGE"},
        LineCase{"IMAGE=$(cat f)\ndocker run ${IMAGE:-nginx}", "image?=${IMAGE:-nginx}"},
        LineCase{"IMAGE=a\nread IMAGE\ndocker run $IMAGE", "image?=$IMAGE"},
        LineCase{"IMAGE=a\nif x; then IMAGE=b; fi\ndocker run $IMAGE", "image?=$IMAGE"},
        LineCase{"if x; then IMAGE=b; docker run $IMAGE; fi", "image=b"},
        LineCase{"if x; then IMAGE=b; else docker run $IMAGE; fi", "image?=$IMAGE"},
        LineCase{"if x; then IMAGE=b; fi\nif y; then docker run $IMAGE; fi", "image?=$IMAGE"},
        LineCase{"if x; then I=b; if y; then z; fi; docker run $I; fi", "image=b"},
        LineCase{"x && IMAGE=b\ndocker run $IMAGE", "image?=$IMAGE"},
        LineCase{"I=a\nfor I in b c; do docker run $I; done", "image?=$I"},
        LineCase{"I=a\nI+=b\ndocker run $I", "image?=$I"},
        LineCase{"O='-u 1 --init'\ndocker run $O x", "image=x user=1 init"},
        LineCase{"O=\ndocker run $O x", "image=x"},
        LineCase{"P=secret\ndocker run -e P=$P x", "image=x env=P=secret"},
        LineCase{"D=$HOME/d\ndocker run -v $D:/d x", "image=x mount?=bind:$HOME/d:/d"}));

std::string only_known(std::string_view script) {
  const SourceFile file("run.sh", std::string(script));
  const auto workloads = read_all(file, Host::kShell);
  if (workloads.size() != 1) return "no single workload";
  const Workload& w = workloads[0];
  std::string text = w.image.value + (w.image.is_known() ? "" : "?");
  text += w.privileged.is_known() ? " privileged known" : " privileged?";
  text += w.cap_add.origin == Origin::kUnknown ? " cap?" : " cap known";
  text += w.user.is_known() ? " user=" + w.user.value : " user?";
  return text;
}

struct IncompleteCase {
  std::string_view in, want;
  friend std::ostream& operator<<(std::ostream& out, const IncompleteCase& c) {
    return out << c.in;
  }
};
class IncompleteTest : public testing::TestWithParam<IncompleteCase> {};
TEST_P(IncompleteTest, MakesAbsencesUnknown) {
  EXPECT_EQ(only_known(GetParam().in), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Words, IncompleteTest,
    testing::Values(
        IncompleteCase{"docker run -u 1 $OPTS nginx", "nginx privileged? cap? user=1"},
        IncompleteCase{"docker run \"${args[@]}\" nginx", "nginx privileged? cap? user?"},
        IncompleteCase{"docker run -u 1 \"$@\"", "? privileged? cap? user=1"},
        IncompleteCase{"docker run \"${O[@]}\" $I \"$@\"", "$I? privileged? cap? user?"},
        IncompleteCase{"docker run $TTY nginx", "nginx privileged? cap? user?"},
        IncompleteCase{"docker run \"$DOCKER_ARGS\" nginx", "nginx privileged? cap? user?"},
        IncompleteCase{"docker run --brand-new=1 nginx", "nginx privileged? cap? user?"},
        IncompleteCase{"docker run --brand-new 1 nginx", "nginx privileged? cap? user?"},
        IncompleteCase{"docker run --brand-new nginx", "nginx privileged? cap? user?"},
        // An image it is, so nothing hides.
        IncompleteCase{"docker run $IMAGE sh", "$IMAGE? privileged known cap known user="},
        IncompleteCase{"docker run nginx \"$@\"", "nginx privileged known cap known user="}));

TEST(CommandLine, CreateToCopyFilesOutIsOneShot) {
  const SourceFile file("a.sh", "id=$(docker create nginx)\ndocker cp $id:/a .\n");
  const auto workloads = read_all(file, Host::kShell);
  ASSERT_EQ(workloads.size(), 1U);
  EXPECT_TRUE(workloads[0].one_shot);
}

TEST(CommandLine, PodmanLimitsPidsByDefault) {
  const SourceFile file("a.sh", "podman run x\ndocker run x\n");
  const auto workloads = read_all(file, Host::kShell);
  ASSERT_EQ(workloads.size(), 2U);
  EXPECT_EQ(workloads[0].resources.pids_limit.value, 2048);
  EXPECT_EQ(workloads[0].resources.pids_limit.origin, Origin::kDefault);
  EXPECT_EQ(workloads[1].resources.pids_limit.value, 0);
}

TEST(CommandLine, NamesWorkloads) {
  const SourceFile file("s/a.sh", "\ndocker run --name web x\npodman run a; podman run b\n");
  const auto workloads = read_all(file, Host::kShell);
  ASSERT_EQ(workloads.size(), 3U);
  EXPECT_EQ(workloads[0].id, "s/a.sh:2#docker run web");
  EXPECT_EQ(workloads[0].kind, "docker run");
  EXPECT_EQ(workloads[0].form, Form::kDockerRun);
  EXPECT_EQ(workloads[1].id, "s/a.sh:3#podman run");
  EXPECT_EQ(workloads[2].id, "s/a.sh:3#podman run@2");
}

TEST(CommandLine, ResolvesEnvFilesBesideTheScript) {
  const SourceFile file("deploy/a.sh", "docker run --env-file .env x");
  const auto workloads = read_all(file, Host::kShell);
  ASSERT_EQ(workloads.size(), 1U);
  EXPECT_EQ(workloads[0].env_files.items[0].value, "deploy/.env");
}

TEST(Places, ArePreciseInAScript) {
  const SourceFile file("a.sh",
                        "T=1\nsudo docker run -it --user=\"1000:1\" --memory 5\\\n12m \\\n  "
                        "--privileged -e \"A=b c\" -v /a:/b web:$T sh -c x\n");
  const auto workloads = read_all(file, Host::kShell);
  ASSERT_EQ(workloads.size(), 1U);
  const Workload& w = workloads[0];
  EXPECT_EQ(slice(w.place), "docker run");
  EXPECT_EQ(slice(w.user.place), "1000:1");
  EXPECT_EQ(slice(w.resources.memory_limit.place), "5\\\n12m");
  EXPECT_EQ(w.resources.memory_limit.value, "512m");
  EXPECT_EQ(slice(w.privileged.place), "--privileged");
  EXPECT_EQ(slice(w.environment[0].place), "A=b c");
  EXPECT_EQ(slice(w.environment[0].value_place), "b c");
  EXPECT_EQ(slice(w.mounts[0].place), "/a:/b");
  EXPECT_EQ(slice(w.image.place), "web:$T");
  EXPECT_EQ(slice(w.command_place), "sh -c x");
}

TEST(Places, ArePreciseInANestedScript) {
  const SourceFile file("a.service",
                        "[Service]\nExecStart=/bin/sh -c 'docker run --user 0 nginx'\n");
  const auto workloads = read_all(file, Host::kSystemd);
  ASSERT_EQ(workloads.size(), 1U);
  EXPECT_EQ(slice(workloads[0].place), "docker run");
  EXPECT_EQ(slice(workloads[0].user.place), "0");
}

TEST(ReadScript, MapsLinesToTheFile) {
  const SourceFile file("ci.yml", "run: |\n    T=1\n    docker run \\\n      --user 0 web:$T\n");
  const std::string script = "T=1\ndocker run \\\n  --user 0 web:$T\n";
  std::deque<Workload> out;
  read_script(file, script, {11, 19, 36}, out);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(slice(out[0].place), "docker run");
  EXPECT_EQ(slice(out[0].user.place), "0");
  EXPECT_EQ(slice(out[0].image.place), "web:$T");
  EXPECT_EQ(out[0].id, "ci.yml:3#docker run");
}

TEST(ReadScript, ExpressionsAreUnknown) {
  const SourceFile file("ci.yml", "docker run -e A=${{ secrets.A }} ${{ env.REPO }}/web:1 sh");
  std::deque<Workload> out;
  read_script(file, file.text(), {0}, out);
  EXPECT_EQ(dump_all(out),
            "image?=${{ env.REPO }}/web:1 env=A=variable:${{ secrets.A }} command=[sh]");
}

TEST(Limits, MoreRunLinesThanAllowedAreReported) {
  std::string block;
  for (std::size_t i = 0; i <= limits::kRunLines; ++i) block += "```\ndocker run x\n```\n";
  const SourceFile file("a.md", block);
  std::deque<Workload> out;
  EXPECT_FALSE(read(file, Host::kMarkdown, out));
  EXPECT_EQ(out.size(), limits::kRunLines);
}

TEST(Limits, ScriptsThatTheParserCutsAreReported) {
  std::string nested = "docker run x\n";
  for (std::size_t i = 0; i <= limits::kShellDepth; ++i) nested += "( ";
  const SourceFile file("a.sh", nested);
  std::deque<Workload> out;
  EXPECT_FALSE(read(file, Host::kShell, out));
  EXPECT_EQ(out.size(), 1U);
}

struct HoldsCase {
  std::string_view name, text;
  bool want;
};
class MayHoldTest : public testing::TestWithParam<HoldsCase> {};
TEST_P(MayHoldTest, ByNameAndText) {
  EXPECT_EQ(may_hold_run_lines(GetParam().name, GetParam().text), GetParam().want)
      << GetParam().name << ": " << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    Names, MayHoldTest,
    testing::Values(HoldsCase{"a/run.sh", "docker run x", true},
                    HoldsCase{"README.md", "podman create x", true},
                    HoldsCase{"Makefile", "$(DOCKER) run x", true},
                    HoldsCase{"web.service", "nerdctl run x", true},
                    HoldsCase{"build.mk", "${CONTAINER_ENGINE} run x", true},
                    HoldsCase{"deploy", "#!/usr/bin/env bash\ndocker run x", true},
                    HoldsCase{"deploy", "#!/usr/bin/python3\ndocker run x", false},
                    HoldsCase{"deploy", "docker run x", false},
                    HoldsCase{"justfile", "docker run x", false},
                    HoldsCase{"-", "\n sudo docker run x", true},
                    HoldsCase{"-", "echo docker run x", false},
                    HoldsCase{"run.sh", "docker build .", false},
                    HoldsCase{"run.sh", "npm run test", false}, HoldsCase{"run.sh", "", false}));

class ExecTest : public testing::TestWithParam<Case> {};

/// `in` are the words after the engine's name.
TEST_P(ExecTest, IsKeptWhenItAsksForAUserOrPrivileges) {
  const SourceFile file("run.sh", "docker " + std::string(GetParam().in) + "\n");
  const std::deque<Workload> workloads = read_all(file, Host::kShell);
  std::string seen;
  for (const Workload& workload : workloads) {
    EXPECT_EQ(workload.form, Form::kExec);
    EXPECT_FALSE(workload.is_container());
    seen += run::dump(workload);
  }
  EXPECT_EQ(seen, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, ExecTest,
    testing::Values(Case{"exec -u root web sh", "name=web one-shot user=root"},
                    Case{"container exec --privileged web ip link", "name=web one-shot privileged"},
                    Case{"exec -itu 0 \"$ID\" sh", "one-shot user=0"}, Case{"exec -it web sh", ""},
                    Case{"exec web tool -u root", ""}, Case{"exec -u root", ""}, Case{"exec", ""},
                    Case{"compose exec -u root web sh", "name=web one-shot user=root"},
                    Case{"compose -f a.yaml --profile x exec -T --index 2 --privileged web sh",
                         "name=web one-shot privileged"},
                    Case{"compose exec web tool -u root", ""}, Case{"compose run -u root web", ""},
                    Case{"compose", ""}, Case{"compose -f", ""}));

}  // namespace
}  // namespace plimsoll::command_line
