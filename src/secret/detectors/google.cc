#include "secret/detector.h"

namespace plimsoll::secret::detectors {
namespace {

/// Only beside what such a file holds: "type": "service_account".
bool is_service_account(const Spot& spot, Match match, std::string_view) {
  const std::size_t from = match.begin > 24 ? match.begin - 24 : 0;
  return spot.text.substr(from, match.begin - from).find("\"type\"") != std::string_view::npos;
}

constexpr Detector kDetectors[] = {
    {.id = "google-api-key",
     .title = "Google API key",
     .severity = Severity::kHigh,
     .aliases = "gitleaks:gcp-api-key",
     .shape = Shape::kToken,
     .keywords = "AIza",
     .pattern = "AIza[0-9A-Za-z_-]{35}",
     .entropy = 4.0,
     .source = "https://cloud.google.com/docs/authentication/api-keys"},
    {.id = "google-service-account",
     .title = "Google Cloud service account key",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:gcp-service-account trivy:gcp-service-account",
     .shape = Shape::kToken,
     .keywords = "service_account",
     .pattern = R"re(service_account")re",
     .right_edge = false,
     .placeholders = true,
     .check = is_service_account,
     .source = "https://cloud.google.com/iam/docs/keys-create-delete"},
    {.id = "google-oauth-client-secret",
     .title = "Google OAuth client secret",
     .severity = Severity::kHigh,
     .shape = Shape::kToken,
     .keywords = "GOCSPX-",
     .pattern = "GOCSPX-[A-Za-z0-9_-]{28}",
     .entropy = 3.5,
     .source = "https://developers.google.com/identity/protocols/oauth2"},
    {.id = "google-oauth-access-token",
     .title = "Google OAuth access token",
     .severity = Severity::kHigh,
     .shape = Shape::kToken,
     .keywords = "ya29.",
     .pattern = R"re(ya29\.[A-Za-z0-9_-]{40,})re",
     .entropy = 4.0,
     .source = "https://developers.google.com/identity/protocols/oauth2"},
    {.id = "google-oauth-refresh-token",
     .title = "Google OAuth refresh token",
     .severity = Severity::kHigh,
     .shape = Shape::kToken,
     .keywords = "1//0",
     .pattern = "1//0[A-Za-z0-9_-]{80,150}",
     .entropy = 4.0,
     .source = "https://developers.google.com/identity/protocols/oauth2"},
};

}  // namespace

const Family& google() {
  static constexpr Family kFamily{"Google", kDetectors};
  return kFamily;
}

}  // namespace plimsoll::secret::detectors
