#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "http/client.h"
#include "http/url.h"

/// What everybody does alike who calls strangers.
namespace plimsoll::http {

/// A variable of the environment; "" when it is not set.
using Variable = std::function<std::string(std::string_view name)>;

/// A request that goes where https_proxy, http_proxy and no_proxy say, and trusts what
/// SSL_CERT_FILE says. Loopback is asked directly.
[[nodiscard]] Request request_to(const Url& url, const Variable& variable);

[[nodiscard]] bool is_redirect(int status);

/// How long to wait before the next try: what Retry-After says in seconds, else one, two, four …
/// @param tried  how often before
[[nodiscard]] std::chrono::seconds wait_of(const Response& answer, int tried);

}  // namespace plimsoll::http
