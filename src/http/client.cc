#include "http/client.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "core/ascii.h"
#include "http/http_library.h"

namespace plimsoll::http {
namespace {

constexpr long kConnectMilliseconds = 15'000;
constexpr std::size_t kHeadBytes = 64U << 10U;
constexpr std::size_t kBufferBytes = 512U << 10U;
constexpr std::uint64_t kSlowest = 100;  // bytes a second
constexpr int kOnceMilliseconds = 1'000;

/// One transfer of its own, so that any thread may drive it.
class CurlResponse final : public Response {
 public:
  explicit CurlResponse(const HttpLibrary& library) : http_(library) {}
  ~CurlResponse() override {
    if (multi_ != nullptr && easy_ != nullptr) http_.multi_remove_handle(multi_, easy_);
    if (easy_ != nullptr) http_.easy_cleanup(easy_);
    if (multi_ != nullptr) http_.multi_cleanup(multi_);
    http_.slist_free_all(sent_headers_);
  }
  CurlResponse(const CurlResponse&) = delete;
  CurlResponse& operator=(const CurlResponse&) = delete;

  Outcome<void> send(const Request& request) {
    inmost_ = request.proxy.empty() && request.unix_socket.empty() ? request.inmost : Reach::kLocal;
    stall_ = request.stall;
    easy_ = http_.easy_init();
    multi_ = http_.multi_init();
    if (easy_ == nullptr || multi_ == nullptr || !prepare(request) ||
        http_.multi_add_handle(multi_, easy_) != CURLM_OK) {
      return broken("the HTTP library does not start");
    }
    while (!head_is_here_) {
      if (ended_) return end_of_transfer();
      if (auto driven = drive(); !driven) return driven;
    }
    return {};
  }

  int status() const override { return status_; }
  Reach reach() const override { return reach_; }
  std::vector<std::string> headers(std::string_view name) const override {
    std::vector<std::string> found;
    for (const auto& [key, value] : head_) {
      if (ascii::iequals(key, name)) found.push_back(value);
    }
    return found;
  }

  Outcome<std::size_t> read(std::span<char> buffer) override {
    while (taken_ == buffer_.size()) {
      buffer_.clear();
      taken_ = 0;
      if (ended_) {
        if (auto end = end_of_transfer(); !end) return tl::unexpected(end.error());
        return 0;
      }
      if (std::exchange(paused_, false)) http_.easy_pause(easy_, CURLPAUSE_CONT);
      if (!buffer_.empty()) break;  // what was held back has come at once
      if (auto driven = drive(); !driven) return tl::unexpected(driven.error());
    }
    const std::size_t count = std::min(buffer.size(), buffer_.size() - taken_);
    std::copy_n(buffer_.data() + taken_, count, buffer.data());
    taken_ += count;
    return count;
  }

