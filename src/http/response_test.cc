#include <gtest/gtest.h>

#include "http/client.h"

namespace plimsoll::http {
namespace {

TEST(Reach, IsHowFarInsideAnAddressLies) {
  for (const char* address : {"93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:2800::1"}) {
    EXPECT_EQ(reach_of(address), Reach::kPublic) << address;
  }
  for (const char* address : {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
                              "100.64.0.1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"}) {
    EXPECT_EQ(reach_of(address), Reach::kPrivate) << address;
  }
  for (const char* address : {"127.0.0.1", "0.0.0.0", "169.254.169.254", "224.0.0.1", "::1", "::",
                              "fe80::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe"}) {
    EXPECT_EQ(reach_of(address), Reach::kLocal) << address;
  }
}

}  // namespace
}  // namespace plimsoll::http
