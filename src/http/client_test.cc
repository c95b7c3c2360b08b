#include "http/client.h"

#include <gtest/gtest.h>

#include <array>

#include "http/sample_server.h"

namespace plimsoll::http {
namespace {

std::string body_of(const Request& request) {
  auto response = open(request);
  if (!response) return "failed: " + response.error().message;
  auto body = read_body(**response, 1U << 20U);
  return body ? *body : "broken: " + body.error().message;
}

TEST(Client, TellsStatusHeadersAndBody) {
  const SampleServer server(
      [](const std::string&) { return SampleServer::answer(404, "gone", "A: 1\r\na:  2 \r\n"); });
  auto response = open({.url = server.url("/x?y=z"), .headers = {"Accept: text/plain"}});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ((*response)->status(), 404);
  EXPECT_EQ((*response)->headers("a"), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ((*response)->header("none"), "");
  EXPECT_EQ((*response)->reach(), Reach::kLocal);
  EXPECT_EQ(read_body(**response, 4).value(), "gone");
  const std::string heard = server.heard().at(0);
  EXPECT_TRUE(heard.starts_with("GET /x?y=z HTTP/1.1\r\n")) << heard;
  EXPECT_NE(heard.find("Accept: text/plain\r\n"), std::string::npos) << heard;
}

TEST(Client, APostedFormIsOne) {
  const SampleServer server([](const std::string&) { return SampleServer::answer(200, "ok"); });
  EXPECT_EQ(body_of({.url = server.url("/t"), .form = "a=b"}), "ok");
  EXPECT_TRUE(server.heard().at(0).starts_with("POST /t "));
}

TEST(Client, NoRedirectIsFollowed) {
  const SampleServer server(
      [](const std::string&) { return SampleServer::answer(307, "", "Location: /elsewhere\r\n"); });
  auto response = open({.url = server.url("/")});
  ASSERT_TRUE(response);
  EXPECT_EQ((*response)->status(), 307);
  EXPECT_EQ(server.heard().size(), 1U);
}

TEST(Client, ABodyLargerThanItsBufferComesWhole) {
  std::string large;
  while (large.size() < (8U << 20U)) large += std::to_string(large.size()) + ' ';
  const SampleServer server([&](const std::string&) { return SampleServer::answer(200, large); });
  auto response = open({.url = server.url("/")});
  ASSERT_TRUE(response);
  std::string read;
  std::array<char, 1000> buffer{};
  while (true) {
    const auto got = (*response)->read(buffer);
    ASSERT_TRUE(got) << got.error().message;
    if (*got == 0) break;
    read.append(buffer.data(), *got);
  }
  EXPECT_TRUE(read == large);
}

TEST(Client, AnAnswerThatIsCutIsBroken) {
  const SampleServer server(
      [](const std::string&) { return "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive!"; });
  auto response = open({.url = server.url("/")});
  ASSERT_TRUE(response);
  const auto body = read_body(**response, 100);
  ASSERT_FALSE(body);
  EXPECT_EQ(body.error().kind, Failure::Kind::kBroken);
}

TEST(Client, ABodyBeyondTheLimitIsRefused) {
  const SampleServer server([](const std::string&) { return SampleServer::answer(200, "12345"); });
  auto response = open({.url = server.url("/")});
  ASSERT_TRUE(response);
  EXPECT_EQ(read_body(**response, 4).error().kind, Failure::Kind::kTooLarge);
}

TEST(Client, AHeadBeyondTheLimitIsRefused) {
  const SampleServer server([](const std::string&) {
    std::string lines;
    for (int i = 0; i < 100; ++i) lines += "X: " + std::string(1000, 'x') + "\r\n";
    return SampleServer::answer(200, "", lines);
  });
  const auto response = open({.url = server.url("/")});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, Failure::Kind::kTooLarge);
}

TEST(Client, AnAddressFurtherInsideIsNotConnectedTo) {
  const SampleServer server([](const std::string&) { return SampleServer::answer(200, "secret"); });
  const auto response = open({.url = server.url("/"), .inmost = Reach::kPublic});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, Failure::Kind::kForbidden);
  EXPECT_TRUE(server.heard().empty());
}

TEST(Client, SaysWhyNothingCame) {
  const SampleServer server([](const std::string&) { return SampleServer::answer(200, ""); });
  const auto plain = open({.url = "https://" + server.host() + "/"});
  ASSERT_FALSE(plain);
  EXPECT_EQ(plain.error().kind, Failure::Kind::kNoTls);
  const auto nobody = open({.url = "http://127.0.0.1:1/"});
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().kind, Failure::Kind::kNobody);
  const auto socket = open({.url = "http://localhost/", .unix_socket = "/nonexistent/socket"});
  ASSERT_FALSE(socket);
  EXPECT_EQ(socket.error().kind, Failure::Kind::kNobody);
}

TEST(Client, WhatStallsIsGivenUp) {
  const SampleServer server([](const std::string&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2500));
    return SampleServer::answer(200, "late");
  });
  const auto response = open({.url = server.url("/"), .stall = std::chrono::seconds(1)});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, Failure::Kind::kStalled);
}

}  // namespace
}  // namespace plimsoll::http
