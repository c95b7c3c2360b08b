#include <algorithm>

#include "core/ascii.h"
#include "secret/detector.h"
#include "secret/finders.h"

namespace plimsoll::secret::detectors {
namespace {

/// "//registry.example.com/:_authToken=…": the line begins with the registry.
bool is_registry_line(const Spot& spot, Match, std::string_view) {
  const std::size_t newline =
      spot.at == 0 ? std::string_view::npos : spot.text.rfind('\n', spot.at - 1);
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  return spot.text.substr(begin, spot.at - begin).find("//") != std::string_view::npos;
}

/// A macaroon that goes on with its identifier has a caveat and a signature, too: shorter, it was
/// cut.
bool is_long_pypi_token(const Spot&, Match, std::string_view secret) {
  constexpr std::string_view kIdentifier = "pypi-AgEIcHlwaS5vcmcCJ";
  constexpr std::size_t kShortest = 120;
  return !secret.starts_with(kIdentifier) || secret.size() >= kShortest;
}

/// "%PASSWORD%" is a variable; one password is Microsoft's example.
bool is_no_published_password(const Spot&, Match, std::string_view secret) {
  return !(secret.starts_with("33f!!") && secret.size() == 11);
}

/// A whole key, not a part of other base64, such as a certificate.
bool is_artifactory_place(const Spot& spot, Match match, std::string_view secret) {
  constexpr std::size_t kKey = 73;
  const auto is_base64 = [&spot](std::size_t at) {
    return at < spot.text.size() && std::string_view("+/=").find(spot.text[at]) < 2;
  };
  const bool inside = (match.begin > 0 && is_base64(match.begin - 1)) || is_base64(match.end);
  return !inside && (secret.starts_with("AKCp") ? secret.size() == kKey : secret.size() <= kKey);
}

/// Not a word in capitals.
bool is_artifactory_password(const Spot&, Match, std::string_view secret) {
  return std::any_of(secret.begin(), secret.end(), ascii::is_lower) && secret.size() <= 80;
}

constexpr Detector kDetectors[] = {
    {.id = "npm-token",
     .title = "npm access token",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:npm-access-token trivy:npm-access-token detect-secrets:npm",
     .shape = Shape::kToken,
     .keywords = "npm_",
     .pattern = "npm_[A-Za-z0-9]{36}",
     .entropy = 2.0,
     .source = "https://docs.npmjs.com/about-access-tokens"},
    {.id = "npm-auth-token",
     .title = "npm token in .npmrc",
     .severity = Severity::kCritical,
     .aliases = "detect-secrets:npm",
     .shape = Shape::kToken,
     .keywords = "/:_authToken",
     .pattern =
         R"re(/:_authToken\s{0,3}=\s{0,3}["\']?(npm_[A-Za-z0-9-]{5,80}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}))re",
     .group = 1,
     .left_edge = false,
     .placeholders = true,
     .check = is_registry_line,
     .source = "https://docs.npmjs.com/cli/configuring-npm/npmrc"},
    {.id = "npm-auth",
     .title = "npm password in .npmrc",
     .severity = Severity::kHigh,
     .shape = Shape::kToken,
     .keywords = ":_password :_auth",
     .pattern = R"re(:_(?:password|auth)\s{0,3}=\s{0,3}["\']?([A-Za-z0-9+/]{12,}={0,2}))re",
     .group = 1,
     .entropy = 3.0,
     .left_edge = false,
     .source = "https://docs.npmjs.com/cli/configuring-npm/npmrc"},
    {.id = "pypi-token",
     .title = "PyPI API token",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:pypi-upload-token trivy:pypi-upload-token detect-secrets:pypi_token",
     .shape = Shape::kToken,
     .keywords = "pypi-AgEIcHlwaS5vcmc pypi-AgENdGVzdC5weXBpLm9yZw",
     .pattern = "pypi-(?:AgEIcHlwaS5vcmc|AgENdGVzdC5weXBpLm9yZw)[A-Za-z0-9_-]{50,}",
     .entropy = 3.0,
     .check = is_long_pypi_token,
     .source = "https://pypi.org/help/#apitoken"},
    {.id = "rubygems-token",
     .title = "RubyGems API key",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:rubygems-api-token trivy:rubygems-api-token",
     .shape = Shape::kToken,
     .keywords = "rubygems_",
     .pattern = "rubygems_[a-f0-9]{48}",
     .entropy = 2.0,
     .source = "https://guides.rubygems.org/api-key-scopes/"},
    {.id = "clojars-token",
     .title = "Clojars deploy token",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:clojars-api-token trivy:clojars-api-token",
     .shape = Shape::kToken,
     .keywords = "CLOJARS_ clojars_",
     .pattern = "(?i)CLOJARS_[a-z0-9]{60}",
     .entropy = 2.0,
     .source = "https://github.com/clojars/clojars-web/wiki/Deploy-Tokens"},
    {.id = "crates-io-token",
     .title = "crates.io API token",
     .severity = Severity::kCritical,
     .shape = Shape::kToken,
     .keywords = "cioq",
     .pattern = "cio[A-Za-z0-9]{32}",
     .entropy = 3.5,
     .source = "https://doc.rust-lang.org/cargo/reference/publishing.html"},
    {.id = "nuget-api-key",
     .title = "NuGet API key",
     .severity = Severity::kCritical,
     .shape = Shape::kToken,
     .keywords = "oy2",
     .pattern = "oy2[a-z0-9]{43}",
     .entropy = 3.5,
     .source = "https://learn.microsoft.com/nuget/nuget-org/publish-a-package"},
    {.id = "nuget-config-password",
     .title = "password in nuget.config",
     .severity = Severity::kHigh,
     .aliases = "gitleaks:nuget-config-password",
     .shape = Shape::kToken,
     .caseless_keywords = "<add",
     .pattern = R"re((?i)<add key="(?:ClearTextPassword|Password)"\s*value="([^"]{8,})")re",
     .group = 1,
     .entropy = 1.0,
     .left_edge = false,
     .right_edge = false,
     .check = is_no_published_password,
     .files = "nuget.config",
     .source = "https://learn.microsoft.com/nuget/reference/nuget-config-file"},
    {.id = "packagist-token",
     .title = "Private Packagist token",
     .severity = Severity::kHigh,
     .aliases = "trivy:private-packagist-token",
     .shape = Shape::kToken,
     .keywords = "packagist_",
     .pattern = "packagist_(?:ort|out|uut|oat|org_read|org_write)_[0-9a-fA-F]{64,80}",
     .entropy = 2.5,
     .source = "https://packagist.com/docs/"},
    {.id = "dockerhub-token",
     .title = "Docker Hub access token",
     .severity = Severity::kCritical,
     .shape = Shape::kToken,
     .keywords = "dckr_pat_ dckr_oat_",
     .pattern = "dckr_(?:pat_[A-Za-z0-9_-]{27}|oat_[A-Za-z0-9_-]{32})",
     .entropy = 3.0,
     .source = "https://docs.docker.com/security/access-tokens/"},
    {.id = "docker-config-auth",
     .title = "registry login in a Docker configuration",
     .severity = Severity::kHigh,
     .aliases = "trivy:dockerconfig-secret",
     .shape = Shape::kToken,
     .keywords = "\"auth\":",
     .pattern = R"re("auth":\s{0,10}"([A-Za-z0-9+/]{8,}={0,2})")re",
     .group = 1,
     .left_edge = false,
     .right_edge = false,
     .check = is_encoded_login,
     .source = "https://docs.docker.com/reference/cli/docker/login/"},
    {.id = "docker-config-encoded",
     .title = "registry login in .dockerconfigjson",
     .severity = Severity::kHigh,
     .aliases = "trivy:dockerconfig-secret",
     .shape = Shape::kToken,
     .keywords = ".dockerconfigjson .dockercfg",
     .pattern =
         R"re(\.docker(?:configjson|cfg)["\']?:\s{0,5}["\']?(?:[|>]-?\s{1,20})?((?:eyJ|ew0K|ewog|ewo)[A-Za-z0-9/+]{20,}={0,2}))re",
     .group = 1,
     .left_edge = false,
     .source = "https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets"},
    {.id = "docker-swarm-token",
     .title = "Docker Swarm join token",
     .severity = Severity::kCritical,
     .shape = Shape::kToken,
     .keywords = "SWMTKN-1-",
     .pattern = "SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25}",
     .source = "https://docs.docker.com/engine/swarm/join-nodes/"},
    {.id = "artifactory-api-key",
     .title = "JFrog Artifactory API key",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:artifactory-api-key detect-secrets:artifactory",
     .shape = Shape::kToken,
     .keywords = "AKCp AKC",
     .pattern = "(?:AKCp[A-Za-z0-9]{69}|AKC[A-Za-z0-9]{10,})",
     .placeholders = true,
     .check = is_artifactory_place,
     .source = "https://jfrog.com/help/r/jfrog-platform-administration-documentation/api-key"},
    {.id = "artifactory-password",
     .title = "JFrog Artifactory encrypted password",
     .severity = Severity::kHigh,
     .aliases = "detect-secrets:artifactory",
     .shape = Shape::kToken,
     .keywords = "AP2 AP5 AP6 APA APB",
     .pattern = "AP[0-9A-F][A-Za-z0-9]{8,}",
     .placeholders = true,
     .check = is_artifactory_password,
     .source =
         "https://jfrog.com/help/r/jfrog-artifactory-documentation/centrally-secure-passwords"},
    {.id = "artifactory-reference-token",
     .title = "JFrog Artifactory reference token",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:artifactory-reference-token",
     .shape = Shape::kToken,
     .keywords = "cmVmd",
     .pattern = "cmVmd[A-Za-z0-9]{59}",
     .entropy = 3.5,
     .source =
         "https://jfrog.com/help/r/jfrog-platform-administration-documentation/reference-token"},
    {.id = "jfrog-api-key",
     .title = "JFrog API key",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:jfrog-api-key",
     .shape = Shape::kAssigned,
     .caseless_keywords = "jfrog artifactory bintray xray",
     .pattern = "[a-z0-9]{73}",
     .entropy = 2.8,
     .source = "https://jfrog.com/help/r/jfrog-platform-administration-documentation/api-key"},
    {.id = "jfrog-identity-token",
     .title = "JFrog identity token",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:jfrog-identity-token",
     .shape = Shape::kAssigned,
     .caseless_keywords = "jfrog artifactory bintray xray",
     .pattern = "[a-z0-9]{64}",
     .entropy = 2.8,
     .source =
         "https://jfrog.com/help/r/jfrog-platform-administration-documentation/identity-token"},
    {.id = "maven-settings-password",
     .title = "password in Maven settings",
     .severity = Severity::kHigh,
     .aliases = "trivy:maven-settings-password",
     .shape = Shape::kToken,
     .keywords = "<password>",
     .pattern = R"re(<password>\s*([^<\s{$][^<]{0,200}?)\s*</password>)re",
     .group = 1,
     .left_edge = false,
     .right_edge = false,
     .files = "settings.xml settings-*.xml *settings.xml",
     .source = "https://maven.apache.org/settings.html"},
    {.id = "maven-settings-passphrase",
     .title = "passphrase in Maven settings",
     .severity = Severity::kHigh,
     .aliases = "trivy:maven-settings-passphrase",
     .shape = Shape::kToken,
     .keywords = "<passphrase>",
     .pattern = R"re(<passphrase>\s*([^<\s{$][^<]{0,200}?)\s*</passphrase>)re",
     .group = 1,
     .left_edge = false,
     .right_edge = false,
     .files = "*settings.xml",
     .source = "https://maven.apache.org/settings.html"},
    {.id = "maven-master-password",
     .title = "master password in Maven settings-security",
     .severity = Severity::kHigh,
     .aliases = "trivy:maven-settings-security-master",
     .shape = Shape::kToken,
     .keywords = "<master>",
     .pattern = R"re(<master>\s*([^<\s{$][^<]{0,200}?)\s*</master>)re",
     .group = 1,
     .left_edge = false,
     .right_edge = false,
     .files = "*settings-security.xml",
     .source = "https://maven.apache.org/guides/mini/guide-encryption.html"},
    {.id = "sidekiq-license",
     .title = "Sidekiq licence",
     .severity = Severity::kHigh,
     .aliases = "gitleaks:sidekiq-secret",
     .shape = Shape::kToken,
     .keywords = "BUNDLE_ENTERPRISE__CONTRIBSYS__COM BUNDLE_GEMS__CONTRIBSYS__COM",
     .pattern =
         R"re(BUNDLE_(?:ENTERPRISE|GEMS)__CONTRIBSYS__COM["\']?\s{0,3}(?:=>|[:=])\s{0,3}["\']?([a-f0-9]{8}:[a-f0-9]{8}))re",
     .group = 1,
     .source = "https://github.com/sidekiq/sidekiq/wiki/Commercial-FAQ"},
    {.id = "sidekiq-license-url",
     .title = "Sidekiq licence in a URL",
     .severity = Severity::kHigh,
     .aliases = "gitleaks:sidekiq-sensitive-url",
     .shape = Shape::kToken,
     .keywords = "gems.contribsys.com enterprise.contribsys.com",
     .pattern = R"re(https?://([a-f0-9]{8}:[a-f0-9]{8})@(?:gems|enterprise)\.contribsys\.com)re",
     .group = 1,
     .reach = 30,
     .after = 32,
     .rank = 3,
     .source = "https://github.com/sidekiq/sidekiq/wiki/Commercial-FAQ"},
};

}  // namespace

const Family& registries() {
  static constexpr Family kFamily{"Package and image registries", kDetectors};
  return kFamily;
}

}  // namespace plimsoll::secret::detectors
