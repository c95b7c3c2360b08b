#include "check/published_port.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

TEST(PortNumber, TakesOnePortOnly) {
  EXPECT_EQ(port_number("80"), 80);
  EXPECT_EQ(port_number("65535"), 65535);
  for (const std::string_view text : {"", "0", "65536", "99999", "100000", "80-81", "x", "-1"}) {
    EXPECT_EQ(port_number(text), std::nullopt) << text;
  }
}

TEST(OnAllInterfaces, DependsOnTheAddress) {
  for (const std::string_view ip : {"", "0.0.0.0", "::", "[::]"}) {
    EXPECT_TRUE(on_all_interfaces({.host_ip = std::string(ip)})) << ip;
  }
  for (const std::string_view ip : {"127.0.0.1", "::1", "10.0.0.1"}) {
    EXPECT_FALSE(on_all_interfaces({.host_ip = std::string(ip)})) << ip;
  }
  EXPECT_FALSE(on_all_interfaces({.published = false}));
  EXPECT_FALSE(on_all_interfaces({.known = false}));
}

TEST(SensitiveService, GoesByTheContainersSide) {
  EXPECT_EQ(sensitive_service({.host_port = "1", .container_port = "5432"}), "PostgreSQL");
  EXPECT_EQ(sensitive_service({.container_port = "23"}), "Telnet");
  EXPECT_EQ(sensitive_service({.container_port = "28015"}), "RethinkDB");
  EXPECT_EQ(sensitive_service({.host_port = "5432", .container_port = "80"}), "");
  EXPECT_EQ(sensitive_service({.container_port = "22"}), "");
  EXPECT_EQ(sensitive_service({.container_port = "6379", .protocol = "udp"}), "");
}

TEST(ReachableFromOutside, ByPortByHostNetworkOrByPublishingAll) {
  Workload workload;
  EXPECT_FALSE(reachable_from_outside(workload));
  workload.ports.push_back({.host_ip = "127.0.0.1", .container_port = "80"});
  EXPECT_FALSE(reachable_from_outside(workload));
  workload.ports.push_back({.container_port = "80"});
  EXPECT_TRUE(reachable_from_outside(workload));

  Workload on_host;
  on_host.network_mode = {.value = "host", .origin = Origin::kSet};
  EXPECT_TRUE(reachable_from_outside(on_host));
  Workload all;
  all.publish_all = {.value = true, .origin = Origin::kSet};
  EXPECT_TRUE(reachable_from_outside(all));
}

}  // namespace
}  // namespace plimsoll::check
