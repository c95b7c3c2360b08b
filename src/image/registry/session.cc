#include "image/registry/session.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/path.h"
#include "http/etiquette.h"
#include "image/bounded_json.h"

namespace plimsoll::image::registry {
namespace {

constexpr int kMostRedirects = 5;
constexpr int kMostWaits = 5;
constexpr std::chrono::seconds kLongestWait{60};
constexpr std::chrono::seconds kShortestToken{60};  // as the token's specification says
constexpr std::chrono::seconds kForEver{365 * 24 * 3600};
constexpr std::size_t kMostTokenBytes = 64U << 10U;
constexpr std::size_t kMostErrorBytes = 64U << 10U;
constexpr std::size_t kMostSaid = 200;

/// May stand in a header: RFC 6750's token68, and what else is seen.
bool is_token(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

/// One line, whatever a server says.
std::string one_line(std::string_view text) {
  std::string line(text.substr(0, kMostSaid));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c < ' ' || c == 0x7F; }, ' ');
  return line;
}

std::string basic(const Credential& credential) {
  return "Basic " + encode_base64(credential.user + ':' + credential.password);
}

/// What the error document of a registry says.
std::string said_by(http::Response& answer) {
  const auto body = http::read_body(answer, kMostErrorBytes);
  if (!body) return {};
  const auto parsed = parse_bounded_json(*body);
  if (!parsed) return {};
  const nlohmann::json& json = *parsed;
  if (!json.is_object() || !json.contains("errors") || !json["errors"].is_array()) return {};
  for (const auto& each : json["errors"]) {
    if (!each.is_object()) continue;
    const auto message = each.find("message");
    if (message != each.end() && message->is_string()) return one_line(message->get<std::string>());
  }
  return {};
}

}  // namespace

bool Session::may_be_plain() const {
  const std::string host = endpoint_.host.substr(0, endpoint_.host.rfind(':'));
  return endpoint_.insecure || http::is_loopback(host) || http::is_loopback(endpoint_.host);
}

std::optional<http::Url> Session::base(bool secure) const {
  return http::parse_url((secure ? "https://" : "http://") + endpoint_.host + "/v2/");
}

http::Request Session::request_to(const http::Url& url) const {
  http::Request request = http::request_to(url, world_.variable);
  request.any_certificate = endpoint_.insecure;
  const std::string own = path::join(path::join("/etc/docker/certs.d", endpoint_.host), "ca.crt");
  const auto origin = base(true);
  if (origin && origin->same_origin(url) && world_.files.is_file(own)) request.authorities = own;
  return request;
}

/// The first call finds out whether the registry speaks TLS.
Session::Answer Session::reach(const http::Url& url, const std::vector<std::string>& headers) {
  http::Request request = request_to(url);
  request.headers = headers;
  if (const std::string proof = authorization(); !proof.empty()) {
    request.headers.push_back("Authorization: " + proof);
  }
  return http::open(request);
}

Session::Answer Session::follow(Answer answer, http::Url url,
                                const std::vector<std::string>& headers) {
  const http::Url origin = url;
  for (int hops = 0; answer && http::is_redirect((*answer)->status()); ++hops) {
    const auto next = http::resolve(url, (*answer)->header("Location"));
    if (!next || (url.secure && !next->secure)) {
      return tl::unexpected(
          http::Failure{http::Failure::Kind::kBroken, "it redirects to where nobody may be sent"});
    }
    if (hops == kMostRedirects) {
      return tl::unexpected(http::Failure{http::Failure::Kind::kBroken, "too many redirects"});
    }
    url = *next;
    if (url.same_origin(origin)) {
      answer = reach(url, headers);
      continue;
    }
    // Another host: it gets no credentials, and may not lie further inside than this one.
    http::Request request = request_to(url);
    request.headers = headers;
    request.inmost = inmost_;
    answer = http::open(request);
  }
  return answer;
}

Result<std::unique_ptr<http::Response>> Session::get(const std::string& path,
                                                     std::vector<std::string> headers) {
  std::chrono::seconds waited{0};
  for (int tried = 0;; ++tried) {
    auto answer = ask(path, headers);
    if (!answer) return answer;
    const int status = (*answer)->status();
    if (status == 200 || status == 206) return answer;
    if (status != 429 && status != 503) return refuse(**answer);
    const std::chrono::seconds wait = http::wait_of(**answer, tried);
    waited += wait;
    if (tried == kMostWaits || wait > kLongestWait || waited > 2 * kLongestWait) {
      return refuse(**answer);
    }
    answer->reset();
    world_.sleep(wait);
  }
}

/// One call, and once more with credentials where they are wanted.
Result<std::unique_ptr<http::Response>> Session::ask(const std::string& path,
                                                     const std::vector<std::string>& headers) {
  const std::string target = endpoint_.repository + '/' + path;
  auto url = base(secure_.value_or(true));
  if (!url) return fail(ErrorCode::kUsage, "no registry can be called so", endpoint_.host);
  url->target += target;
  Answer answer = reach(*url, headers);
  if (!answer && !secure_ && may_be_plain() &&
      answer.error().kind != http::Failure::Kind::kCertificate &&
      answer.error().kind != http::Failure::Kind::kNoLibrary) {
    url = base(false);
    url->target += target;
    answer = reach(*url, headers);
  }
  if (!answer) return tl::unexpected(failed(answer.error()));
  if (!secure_) {
    secure_ = url->secure;
    inmost_ = (*answer)->reach();
  }
  if ((*answer)->status() == 401) {
    if (auto done = authorize(**answer); !done) return tl::unexpected(done.error());
    answer = reach(*url, headers);
  }
  answer = follow(std::move(answer), *url, headers);
  if (!answer) return tl::unexpected(failed(answer.error()));
  return *std::move(answer);
}

