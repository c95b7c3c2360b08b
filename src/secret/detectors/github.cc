#include "secret/detector.h"

namespace plimsoll::secret::detectors {
namespace {

constexpr Detector kDetectors[] = {
    {.id = "github-pat",
     .title = "GitHub personal access token",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:github-pat trivy:github-pat detect-secrets:github_token",
     .shape = Shape::kToken,
     .keywords = "ghp_",
     .pattern = "ghp_[0-9A-Za-z]{36}",
     .entropy = 3.0,
     .source = "https://docs.github.com/authentication/keeping-your-account-and-data-secure/"
               "about-authentication-to-github"},
    {.id = "github-fine-grained-pat",
     .title = "GitHub fine-grained personal access token",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:github-fine-grained-pat trivy:github-fine-grained-pat",
     .shape = Shape::kToken,
     .keywords = "github_pat_",
     .pattern = "github_pat_[0-9A-Za-z_]{82}",
     .entropy = 3.0,
     .left_edge = false,
     .source = "https://github.blog/security/application-security/"
               "introducing-fine-grained-personal-access-tokens-for-github/"},
    {.id = "github-oauth",
     .title = "GitHub OAuth access token",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:github-oauth trivy:github-oauth detect-secrets:github_token",
     .shape = Shape::kToken,
     .keywords = "gho_",
     .pattern = "gho_[0-9A-Za-z]{36}",
     .entropy = 3.0,
     .source = "https://github.blog/engineering/platform-security/"
               "behind-githubs-new-authentication-token-formats/"},
    {.id = "github-app-token",
     .title = "GitHub App token",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:github-app-token trivy:github-app-token detect-secrets:github_token",
     .shape = Shape::kToken,
     .keywords = "ghu_ ghs_",
     .pattern =
         R"re((?:ghs_[0-9]{1,20}_eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}|gh[us]_[0-9A-Za-z]{36}))re",
     .entropy = 3.0,
     .source = "https://github.blog/engineering/platform-security/"
               "behind-githubs-new-authentication-token-formats/"},
    {.id = "github-refresh-token",
     .title = "GitHub refresh token",
     .severity = Severity::kCritical,
     .aliases =
         "gitleaks:github-refresh-token trivy:github-refresh-token detect-secrets:github_token",
     .shape = Shape::kToken,
     .keywords = "ghr_",
     .pattern = "ghr_(?:[0-9A-Za-z]{76}|[0-9A-Za-z]{36})",
     .entropy = 3.0,
     .source = "https://github.blog/engineering/platform-security/"
               "behind-githubs-new-authentication-token-formats/"},
};

}  // namespace

const Family& github() {
  static constexpr Family kFamily{"GitHub", kDetectors};
  return kFamily;
}

}  // namespace plimsoll::secret::detectors
