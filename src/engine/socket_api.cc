#include <cerrno>
#include <memory>
#include <utility>

#include "core/limits.h"
#include "engine/answer.h"
#include "engine/engine.h"
#include "http/http_library.h"

namespace plimsoll::engine {
namespace {

constexpr long kConnectMilliseconds = 5'000;
constexpr long kCallMilliseconds = 30'000;
constexpr long kOk = 200;
constexpr long kNotFoundStatus = 404;

struct FreeHandle {
  void operator()(CURL* handle) const { http::http_library()->easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, FreeHandle>;

/// What came, and never more of it than the limits let in.
struct Reception {
  std::string body;
  std::size_t header_bytes = 0;
  bool too_large = false;
};

/// libcurl takes any other count than `size * count` for "stop".
std::size_t take_body(char* data, std::size_t size, std::size_t count, void* into) {
  Reception& reception = *static_cast<Reception*>(into);
  const std::size_t bytes = size * count;
  if (reception.body.size() + bytes > limits::kEngineAnswerBytes) {
    reception.too_large = true;
    return 0;
  }
  reception.body.append(data, bytes);
  return bytes;
}

/// libcurl keeps headers; it has no limit of its own for all of them.
std::size_t take_header(char*, std::size_t size, std::size_t count, void* into) {
  Reception& reception = *static_cast<Reception*>(into);
  reception.header_bytes += size * count;
  reception.too_large = reception.header_bytes > limits::kEngineHeaderBytes;
  return reception.too_large ? 0 : size * count;
}

class SocketApi final : public Api {
 public:
  explicit SocketApi(std::string path) : path_(std::move(path)), http_(http::http_library()) {}

  std::string name() const override { return path_; }

  Result<std::string> get(std::string_view path) const override {
    if (http_ == nullptr) return refuse(path, "libcurl.so.4 is not installed (package libcurl4)");
    const Handle handle(http_->easy_init());
    Reception reception;
    if (handle == nullptr || !prepare(handle.get(), path, reception)) {
      return refuse(path, "the HTTP library does not start");
    }
    const CURLcode outcome = http_->easy_perform(handle.get());
    if (reception.too_large) return refuse(path, "the answer is too large");
    if (outcome != CURLE_OK) return refuse(path, reason(handle.get(), outcome));
    long status = 0;
    http_->easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status == kOk) return std::move(reception.body);
    std::string said = "answered with status " + std::to_string(status);
    if (const std::string message = message_of(reception.body); !message.empty()) {
      said += " ('" + message + "')";
    }
    auto refusal = refuse(path, said);
    if (status == kNotFoundStatus) refusal.value().code = ErrorCode::kNotFound;
    return refusal;
  }

 private:
  bool prepare(CURL* handle, std::string_view path, Reception& reception) const {
    // The host of the address is not used: the socket decides.
    const std::string address = "http://localhost" + std::string(path);
    const auto set = [this, handle](CURLoption option, auto value) {
      return http_->easy_setopt(handle, option, value) == CURLE_OK;
    };
    return set(CURLOPT_UNIX_SOCKET_PATH, path_.c_str()) && set(CURLOPT_URL, address.c_str()) &&
           set(CURLOPT_PROTOCOLS_STR, "http") && set(CURLOPT_HTTPGET, 1L) &&
           set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1)) &&
           set(CURLOPT_PATH_AS_IS, 1L) && set(CURLOPT_FOLLOWLOCATION, 0L) &&
           set(CURLOPT_PROXY, "") && set(CURLOPT_NOSIGNAL, 1L) &&
           set(CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds) &&
           set(CURLOPT_TIMEOUT_MS, kCallMilliseconds) && set(CURLOPT_WRITEFUNCTION, take_body) &&
           set(CURLOPT_WRITEDATA, static_cast<void*>(&reception)) &&
           set(CURLOPT_HEADERFUNCTION, take_header) &&
           set(CURLOPT_HEADERDATA, static_cast<void*>(&reception));
  }

  /// What to do about it, where that is known.
  [[nodiscard]] std::string reason(CURL* handle, CURLcode outcome) const {
    long number = 0;
    http_->easy_getinfo(handle, CURLINFO_OS_ERRNO, &number);
    if (outcome == CURLE_COULDNT_CONNECT && (number == EACCES || number == EPERM)) {
      return "no permission to talk to it (run as root, or as a member of the socket's group)";
    }
    if (outcome == CURLE_COULDNT_CONNECT) {
      return "nobody answers (is the engine running? DOCKER_HOST=unix://PATH names another)";
    }
    if (outcome == CURLE_OPERATION_TIMEDOUT) return "no answer in time";
    return http_->easy_strerror(outcome);
  }

  [[nodiscard]] tl::unexpected<Error> refuse(std::string_view call, std::string reason) const {
    return fail(ErrorCode::kEnvironment, "GET " + std::string(call) + ": " + std::move(reason),
                path_);
  }

  std::string path_;
  const http::HttpLibrary* http_;
};

}  // namespace

std::unique_ptr<Api> open_socket(std::string path) {
  return std::make_unique<SocketApi>(std::move(path));
}

}  // namespace plimsoll::engine
