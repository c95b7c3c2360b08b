#include "http/etiquette.h"

#include <charconv>

namespace plimsoll::http {

Request request_to(const Url& url, const Variable& variable) {
  Request request{.url = url.to_string()};
  const auto either = [&variable](const char* small, const char* capital) {
    std::string value = variable(small);
    return value.empty() ? variable(capital) : value;
  };
  if (!is_loopback(url.host)) {
    request.proxy = url.secure ? either("https_proxy", "HTTPS_PROXY") : variable("http_proxy");
    request.no_proxy = either("no_proxy", "NO_PROXY");
  }
  request.authorities = variable("SSL_CERT_FILE");
  return request;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::chrono::seconds wait_of(const Response& answer, int tried) {
  const std::string said = answer.header("Retry-After");
  long seconds = 0;
  const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), seconds);
  if (error == std::errc() && end == said.data() + said.size() && seconds >= 0) {
    return std::chrono::seconds(seconds);
  }
  return std::chrono::seconds(1L << tried);
}

}  // namespace plimsoll::http
