#include "http/url.h"

#include <gtest/gtest.h>

namespace plimsoll::http {
namespace {

std::string read(std::string_view text) {
  const auto url = parse_url(text);
  return url ? url->to_string() : "refused";
}

TEST(Url, IsReadAndWrittenAnew) {
  EXPECT_EQ(read("HTTPS://Registry.Example/v2/a?b=c#d"), "https://registry.example/v2/a?b=c");
  EXPECT_EQ(read("http://localhost:5000"), "http://localhost:5000/");
  EXPECT_EQ(read("https://a:443/x"), "https://a/x");
  EXPECT_EQ(read("http://[::1]:80/x"), "http://[::1]/x");
  EXPECT_EQ(read("http://a?b"), "http://a/?b");
}

TEST(Url, OtherThingsAreRefused) {
  for (const char* text :
       {"file:///etc/passwd", "ftp://a/", "https://user@a/", "https://u:p@a/", "https://", "a/b",
        "http://a:0/", "http://a:65536/", "http://a:/", "http://a b/", "http://a/\r\nX: y",
        "http://[::1/", "http://a]b/", "http://\xC3\xA4/"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
}

std::string go(std::string_view base, std::string_view location) {
  const auto url = resolve(*parse_url(base), location);
  return url ? url->to_string() : "refused";
}

TEST(Url, LocationsAreResolved) {
  EXPECT_EQ(go("https://a/v2/x?q", "https://b/y"), "https://b/y");
  EXPECT_EQ(go("https://a/v2/x?q", "/y"), "https://a/y");
  EXPECT_EQ(go("https://a/v2/x?q", "//b/y"), "https://b/y");
  EXPECT_EQ(go("https://a/v2/x?q", "y"), "https://a/v2/y");
  EXPECT_EQ(go("https://a/v2/x?q", "?y"), "https://a/v2/x?y");
  EXPECT_EQ(go("https://a/v2/x", "y?u=http://z"), "https://a/v2/y?u=http://z");
  EXPECT_EQ(go("https://a/", "file:///etc/passwd"), "refused");
  EXPECT_EQ(go("https://a/", ""), "refused");
}

TEST(Url, AnOriginIsSchemeHostAndPort) {
  const Url a = *parse_url("https://a/x");
  EXPECT_TRUE(a.same_origin(*parse_url("https://A:443/y")));
  for (const char* other : {"http://a/x", "https://b/x", "https://a:444/x", "https://a.b/x"}) {
    EXPECT_FALSE(a.same_origin(*parse_url(other))) << other;
  }
}

TEST(Url, LoopbackIsNotWhatOnlyLooksLikeIt) {
  for (const char* host : {"localhost", "x.localhost", "127.0.0.1", "127.8.9.10", "[::1]"}) {
    EXPECT_TRUE(is_loopback(host)) << host;
  }
  for (const char* host :
       {"127.example.org", "127.0.0.1.example", "localhost.example", "128.0.0.1", "notlocalhost"}) {
    EXPECT_FALSE(is_loopback(host)) << host;
  }
}

TEST(Url, WordsAreEscaped) {
  EXPECT_EQ(escape_query("a/b:1 ~-._"), "a%2Fb%3A1%20~-._");
}

}  // namespace
}  // namespace plimsoll::http