 private:
  bool prepare(const Request& request) {
    const auto set = [this](CURLoption option, auto value) {
      return http_.easy_setopt(easy_, option, value) == CURLE_OK;
    };
    for (const std::string& header : request.headers) {
      sent_headers_ = http_.slist_append(sent_headers_, header.c_str());
    }
    bool done = set(CURLOPT_URL, request.url.c_str()) && set(CURLOPT_PROTOCOLS_STR, "http,https") &&
                set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1)) &&
                set(CURLOPT_FOLLOWLOCATION, 0L) && set(CURLOPT_NOSIGNAL, 1L) &&
                set(CURLOPT_PATH_AS_IS, 1L) && set(CURLOPT_PROXY, request.proxy.c_str()) &&
                set(CURLOPT_NOPROXY, request.no_proxy.c_str()) &&
                set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L) &&
                set(CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds) &&
                set(CURLOPT_HTTPHEADER, sent_headers_) && set(CURLOPT_USERAGENT, "plimsoll") &&
                set(CURLOPT_HTTP09_ALLOWED, 0L) && set(CURLOPT_WRITEFUNCTION, take_body) &&
                set(CURLOPT_WRITEDATA, static_cast<void*>(this)) &&
                set(CURLOPT_HEADERFUNCTION, take_header) &&
                set(CURLOPT_HEADERDATA, static_cast<void*>(this)) &&
                set(CURLOPT_OPENSOCKETFUNCTION, open_socket) &&
                set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    if (!request.unix_socket.empty()) {
      done = done && set(CURLOPT_UNIX_SOCKET_PATH, request.unix_socket.c_str());
    }
    if (!request.form.empty()) done = done && set(CURLOPT_COPYPOSTFIELDS, request.form.c_str());
    if (!request.authorities.empty()) {
      done = done && set(CURLOPT_CAINFO, request.authorities.c_str());
    }
    if (request.any_certificate) {
      done = done && set(CURLOPT_SSL_VERIFYPEER, 0L) && set(CURLOPT_SSL_VERIFYHOST, 0L);
    }
    return done;
  }

  /// Waits until something happens, at most a second, and counts how long nothing does.
  Outcome<void> drive() {
    int running = 0;
    const std::uint64_t before = received_;
    if (http_.multi_perform(multi_, &running) != CURLM_OK) return broken("the HTTP library fails");
    int left = 0;
    while (const CURLMsg* message = http_.multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      ended_ = true;
      outcome_ = message->data.result;
    }
    if (ended_ || received_ != before) return {};
    const auto start = std::chrono::steady_clock::now();
    if (http_.multi_poll(multi_, nullptr, 0, kOnceMilliseconds, nullptr) != CURLM_OK) {
      return broken("the HTTP library fails");
    }
    waited_ += std::chrono::steady_clock::now() - start;
    if (waited_ < stall_) return {};
    const std::uint64_t enough = kSlowest * static_cast<std::uint64_t>(stall_.count());
    if (received_ - counted_ < enough) {
      return tl::unexpected(
          Failure{Failure::Kind::kStalled,
                  "hardly anything came for " + std::to_string(stall_.count()) + " seconds"});
    }
    counted_ = received_;
    waited_ = {};
    return {};
  }

  Outcome<void> end_of_transfer() {
    if (head_is_too_large_) {
      return tl::unexpected(
          Failure{Failure::Kind::kTooLarge, "the head of the answer is too large"});
    }
    if (outcome_ == CURLE_OK && head_is_here_) return {};
    if (forbidden_) {
      return tl::unexpected(
          Failure{Failure::Kind::kForbidden, "it leads to an address of a network further inside"});
    }
    return tl::unexpected(Failure{kind_of(outcome_), reason()});
  }

  static Failure::Kind kind_of(CURLcode outcome) {
    switch (outcome) {
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY:
      case CURLE_COULDNT_CONNECT:
      case CURLE_OPERATION_TIMEDOUT: return Failure::Kind::kNobody;
      case CURLE_SSL_CONNECT_ERROR: return Failure::Kind::kNoTls;
      case CURLE_PEER_FAILED_VERIFICATION: return Failure::Kind::kCertificate;
      default: return Failure::Kind::kBroken;
    }
  }

  [[nodiscard]] std::string reason() const {
    long number = 0;
    http_.easy_getinfo(easy_, CURLINFO_OS_ERRNO, &number);
    if (outcome_ == CURLE_COULDNT_CONNECT && (number == EACCES || number == EPERM)) {
      return "no permission to talk to it (run as root, or as a member of the socket's group)";
    }
    if (outcome_ == CURLE_COULDNT_CONNECT) return "nobody answers";
    if (outcome_ == CURLE_COULDNT_RESOLVE_HOST) return "there is no such host";
    std::string text = http_.easy_strerror(outcome_);
    if (!text.empty()) text.front() = ascii::to_lower(text.front());
    return text;
  }

  static tl::unexpected<Failure> broken(std::string message) {
    return tl::unexpected(Failure{Failure::Kind::kBroken, std::move(message)});
  }

  static std::size_t take_body(char* data, std::size_t size, std::size_t count, void* into) {
    CurlResponse& self = *static_cast<CurlResponse*>(into);
    // What is refused here libcurl keeps, and stops reading the connection.
    if (self.buffer_.size() >= kBufferBytes) {
      self.paused_ = true;
      return CURL_WRITEFUNC_PAUSE;
    }
    self.buffer_.append(data, size * count);
    self.received_ += size * count;
    return size * count;
  }

  static std::size_t take_header(char* data, std::size_t size, std::size_t count, void* into) {
    CurlResponse& self = *static_cast<CurlResponse*>(into);
    const std::size_t bytes = size * count;
    self.head_bytes_ += bytes;
    self.received_ += bytes;
    self.head_is_too_large_ = self.head_bytes_ > kHeadBytes;
    if (self.head_is_too_large_) return 0;
    self.add_header(ascii::trim(std::string_view(data, bytes)));
    return bytes;
  }

  void add_header(std::string_view line) {
    if (head_is_here_) return;  // a trailer
    if (line.starts_with("HTTP/")) {
      head_.clear();
      return;
    }
    if (line.empty()) {
      long status = 0;
      http_.easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
      status_ = static_cast<int>(status);
      const char* address = nullptr;
      http_.easy_getinfo(easy_, CURLINFO_PRIMARY_IP, &address);
      reach_ = reach_of(address == nullptr ? "" : address);
      head_is_here_ = status >= 200;  // "100 Continue" is no answer yet
      return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    head_.emplace_back(ascii::trim(line.substr(0, colon)), ascii::trim(line.substr(colon + 1)));
  }

  /// The address is checked that is connected to: a name may mean another one a moment later.
  static curl_socket_t open_socket(void* from, curlsocktype, curl_sockaddr* address) {
    CurlResponse& self = *static_cast<CurlResponse*>(from);
    if (address->family == AF_INET || address->family == AF_INET6) {
      std::array<char, NI_MAXHOST> text{};
      if (::getnameinfo(&address->addr, address->addrlen, text.data(), text.size(), nullptr, 0,
                        NI_NUMERICHOST) != 0 ||
          reach_of(std::string(text.data()).substr(0, std::string(text.data()).find('%'))) >
              self.inmost_) {
        self.forbidden_ = true;
        return CURL_SOCKET_BAD;
      }
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  const HttpLibrary& http_;
  CURL* easy_ = nullptr;
  CURLM* multi_ = nullptr;
  curl_slist* sent_headers_ = nullptr;

  int status_ = 0;
  std::vector<std::pair<std::string, std::string>> head_;
  std::size_t head_bytes_ = 0;
  bool head_is_here_ = false;
  bool head_is_too_large_ = false;
  Reach reach_ = Reach::kPublic;
  Reach inmost_ = Reach::kLocal;
  bool forbidden_ = false;

  std::string buffer_;
  std::size_t taken_ = 0;  ///< of the buffer
  bool paused_ = false;
  bool ended_ = false;
  CURLcode outcome_ = CURLE_OK;

  std::chrono::seconds stall_{};
  std::chrono::steady_clock::duration waited_{};
  std::uint64_t received_ = 0;
  std::uint64_t counted_ = 0;  ///< of `received_`, when waiting was last counted from nothing
};

}  // namespace

Outcome<std::unique_ptr<Response>> open(const Request& request) {
  const HttpLibrary* library = http_library();
  if (library == nullptr) {
    return tl::unexpected(
        Failure{Failure::Kind::kNoLibrary, "libcurl.so.4 is not installed (package libcurl4)"});
  }
  auto response = std::make_unique<CurlResponse>(*library);
  if (auto sent = response->send(request); !sent) return tl::unexpected(sent.error());
  return response;
}

}  // namespace plimsoll::http
