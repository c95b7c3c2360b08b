#include "image/registry/challenge.h"

#include <gtest/gtest.h>

namespace plimsoll::image::registry {
namespace {

std::string read(std::string_view header) {
  std::string text;
  for (const Challenge& each : parse_challenges(header)) {
    text += each.scheme + '(';
    for (const auto& [key, value] : each.parameters) text += key + '=' + value + ';';
    text += ')';
  }
  return text;
}

TEST(Challenge, IsASchemeWithParameters) {
  EXPECT_EQ(read(R"(Bearer realm="https://auth.example/token",service="r",scope="a:b:pull,push")"),
            "bearer(realm=https://auth.example/token;scope=a:b:pull,push;service=r;)");
  EXPECT_EQ(read("Basic realm=plain"), "basic(realm=plain;)");
  EXPECT_EQ(read("BEARER  Realm = \"a\\\"b\" , x=\"\""), "bearer(realm=a\"b;x=;)");
}

TEST(Challenge, SeveralStandInOneHeader) {
  EXPECT_EQ(read(R"(Negotiate, Basic realm="a", Bearer realm="b", service=c)"),
            "negotiate()basic(realm=a;)bearer(realm=b;service=c;)");
}

TEST(Challenge, BrokenOnesEndSomewhere) {
  for (const char* text : {"", ",,,", "=", "Bearer realm=\"open", "Bearer realm=", "\"", "a==b",
                           "NTLM TlRMTVNTUAAC==", "x=\\", "realm=\"no scheme\""}) {
    static_cast<void>(read(text));
  }
  EXPECT_EQ(read("Bearer realm=\"open"), "bearer(realm=open;)");
  EXPECT_EQ(read("realm=\"no scheme\""), "");
}

}  // namespace
}  // namespace plimsoll::image::registry
