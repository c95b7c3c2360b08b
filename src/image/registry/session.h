#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "http/client.h"
#include "http/url.h"
#include "image/registry/challenge.h"
#include "image/registry/credentials.h"
#include "image/registry/endpoint.h"

namespace plimsoll::image::registry {

/// The world as a session sees it.
struct Surroundings {
  const FileSystem& files;
  Variable variable;
  AskHelper ask_helper;
  /// Waits, because a server said so.
  std::function<void(std::chrono::seconds)> sleep;
};

/// Calls of one registry: finds out how it is spoken to, who we are to it, and bears with it. May
/// be used from several threads once one call has been answered. Source:
/// https://github.com/opencontainers/distribution-spec/blob/main/spec.md and
/// https://distribution.github.io/distribution/spec/auth/token/
class Session {
 public:
  /// @param surroundings  must outlive this
  Session(Endpoint endpoint, const Surroundings& surroundings)
      : endpoint_(std::move(endpoint)), world_(surroundings) {}

  /// @param path  below the repository: "manifests/latest"
  /// @return an answer with status 200 or 206, after redirects, which see no credentials
  /// @error kNotFound  status 404     @error kEnvironment  everything else that goes wrong
  [[nodiscard]] Result<std::unique_ptr<http::Response>> get(const std::string& path,
                                                            std::vector<std::string> headers);
  [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }

 private:
  using Answer = http::Outcome<std::unique_ptr<http::Response>>;

  [[nodiscard]] Result<std::unique_ptr<http::Response>> ask(
      const std::string& path, const std::vector<std::string>& headers);
  [[nodiscard]] Answer reach(const http::Url& url, const std::vector<std::string>& headers);
  [[nodiscard]] Answer follow(Answer answer, http::Url url,
                              const std::vector<std::string>& headers);
  [[nodiscard]] http::Request request_to(const http::Url& url) const;
  [[nodiscard]] std::optional<http::Url> base(bool secure) const;
  [[nodiscard]] bool may_be_plain() const;

  [[nodiscard]] Result<void> authorize(const http::Response& answer);
  [[nodiscard]] Result<void> fetch_token(const Challenge& challenge,
                                         const std::optional<Credential>& credential);
  void remember(std::string authorization, std::chrono::seconds lifetime);
  [[nodiscard]] std::string authorization() const;
  [[nodiscard]] tl::unexpected<Error> refuse(http::Response& answer) const;
  [[nodiscard]] Error failed(const http::Failure& failure) const;

  Endpoint endpoint_;
  const Surroundings& world_;
  std::optional<bool> secure_;                ///< known since the first answer
  http::Reach inmost_ = http::Reach::kLocal;  ///< where the registry itself lies
  mutable std::mutex mutex_;
  std::string authorization_;
  std::chrono::steady_clock::time_point authorized_until_;
};

}  // namespace plimsoll::image::registry
