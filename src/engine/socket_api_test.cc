#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <utility>

#include "core/limits.h"
#include "engine/engine.h"

namespace plimsoll::engine {
namespace {

/// Answers one call on a socket of its own with these bytes, and hears what was asked.
class OneAnswer {
 public:
  explicit OneAnswer(std::string bytes) : bytes_(std::move(bytes)) {
    std::string folder = "/tmp/plimsoll-socket-XXXXXX";
    folder_ = ::mkdtemp(folder.data());
    path_ = folder_ + "/s";
    listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path_.c_str(), path_.size() + 1);
    EXPECT_EQ(::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listening_, 1), 0);
    thread_ = std::thread([this] { serve(); });
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;
  ~OneAnswer() {
    finish();
    ::unlink(path_.c_str());
    ::rmdir(folder_.c_str());
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  /// What was asked, to its empty line.
  const std::string& heard() {
    finish();
    return heard_;
  }

 private:
  void finish() {
    if (thread_.joinable()) thread_.join();
    if (listening_ >= 0) ::close(std::exchange(listening_, -1));
  }

  void serve() {
    const int client = ::accept(listening_, nullptr, nullptr);
    std::array<char, 4096> buffer{};
    while (heard_.find("\r\n\r\n") == std::string::npos) {
      const ssize_t count = ::read(client, buffer.data(), buffer.size());
      if (count <= 0) break;
      heard_.append(buffer.data(), static_cast<std::size_t>(count));
    }
    std::size_t sent = 0;
    while (sent < bytes_.size()) {
      const ssize_t count =
          ::send(client, bytes_.data() + sent, bytes_.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) break;  // it has hung up
      sent += static_cast<std::size_t>(count);
    }
    ::close(client);
  }

  std::string bytes_;
  std::string folder_;
  std::string path_;
  std::string heard_;
  int listening_ = -1;
  std::thread thread_;
};

std::string error_of(std::string bytes) {
  OneAnswer server(std::move(bytes));
  const auto answer = open_socket(server.path())->get("/info");
  EXPECT_FALSE(answer);
  if (answer) return {};
  EXPECT_EQ(answer.error().path, server.path());
  EXPECT_NE(answer.error().message.find("GET /info"), std::string::npos);
  return answer.error().message;
}

TEST(SocketApi, GetsABody) {
  OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
  const auto answer = open_socket(server.path())->get("/containers/a/top?ps_args=-eo%20uid");
  ASSERT_TRUE(answer) << answer.error().to_line();
  EXPECT_EQ(*answer, "{}");
  EXPECT_EQ(server.heard().substr(0, server.heard().find('\r')),
            "GET /containers/a/top?ps_args=-eo%20uid HTTP/1.1");
}

TEST(SocketApi, TellsWhatIsNotThere) {
  OneAnswer server(
      "HTTP/1.1 404 Not Found\r\nContent-Length: 25\r\n\r\n{\"message\": \"no such 'x'\"}");
  const auto answer = open_socket(server.path())->get("/containers/x/json");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::kNotFound);
}

TEST(SocketApi, RepeatsWhatTheEngineSays) {
  const std::string body = R"({"message": "client is too old"})";
  const std::string error =
      error_of("HTTP/1.1 400 Bad Request\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body);
  EXPECT_NE(error.find("status 400 ('client is too old')"), std::string::npos) << error;
}

TEST(SocketApi, FollowsNowhere) {
  const std::string error =
      error_of("HTTP/1.1 302 Found\r\nLocation: http://example.com/\r\nContent-Length: 0\r\n\r\n");
  EXPECT_NE(error.find("status 302"), std::string::npos) << error;
}

TEST(SocketApi, RefusesAnEndlessAnswer) {
  const std::string error =
      error_of("HTTP/1.1 200 OK\r\n\r\n" + std::string(limits::kEngineAnswerBytes + 1, ' '));
  EXPECT_NE(error.find("too large"), std::string::npos) << error;
}

TEST(SocketApi, RefusesEndlessHeaders) {
  std::string bytes = "HTTP/1.1 200 OK\r\n";
  while (bytes.size() <= limits::kEngineHeaderBytes) bytes += "X-A: b\r\n";
  const std::string error = error_of(bytes);
  EXPECT_NE(error.find("too large"), std::string::npos) << error;
}

TEST(SocketApi, RefusesWhatIsNoHttp) {
  EXPECT_NE(error_of("hello\n"), "");
  EXPECT_NE(error_of(""), "");
}

TEST(SocketApi, SaysWhatToDoWhenNobodyAnswers) {
  const auto answer = open_socket("/nowhere/d.sock")->get("/info");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(answer.error().message.find("is the engine running?"), std::string::npos)
      << answer.error().message;
}

TEST(SocketApi, RefusesAPathThatIsTooLong) {
  EXPECT_FALSE(open_socket("/" + std::string(200, 'x'))->get("/info"));
}

}  // namespace
}  // namespace plimsoll::engine
