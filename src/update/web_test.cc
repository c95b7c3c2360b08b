#include "update/web.h"

#include <gtest/gtest.h>

#include "http/sample_server.h"

namespace plimsoll::update {
namespace {

using http::SampleServer;

struct Asked {
  std::string got;  ///< the body, or the error
  std::vector<long> waits;
};

Asked ask(const std::string& url, std::size_t times = 1) {
  Asked asked;
  Web web({.variable = [](std::string_view) { return std::string(); },
           .sleep = [&asked](std::chrono::seconds time) { asked.waits.push_back(time.count()); }});
  for (std::size_t i = 0; i < times; ++i) {
    const auto answer = web.get(url, {});
    asked.got =
        answer ? http::read_body(**answer, 1000).value_or("broken") : answer.error().message;
  }
  return asked;
}

TEST(Web, FollowsRedirects) {
  const SampleServer server([](const std::string& head) {
    if (head.starts_with("GET /a ")) return SampleServer::answer(302, "", "Location: /b/c\r\n");
    if (head.starts_with("GET /b/c ")) return SampleServer::answer(307, "", "Location: d\r\n");
    return SampleServer::answer(200, head.substr(0, head.find(" HTTP")));
  });
  EXPECT_EQ(ask(server.url("/a")).got, "GET /b/d");
}

TEST(Web, LeavesARingOfRedirects) {
  const SampleServer server(
      [](const std::string&) { return SampleServer::answer(301, "", "Location: /a\r\n"); });
  EXPECT_EQ(ask(server.url("/a")).got, "too many redirects");
}

TEST(Web, IsNotLedFromHttpsToHttp) {
  const http::Url secure = http::parse_url("https://a.example/").value();
  const http::Url plain = http::parse_url("http://a.example/").value();
  EXPECT_FALSE(may_lead(secure, plain, false));
  EXPECT_TRUE(may_lead(secure, plain, true));
  EXPECT_TRUE(may_lead(plain, secure, false));
  EXPECT_TRUE(may_lead(plain, plain, false));
}

TEST(Web, WaitsAsLongAsTheServerSays) {
  std::atomic<int> asked = 0;
  const SampleServer server([&asked](const std::string&) {
    return ++asked < 3 ? SampleServer::answer(429, "", "Retry-After: 7\r\n")
                       : SampleServer::answer(200, "here");
  });
  const Asked got = ask(server.url("/"));
  EXPECT_EQ(got.got, "here");
  EXPECT_EQ(got.waits, (std::vector<long>{7, 7}));
}

TEST(Web, WaitsLongerAndLongerWhereNothingIsSaid) {
  const SampleServer server([](const std::string&) { return SampleServer::answer(503, ""); });
  const Asked got = ask(server.url("/"));
  EXPECT_EQ(got.got, "it answers with status 503");
  EXPECT_EQ(got.waits, (std::vector<long>{1, 2, 4, 8}));
}

TEST(Web, DoesNotWaitForHours) {
  const SampleServer server(
      [](const std::string&) { return SampleServer::answer(429, "", "Retry-After: 3600\r\n"); });
  const Asked got = ask(server.url("/"));
  EXPECT_EQ(got.got, "it answers with status 429");
  EXPECT_TRUE(got.waits.empty());
}

TEST(Web, DoesNotAskAgainWhoRefuses) {
  const SampleServer server([](const std::string&) { return SampleServer::answer(403, ""); });
  EXPECT_EQ(ask(server.url("/")).got, "it answers with status 403");
  EXPECT_EQ(server.heard().size(), 1U);
}

TEST(Web, KnocksOnceWhereNobodyIs) {
  std::string url;
  {
    const SampleServer gone([](const std::string&) { return std::string(); });
    url = gone.url("/");
  }
  const Asked got = ask(url, 3);
  EXPECT_EQ(got.got, "nobody answers");
  EXPECT_TRUE(got.waits.empty());
}

}  // namespace
}  // namespace plimsoll::update
