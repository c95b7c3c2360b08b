#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/result.h"
#include "http/client.h"
#include "http/etiquette.h"

namespace plimsoll::update {

struct WebOptions {
  http::Variable variable;  ///< of the environment: proxies, certificates
  /// Waits, because a server said so.
  std::function<void(std::chrono::seconds)> sleep;
  bool insecure = false;  ///< takes any certificate, and redirects from https to http
  std::chrono::seconds stall{30};
};

/// Whether a redirect may be followed: from https to http only with `insecure`.
[[nodiscard]] bool may_lead(const http::Url& from, const http::Url& to, bool insecure);

/// Asks servers, and bears with them: follows their redirects, waits when they are busy, and does
/// not knock again where nobody opened. May be used from several threads.
class Web {
 public:
  explicit Web(WebOptions options) : options_(std::move(options)) {}

  /// @return an answer with one of the statuses 200, 206, 304 and 416
  /// @error kNotFound  status 404 or 410      @error kEnvironment  everything else that goes wrong
  [[nodiscard]] Result<std::unique_ptr<http::Response>> get(
      const std::string& address, const std::vector<std::string>& headers);

  void sleep(std::chrono::seconds time) const { options_.sleep(time); }

 private:
  using Answer = http::Outcome<std::unique_ptr<http::Response>>;

  [[nodiscard]] Answer follow(http::Url url, const std::vector<std::string>& headers) const;
  [[nodiscard]] bool is_silent(const std::string& host);

  WebOptions options_;
  std::mutex mutex_;
  std::set<std::string> silent_;  ///< hosts where nobody answered
};

}  // namespace plimsoll::update
