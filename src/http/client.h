#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/result.h"

/// HTTP calls whose answers are read as they come. Nothing follows a redirect, keeps a cookie or
/// knows a password: who calls decides that.
namespace plimsoll::http {

/// How far inside an address lies. What a stranger names may not lead further inside than the
/// stranger is: a public registry may send nobody to 127.0.0.1 or to 169.254.169.254.
enum class Reach : std::uint8_t { kPublic, kPrivate, kLocal };
/// @param address  "10.0.0.1", "fd00::1"; what is no address is public
[[nodiscard]] Reach reach_of(const std::string& address);

struct Failure {
  enum class Kind : std::uint8_t {
    kNoLibrary,    ///< libcurl is not installed, or this plimsoll is built without
    kNobody,       ///< no such host, or nobody listens there
    kNoTls,        ///< it does not speak TLS
    kCertificate,  ///< it does, with a certificate that nobody vouches for
    kForbidden,    ///< its address lies further inside than allowed
    kStalled,      ///< nothing comes any more
    kBroken,       ///< the answer ended early, or is none
    kTooLarge,
  };
  Kind kind = Kind::kBroken;
  std::string message;
};
template <class T>
using Outcome = tl::expected<T, Failure>;

struct Request {
  std::string url;
  std::string unix_socket;           ///< where there is one, the URL's host is not looked up
  std::vector<std::string> headers;  ///< "Accept: …"
  std::string form;                  ///< posted as application/x-www-form-urlencoded; "": GET
  std::string proxy;                 ///< "": none
  std::string no_proxy;              ///< hosts that are asked directly, as in NO_PROXY
  std::string authorities;           ///< file with further certificates to trust
  bool any_certificate = false;
  Reach inmost = Reach::kLocal;  ///< not checked behind a proxy, which looks up names itself
  /// For this long hardly anything may come.
  std::chrono::seconds stall{30};
};

/// An answer whose head is here. Its body is read by one thread at a time, and not fetched faster
/// than that but for a small buffer.
class Response {
 public:
  Response() = default;
  Response(const Response&) = delete;
  Response& operator=(const Response&) = delete;
  virtual ~Response() = default;

  [[nodiscard]] virtual int status() const = 0;
  /// All of one name, in their order; names are compared without case.
  [[nodiscard]] virtual std::vector<std::string> headers(std::string_view name) const = 0;
  [[nodiscard]] virtual Reach reach() const = 0;
  /// Some bytes of the body; 0 at its end.
  [[nodiscard]] virtual Outcome<std::size_t> read(std::span<char> buffer) = 0;

  /// The first of its name; "" when there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// Sends the request and waits for the head of the answer, whatever its status.
/// May be called from several threads, the first time from one: see http_library.h.
[[nodiscard]] Outcome<std::unique_ptr<Response>> open(const Request& request);

/// The whole body.
[[nodiscard]] Outcome<std::string> read_body(Response& response, std::size_t most);

/// As an error of whoever asked. @param whom  "registry.example"
[[nodiscard]] Error to_error(const Failure& failure, std::string whom);

}  // namespace plimsoll::http
