#include "check/drift.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "parse/node.h"
#include "workload/compose.h"
#include "workload/inspect.h"

namespace plimsoll::check {
namespace {

struct Case {
  const char* name;
  const char* service;    ///< settings, in YAML's flow style
  const char* host;       ///< of HostConfig
  const char* container;  ///< of Config, then what stands beside it
  const char* want;
};

std::string drift(const Case& one) {
  const SourceFile compose_file(
      "compose.yaml", "name: shop\nservices: {web: {" + std::string(one.service) + "}}\n");
  const auto compose_tree = parse_yaml(compose_file);
  const compose::Sources none{[](const std::string& path) -> Result<const Tree*> {
                                return fail(ErrorCode::kNotFound, "not found", path);
                              },
                              [](const std::string& path) -> Result<const SourceFile*> {
                                return fail(ErrorCode::kNotFound, "not found", path);
                              }};
  const auto project = compose::read(*compose_tree, none);
  const SourceFile inspect_file("inspect.json", "{\"Name\": \"/web\", \"HostConfig\": {" +
                                                    std::string(one.host) + "}, \"Config\": {" +
                                                    std::string(one.container));
  const auto inspect_tree = parse_json(inspect_file);
  EXPECT_TRUE(inspect_tree->problems.empty()) << inspect_file.text();
  std::deque<Workload> containers;
  static_cast<void>(inspect::read(*inspect_tree, containers));
  const Workload* const service = project->service("web");
  if (service == nullptr || containers.size() != 1) return "broken case";
  std::string names;
  for (const std::string_view name : differences(*service, containers.front())) {
    names += (names.empty() ? "" : " ") + std::string(name);
  }
  return names;
}

class DriftTest : public testing::TestWithParam<Case> {};

TEST_P(DriftTest, NamesWhatDiffers) {
  EXPECT_EQ(drift(GetParam()), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Drift, DriftTest,
    testing::Values(
        Case{"nothing_is_set", "image: nginx", R"("Privileged":true,"Memory":5)",
             R"("Image":"nginx"}})", ""},
        Case{"image", "image: 'nginx:1'", "", R"("Image":"nginx:2"}})", "image"},
        Case{"image_written_otherwise", "image: nginx", "",
             R"("Image":"docker.io/library/nginx:latest"}})", ""},
        Case{"image_by_id", "image: nginx", "", R"("Image":"sha256:0a"}})", ""},
        Case{"built", "build: ., image: 'a:1'", "", R"("Image":"b:1"}})", ""},
        Case{"user", "image: a, user: '7'", "", R"("Image":"a","User":""}})", "user"},
        Case{"privileged", "image: a, privileged: false", R"("Privileged":true)",
             R"("Image":"a"}})", "privileged"},
        Case{"capabilities", "image: a, cap_add: [cap_chown], cap_drop: [ALL]",
             R"("CapAdd":["CAP_CHOWN"],"CapDrop":null)", R"("Image":"a"}})", "cap_drop"},
        Case{"security", "image: a, security_opt: ['no-new-privileges:true']", "",
             R"("Image":"a"}})", "security_opt"},
        Case{"seccomp_profile", "image: a, security_opt: ['seccomp:/p.json']",
             R"("SecurityOpt":["seccomp={\"a\":1}"])", R"("Image":"a"}})", ""},
        Case{"network", "image: a, network_mode: none", R"("NetworkMode":"host")",
             R"("Image":"a"}})", "network_mode"},
        Case{"network_of_a_service", "image: a, network_mode: 'service:db'",
             R"("NetworkMode":"container:0a")", R"("Image":"a"}})", ""},
        Case{"namespaces", "image: a, pid: host, ipc: host", R"("IpcMode":"host","PidMode":"")",
             R"("Image":"a"}})", "pid"},
        Case{"read_only", "image: a, read_only: true", R"("ReadonlyRootfs":false)",
             R"("Image":"a"}})", "read_only"},
        Case{"limits_spelled_otherwise",
             "image: a, mem_limit: 1.5gb, cpus: 0.50, pids_limit: 9, cpu_shares: 3",
             R"("Memory":1610612736,"NanoCpus":500000000,"PidsLimit":9)", R"("Image":"a"}})", ""},
        Case{"limits", "image: a, mem_limit: 1g, cpus: 2, pids_limit: 9", R"("Memory":5)",
             R"("Image":"a"}})", "mem_limit cpus pids_limit"},
        Case{"no_limit", "image: a, mem_limit: 0, pids_limit: -1", "", R"("Image":"a"}})", ""},
        Case{"quota", "image: a, cpu_quota: 50000", R"("CpuQuota":50000)", R"("Image":"a"}})", ""},
        Case{"mount_missing", "image: a, volumes: ['/etc/x:/x:ro']", "", R"("Image":"a"}})",
             "volumes"},
        Case{"mount_writable", "image: a, volumes: ['/etc/x:/x:ro']", R"("Binds":["/etc/x:/x"])",
             R"("Image":"a"}})", "volumes"},
        Case{"mount_of_a_desktop_engine", "image: a, volumes: ['/etc/x:/x:ro']", "",
             R"("Image":"a"},"Mounts":[{"Type":"bind","Source":"/host_mnt/etc/x",
                "Destination":"/x","RW":false}]})",
             ""},
        Case{"volume_of_the_image", "image: a, volumes: ['data:/d']", "",
             R"("Image":"a"},"Mounts":[{"Type":"volume","Name":"shop_data","Destination":"/d",
                "RW":true},{"Type":"volume","Name":"x","Destination":"/e","RW":true}]})",
             ""},
        Case{"ports", "image: a, ports: ['80:80', '443:443']",
             R"("PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"80"}]})", R"("Image":"a"}})",
             "ports"},
        Case{"port_is_open_to_more", "image: a, ports: ['127.0.0.1:80:80']",
             R"("PortBindings":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"80"}]})",
             R"("Image":"a"}})", "ports"},
        Case{"every_interface", "image: a, ports: ['80:80']",
             R"("PortBindings":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"80"}]})",
             R"("Image":"a"}})", ""},
        Case{"port_ranges", "image: a, ports: ['80-81:80-81']",
             R"("PortBindings":{"80/tcp":[{"HostPort":"80"}],"81/tcp":[{"HostPort":"81"}]})",
             R"("Image":"a"}})", ""},
        Case{"variables", "image: 'a:${V}', user: '${U}', mem_limit: '${M}'", "",
             R"("Image":"a:3","User":"0"}})", ""},
        Case{"wrong_types", "image: a, user: '7', read_only: true",
             R"("ReadonlyRootfs":"maybe","Memory":[])", R"("Image":{},"User":[]}})", ""}),
    [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace plimsoll::check
