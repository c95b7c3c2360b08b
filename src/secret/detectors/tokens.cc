#include "secret/detector.h"
#include "secret/finders.h"

namespace plimsoll::secret::detectors {
namespace {

constexpr Detector kDetectors[] = {
    {.id = "jwt",
     .title = "JSON Web Token",
     .severity = Severity::kMedium,
     .aliases = "gitleaks:jwt trivy:jwt-token detect-secrets:jwt",
     .shape = Shape::kToken,
     .keywords = "eyJ",
     .pattern =
         R"re(eyJ[A-Za-z0-9]{6,}={0,2}\.eyJ[A-Za-z0-9_/\\+-]{6,}={0,2}(?:\.[A-Za-z0-9_/\\+-]*={0,2})?)re",
     .left_edge = false,
     .right_edge = false,
     .placeholders = true,
     .check = is_jwt,
     .source = "https://www.rfc-editor.org/rfc/rfc7519"},
    {.id = "jwt-base64",
     .title = "JSON Web Token in base64",
     .severity = Severity::kMedium,
     .aliases = "gitleaks:jwt-base64",
     .shape = Shape::kToken,
     .keywords = "ZXlK",
     .pattern = "ZXlK[A-Za-z0-9_/+-]{40,}={0,2}",
     .right_edge = false,
     .placeholders = true,
     .check = is_encoded_jwt,
     .source = "https://www.rfc-editor.org/rfc/rfc7519"},
    {.id = "curl-auth-header",
     .title = "authorization header of a curl command",
     .severity = Severity::kHigh,
     .aliases = "gitleaks:curl-auth-header",
     .shape = Shape::kFound,
     .keywords = "curl",
     .reach = 2048,
     .find = find_curl_header,
     .rank = 1,
     .source = "https://curl.se/docs/manpage.html#-H"},
    {.id = "curl-auth-user",
     .title = "login of a curl command",
     .severity = Severity::kHigh,
     .aliases = "gitleaks:curl-auth-user",
     .shape = Shape::kFound,
     .keywords = "curl",
     .reach = 2048,
     .find = find_curl_user,
     .rank = 1,
     .source = "https://curl.se/docs/manpage.html#-u"},
    {.id = "kubernetes-secret",
     .title = "value in a Kubernetes Secret",
     .severity = Severity::kHigh,
     .aliases = "gitleaks:kubernetes-secret-yaml",
     .shape = Shape::kFound,
     .caseless_keywords = "kind:",
     .reach = 8192,
     .find = find_kubernetes_secret,
     .files = "*.yaml *.yml",
     .rank = 1,
     .source = "https://kubernetes.io/docs/concepts/configuration/secret/"},
    {.id = "url-password",
     .title = "password in a URL",
     .severity = Severity::kHigh,
     .aliases = "detect-secrets:basic_auth",
     .shape = Shape::kFound,
     .keywords = "://",
     .reach = 64,
     .find = find_url_password,
     .rank = 1,
     .source = "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1"},
    {.id = "generic-key",
     .title = "value that looks random, under a name for secrets",
     .severity = Severity::kMedium,
     .aliases = "gitleaks:generic-api-key detect-secrets:keyword "
                "detect-secrets:base64_high_entropy_string detect-secrets:hex_high_entropy_string",
     .shape = Shape::kFound,
     .caseless_keywords = "key token secret passw auth access api credential creds",
     .reach = 64,
     .find = find_generic_key,
     .rank = 0,
     .source = "https://github.com/gitleaks/gitleaks#configuration"},
};

}  // namespace

const Family& tokens() {
  static constexpr Family kFamily{"Tokens of any issuer", kDetectors};
  return kFamily;
}

}  // namespace plimsoll::secret::detectors