Result<void> Session::authorize(const http::Response& answer) {
  std::vector<Challenge> challenges;
  for (const std::string& header : answer.headers("WWW-Authenticate")) {
    for (Challenge& each : parse_challenges(header)) challenges.push_back(std::move(each));
  }
  const auto offered = [&](const char* scheme) {
    return std::find_if(challenges.begin(), challenges.end(),
                        [scheme](const Challenge& each) { return each.scheme == scheme; });
  };
  const Credentials credentials(world_.files, world_.variable, world_.ask_helper);
  const auto credential = credentials.find(endpoint_.account, endpoint_.repository);
  if (!credential) return tl::unexpected(credential.error());
  if (*credential && !(*credential)->registry_token.empty()) {
    remember("Bearer " + (*credential)->registry_token, kForEver);
    return {};
  }
  if (const auto bearer = offered("bearer"); bearer != challenges.end()) {
    return fetch_token(*bearer, *credential);
  }
  if (offered("basic") == challenges.end()) {
    return fail(ErrorCode::kEnvironment, "it wants to know who asks, in no way that is known",
                endpoint_.host);
  }
  if (!*credential || (*credential)->user.empty()) {
    return fail(ErrorCode::kEnvironment,
                "it wants to know who asks (docker login, podman login or skopeo login tells it)",
                endpoint_.host);
  }
  remember(basic(**credential), kForEver);
  return {};
}

Result<void> Session::fetch_token(const Challenge& challenge,
                                  const std::optional<Credential>& credential) {
  auto url = http::parse_url(challenge.parameter("realm"));
  // Over plain HTTP only where the registry itself was reached so.
  if (!url || (!url->secure && secure_.value_or(true))) {
    return fail(ErrorCode::kEnvironment, "it names no place to fetch a token from", endpoint_.host);
  }
  const std::string scope = "repository:" + endpoint_.repository + ":pull";
  std::string query = "scope=" + http::escape_query(scope);
  if (const std::string service = challenge.parameter("service"); !service.empty()) {
    query += "&service=" + http::escape_query(service);
  }
  http::Request request = request_to(*url);
  request.inmost = inmost_;
  if (credential && !credential->identity_token.empty()) {
    request.form = query + "&grant_type=refresh_token&client_id=plimsoll&refresh_token=" +
                   http::escape_query(credential->identity_token);
  } else {
    url->target += (url->target.find('?') == std::string::npos ? '?' : '&') + query;
    request.url = url->to_string();
    if (credential) request.headers.push_back("Authorization: " + basic(*credential));
  }
  auto answer = http::open(request);
  if (!answer)
    return tl::unexpected(http::to_error(answer.error(), url->host).in("asking for a token"));
  const int status = (*answer)->status();
  if (status != 200) {
    const bool denied = status == 401 || status == 403;
    return fail(ErrorCode::kEnvironment,
                denied
                    ? "its token server refuses " +
                          std::string(credential ? "these credentials" : "who has no credentials")
                    : "its token server answers with status " + std::to_string(status),
                endpoint_.host);
  }
  const auto body = http::read_body(**answer, kMostTokenBytes);
  if (!body)
    return tl::unexpected(http::to_error(body.error(), url->host).in("asking for a token"));
  const auto parsed = parse_bounded_json(*body);
  const nlohmann::json json = parsed ? *parsed : nlohmann::json();
  std::string token;
  std::chrono::seconds lifetime = kShortestToken;
  if (json.is_object()) {
    for (const char* key : {"access_token", "token"}) {
      if (json.contains(key) && json[key].is_string()) token = json[key].get<std::string>();
    }
    if (json.contains("expires_in") && json["expires_in"].is_number_unsigned()) {
      const auto seconds = json["expires_in"].get<std::uint64_t>();
      lifetime = std::chrono::seconds(std::min<std::uint64_t>(seconds, 24 * 3600));
    }
  }
  if (!is_token(token)) {
    return fail(ErrorCode::kEnvironment, "its token server gives no token", endpoint_.host);
  }
  remember("Bearer " + token, std::max(lifetime, kShortestToken) - std::chrono::seconds(10));
  return {};
}

void Session::remember(std::string authorization, std::chrono::seconds lifetime) {
  const std::lock_guard lock(mutex_);
  authorization_ = std::move(authorization);
  authorized_until_ = std::chrono::steady_clock::now() + lifetime;
}

std::string Session::authorization() const {
  const std::lock_guard lock(mutex_);
  return std::chrono::steady_clock::now() < authorized_until_ ? authorization_ : std::string();
}

Error Session::failed(const http::Failure& failure) const {
  Error error = http::to_error(failure, endpoint_.host);
  if (failure.kind == http::Failure::Kind::kNoTls && !may_be_plain()) {
    error.message = "it does not speak TLS (--insecure asks over plain HTTP)";
  } else if (failure.kind == http::Failure::Kind::kCertificate) {
    error.message = "nobody vouches for its certificate (--insecure takes any)";
  }
  return error;
}

tl::unexpected<Error> Session::refuse(http::Response& answer) const {
  const int status = answer.status();
  const std::string said = said_by(answer);
  const std::string more = said.empty() ? "" : " ('" + said + "')";
  if (status == 404)
    return fail(ErrorCode::kNotFound, "it has no such image" + more, endpoint_.host);
  if (status == 401 || status == 403) {
    return fail(ErrorCode::kEnvironment, "it does not let this account read the image" + more,
                endpoint_.host);
  }
  return fail(ErrorCode::kEnvironment, "it answers with status " + std::to_string(status) + more,
              endpoint_.host);
}

}  // namespace plimsoll::image::registry
