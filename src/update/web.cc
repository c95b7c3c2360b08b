#include "update/web.h"

#include <utility>

#include "http/url.h"

namespace plimsoll::update {
namespace {

constexpr int kMostRedirects = 5;
constexpr int kMostTries = 5;
constexpr std::chrono::seconds kLongestWait{60};
constexpr std::chrono::seconds kLongestWaits{120};  // for one answer

bool is_busy(int status) {
  return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

bool may_pass(http::Failure::Kind kind) {
  return kind == http::Failure::Kind::kStalled || kind == http::Failure::Kind::kBroken;
}

http::Failure broken(std::string message) {
  return {http::Failure::Kind::kBroken, std::move(message)};
}

}  // namespace

bool may_lead(const http::Url& from, const http::Url& to, bool insecure) {
  return to.secure || !from.secure || insecure;
}

bool Web::is_silent(const std::string& host) {
  const std::lock_guard lock(mutex_);
  return silent_.contains(host);
}

/// A redirect leads neither from https to http nor further inside than who redirects.
Web::Answer Web::follow(http::Url url, const std::vector<std::string>& headers) const {
  http::Reach inmost = http::Reach::kLocal;
  for (int hops = 0;; ++hops) {
    http::Request request = http::request_to(url, options_.variable);
    request.headers = headers;
    request.any_certificate = options_.insecure;
    request.stall = options_.stall;
    request.inmost = inmost;
    Answer answer = http::open(request);
    if (!answer || !http::is_redirect((*answer)->status())) return answer;
    const auto next = http::resolve(url, (*answer)->header("Location"));
    if (!next) return tl::unexpected(broken("it redirects to no address"));
    if (!may_lead(url, *next, options_.insecure)) {
      return tl::unexpected(broken("it redirects from https to http"));
    }
    if (hops == kMostRedirects) return tl::unexpected(broken("too many redirects"));
    if (hops == 0) inmost = (*answer)->reach();
    url = *next;
  }
}

Result<std::unique_ptr<http::Response>> Web::get(const std::string& address,
                                                 const std::vector<std::string>& headers) {
  const auto url = http::parse_url(address);
  if (!url) return fail(ErrorCode::kUsage, "this is no address of http or https", address);
  std::chrono::seconds waited{0};
  for (int tried = 0;; ++tried) {
    if (is_silent(url->host)) {
      return fail(ErrorCode::kEnvironment, "nobody answers", url->host);
    }
    Answer answer = follow(*url, headers);
    std::chrono::seconds wait{1L << tried};
    Error error;
    if (answer) {
      const int status = (*answer)->status();
      if (status == 200 || status == 206 || status == 304 || status == 416) {
        return *std::move(answer);
      }
      if (status == 404 || status == 410) {
        return fail(ErrorCode::kNotFound, "it has no such file", url->host);
      }
      error = fail(ErrorCode::kEnvironment, "it answers with status " + std::to_string(status),
                   url->host)
                  .value();
      if (!is_busy(status)) return tl::unexpected(std::move(error));
      wait = http::wait_of(**answer, tried);
      answer = nullptr;  // the connection is not held while nobody reads
    } else {
      error = http::to_error(answer.error(), url->host);
      if (answer.error().kind == http::Failure::Kind::kCertificate) {
        error.message = "nobody vouches for its certificate (--insecure takes any)";
      }
      if (answer.error().kind == http::Failure::Kind::kNobody) {
        const std::lock_guard lock(mutex_);
        silent_.insert(url->host);
      }
      if (!may_pass(answer.error().kind)) return tl::unexpected(std::move(error));
    }
    waited += wait;
    if (tried + 1 == kMostTries || wait > kLongestWait || waited > kLongestWaits) {
      return tl::unexpected(std::move(error));
    }
    options_.sleep(wait);
  }
}

}  // namespace plimsoll::update
