#include "http/etiquette.h"

#include <gtest/gtest.h>

#include <map>

namespace plimsoll::http {
namespace {

Request request_for(const std::string& url, const std::map<std::string, std::string>& environment) {
  return request_to(parse_url(url).value(), [&environment](std::string_view name) {
    const auto found = environment.find(std::string(name));
    return found == environment.end() ? std::string() : found->second;
  });
}

TEST(Etiquette, GoesThroughTheProxyOfTheScheme) {
  const std::map<std::string, std::string> environment{{"HTTPS_PROXY", "http://a:1"},
                                                       {"http_proxy", "http://b:2"},
                                                       {"NO_PROXY", "c.example"},
                                                       {"SSL_CERT_FILE", "/d.pem"}};
  const Request secure = request_for("https://x.example/", environment);
  EXPECT_EQ(secure.proxy, "http://a:1");
  EXPECT_EQ(secure.no_proxy, "c.example");
  EXPECT_EQ(secure.authorities, "/d.pem");
  EXPECT_EQ(request_for("http://x.example/", environment).proxy, "http://b:2");
  EXPECT_EQ(request_for("http://127.0.0.1:80/", environment).proxy, "");
  // CGI scripts get a header "Proxy" of strangers under this name (httpoxy).
  EXPECT_EQ(request_for("http://x.example/", {{"HTTP_PROXY", "http://a:1"}}).proxy, "");
}

TEST(Etiquette, KnowsRedirects) {
  for (const int status : {301, 302, 303, 307, 308}) EXPECT_TRUE(is_redirect(status)) << status;
  for (const int status : {200, 300, 304, 404}) EXPECT_FALSE(is_redirect(status)) << status;
}

}  // namespace
}  // namespace plimsoll::http
