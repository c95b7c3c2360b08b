#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace plimsoll::http {

/// A server on loopback for tests: one answer per connection.
class SampleServer {
 public:
  /// @param answer  the head of a request → the bytes that are sent; called from several threads
  explicit SampleServer(std::function<std::string(const std::string& head)> answer)
      : answer_(std::move(answer)), listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    listen_at(reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  /// At a unix socket, whose file stays.
  SampleServer(std::function<std::string(const std::string& head)> answer, const std::string& path)
      : answer_(std::move(answer)), listening_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    listen_at(reinterpret_cast<sockaddr*>(&address), sizeof address);
  }
  SampleServer(const SampleServer&) = delete;
  SampleServer& operator=(const SampleServer&) = delete;
  ~SampleServer() {
    ::shutdown(listening_, SHUT_RDWR);
    if (accepting_.joinable()) accepting_.join();
    for (std::thread& each : serving_) each.join();
    ::close(listening_);
  }

  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::string url(const std::string& target) const {
    return "http://" + host() + target;
  }
  /// The heads of all requests so far.
  [[nodiscard]] std::vector<std::string> heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

  /// An answer with its length.
  static std::string answer(int status, const std::string& body, const std::string& headers = {}) {
    return "HTTP/1.1 " + std::to_string(status) +
           " x\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
           headers + "\r\n" + body;
  }

 private:
  void listen_at(const sockaddr* address, socklen_t size) {
    if (::bind(listening_, address, size) != 0 || ::listen(listening_, 16) != 0) return;
    accepting_ = std::thread([this] { accept_all(); });
  }

  void accept_all() {
    while (true) {
      const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) return;
      serving_.emplace_back([this, client] { serve(client); });
    }
  }

  void serve(int client) {
    std::string head;
    std::array<char, 4096> buffer{};
    while (head.find("\r\n\r\n") == std::string::npos) {
      const ssize_t count = ::read(client, buffer.data(), buffer.size());
      // A handshake of TLS has no empty line: it is answered as a plain server does.
      if (count > 0 && head.empty() && buffer[0] == '\x16') break;
      if (count <= 0) break;
      head.append(buffer.data(), static_cast<std::size_t>(count));
    }
    const std::string bytes = head.empty() ? answer(400, "no TLS") : answer_(head);
    if (!head.empty()) {
      const std::lock_guard lock(mutex_);
      heard_.push_back(head);
    }
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const ssize_t count = ::send(client, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) break;
      sent += static_cast<std::size_t>(count);
    }
    ::shutdown(client, SHUT_WR);
    while (::read(client, buffer.data(), buffer.size()) > 0) {
    }
    ::close(client);
  }

  std::function<std::string(const std::string&)> answer_;
  int listening_;
  int port_ = 0;
  std::thread accepting_;
  std::vector<std::thread> serving_;  ///< of the accepting thread until it has ended
  mutable std::mutex mutex_;
  std::vector<std::string> heard_;
};

}  // namespace plimsoll::http
