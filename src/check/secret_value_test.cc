#include "check/secret_value.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll {
namespace {

// Values are put together here, so that no scanner takes this file for a leak, and never printed.
const std::string kDigits36 = "0123456789abcdefghijABCDEFGHIJ012345";
const std::string kRandom = std::string("q7ZfT2mXc9LpVb4R") + "s8NwYd1K";

struct Case {
  std::string name;
  std::string value;
  SecretVerdict want;
  std::string_view kind = "";
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.name;
}

class JudgeSecretTest : public testing::TestWithParam<Case> {};

TEST_P(JudgeSecretTest, GivesVerdictAndKind) {
  const SecretJudgement judgement = judge_secret(GetParam().name, GetParam().value);
  EXPECT_EQ(to_string(judgement.verdict), to_string(GetParam().want)) << GetParam().name;
  EXPECT_EQ(judgement.kind, GetParam().kind) << GetParam().name;
}

using enum SecretVerdict;

INSTANTIATE_TEST_SUITE_P(
    NameWithoutLiteral, JudgeSecretTest,
    testing::Values(Case{"NPM_TOKEN", "", kNameOnly, "token"},
                    Case{"SECRET_PASSPHRASE", "", kNameOnly, "password"},
                    Case{"git_key", "", kNameOnly, "key"},
                    Case{"auth", "", kNameOnly, "credentials"},
                    Case{"DB_PASSWORD", "$DB_PASSWORD", kNameOnly, "password"},
                    Case{"DB_PASSWORD", "${DB_PASSWORD:?must be set}", kNameOnly, "password"},
                    Case{"DB_PASSWORD", "${DB_PASSWORD:-}", kNameOnly, "password"},
                    Case{"DB_PASSWORD", "{{ .Values.password }}", kNameOnly, "password"},
                    Case{"dbPassword", "", kNameOnly, "password"},
                    Case{"ARTIFACTORY_PSW", "", kNameOnly, "password"},
                    Case{"ORACLE_PWD", "", kNameOnly, "password"},
                    Case{"MY_PASSWORD_2", "", kNameOnly, "password"},
                    Case{"TOKEN_PROD", "", kNameOnly, "token"},
                    Case{"NGROK_AUTHTOKEN", "", kNameOnly, "token"},
                    Case{"GPG_PRIVATE_KEY", "", kNameOnly, "key"},
                    Case{"HTTPAuth", "", kNameOnly, "credentials"},
                    Case{"PARTNER_KEY", "plainword", kNameOnly, "key"}));

INSTANTIATE_TEST_SUITE_P(
    Placeholder, JudgeSecretTest,
    testing::Values(Case{"GITHUB_TOKEN", "placeholder", kPlaceholder, "token"},
                    Case{"GITHUB_TOKEN", "test", kPlaceholder, "token"},
                    Case{"API_TOKEN", "<your token>", kPlaceholder, "token"},
                    Case{"APP_SECRET", "replace-me-with-a-random-string", kPlaceholder, "secret"},
                    Case{"AWS_ACCESS_KEY_ID", "REPLACE_WITH_YOUR_OWN", kPlaceholder, "key"},
                    Case{"AWS_SECRET_ACCESS_KEY", "dummy", kPlaceholder, "key"},
                    Case{"AWS_ACCESS_KEY_ID", std::string("AKIA") + "IOSFODNN7EXAMPLE",
                         kPlaceholder, "AWS access key id"},
                    Case{"X", "ghp_" + std::string(35, 'x') + "1", kPlaceholder, "GitHub token"}));

INSTANTIATE_TEST_SUITE_P(
    Default, JudgeSecretTest,
    testing::Values(Case{"POSTGRES_PASSWORD", "postgres", kDefaultPassword, "password"},
                    Case{"POSTGRES_PASSWORD", "changeme", kDefaultPassword, "password"},
                    Case{"POSTGRES_PASSWORD", "Change-Me!", kDefaultPassword, "password"},
                    Case{"POSTGRES_PASSWORD", "\"admin\"", kDefaultPassword, "password"},
                    Case{"POSTGRES_PASSWORD", "1234", kDefaultPassword, "password"},
                    Case{"POSTGRES_PASSWORD", "${PW:-my-secret-pw}", kDefaultPassword, "password"},
                    Case{"POSTGRES_PASSWORD", "${A:-${B:-root}}", kDefaultPassword, "password"},
                    Case{"DB_PASS", "password123", kDefaultPassword, "password"},
                    Case{"JWT_SECRET", "ThisIsAVerySecretString", kDefaultPassword, "secret"},
                    Case{"DATABASE_URL", "postgres://postgres:postgres@db/app", kDefaultPassword,
                         "connection string"}));

INSTANTIATE_TEST_SUITE_P(
    Secret, JudgeSecretTest,
    testing::Values(
        Case{"DB_PASSWORD", "BEstr0ng_#1", kSecret, "password"},
        Case{"DB_PASSWORD", "${PW:-BEstr0ng_#1}", kSecret, "password"},
        Case{"ADMIN_PASSWORD_HASH", "$2a$14$" + kRandom, kSecret, "password"},
        Case{"API_KEY", kRandom, kSecret, "key"}, Case{"FERNET_KEY", kRandom, kSecret, "key"},
        Case{"SECRET_KEY_BASE", kRandom + kRandom, kSecret, "key"},
        Case{"MY_TOKEN_THING", kRandom, kSecret, "token"},
        Case{"FOO", std::string("AKIA") + "Q3EGRT5UW7XZ2B4M", kSecret, "AWS access key id"},
        Case{"FOO", "ghp_" + kDigits36, kSecret, "GitHub token"},
        Case{"FOO", "github_pat_" + kDigits36, kSecret, "GitHub token"},
        Case{"FOO", "glpat-" + kDigits36, kSecret, "GitLab token"},
        Case{"FOO", "xoxb-" + kDigits36, kSecret, "Slack token"},
        Case{"FOO", "sk_live_" + kDigits36, kSecret, "Stripe key"},
        Case{"FOO", "sk-" + kDigits36, kSecret, "API key"},
        Case{"FOO", "npm_" + kDigits36, kSecret, "npm token"},
        Case{"FOO", "pypi-AgE" + kDigits36 + kDigits36, kSecret, "PyPI token"},
        Case{"FOO", "dckr_pat_" + kDigits36, kSecret, "Docker Hub token"},
        Case{"FOO", "AIza" + kDigits36.substr(1), kSecret, "Google API key"},
        Case{"FOO", "hvs." + kDigits36, kSecret, "Vault token"},
        Case{"FOO", "SG." + kDigits36 + "." + kDigits36, kSecret, "SendGrid API key"},
        Case{"FOO", "eyJ" + kDigits36 + ".eyJ" + kDigits36 + "." + kDigits36, kSecret,
             "JSON web token"},
        Case{"FOO", "-----BEGIN RSA PRIVATE KEY-----\n" + kRandom, kSecret, "private key"},
        Case{"FOO", "--index https://oauth:ghp_" + kDigits36 + "@example.com/", kSecret,
             "GitHub token"},
        Case{"DATABASE_URL", "postgres://app:BEstr0ng1@db/app", kSecret, "connection string"},
        Case{"CELERY", "redis://a:6379,redis://:BEstr0ng1@b:6379", kSecret, "connection string"},
        Case{"CS", "Server=db;User=sa;Password=BEstr0ng1;", kSecret, "connection string"}));

INSTANTIATE_TEST_SUITE_P(
    No, JudgeSecretTest,
    testing::Values(
        Case{"PATH", "/usr/bin", kNo}, Case{"", "", kNo}, Case{"PWD", "", kNo},
        Case{"POSTGRES_PASSWORD_FILE", "/run/secrets/x", kNo}, Case{"SECRET_File", "baz", kNo},
        Case{"SSH_KEY_PATH", "", kNo}, Case{"PUBLIC_KEY", "", kNo}, Case{"public_token", "", kNo},
        Case{"GPG_KEY", "F7529FAE24811A5C0DF3CA741596BBF0726835D8", kNo},
        Case{"GPG_KEYS", "F7529FAE24811A5C0DF3CA741596BBF0726835D8 A62AE125BBBFBB96", kNo},
        Case{"SWIFT_SIGNING_KEY", "52BB7E3DE28A71BE22EC05FFEF80A866B47A981F", kNo},
        Case{"SWIFT_SIGNING_KEY", "$SWIFT_SIGNING_KEY", kNo}, Case{"AUTH_MODULE_VERSION", "", kNo},
        Case{"KEY_NAME", "", kNo}, Case{"TLS_SECRET_NAME", "webhook-certs", kNo},
        Case{"AUTH_MODE", "oidc", kNo}, Case{"REGISTRY_AUTH", "htpasswd", kNo},
        Case{"PASS_THROUGH", "", kNo}, Case{"TOKENIZER", "bert", kNo}, Case{"KEYBOARD", "de", kNo},
        Case{"PASSENGER", "x", kNo}, Case{"APT_KEYRING", "/k.gpg", kNo},
        Case{"KEYCLOAK_VERSION", "26.6", kNo}, Case{"MONKEY", "", kNo}, Case{"VALKEY", "8", kNo},
        Case{"MAX_TOKENS", "2048", kNo}, Case{"ACCESS_TOKEN_TTL", "3600", kNo},
        Case{"JWT_SECRET_EXPIRY", "1d", kNo}, Case{"ALLOW_EMPTY_PASSWORD", "yes", kNo},
        Case{"MYSQL_RANDOM_ROOT_PASSWORD", "1", kNo}, Case{"GIT_CREDENTIAL_HELPER", "store", kNo},
        Case{"DB_PASSWORD", "none", kNo}, Case{"USE_TOKEN", "true", kNo},
        Case{"TOKEN_URL", "https://example.com/token", kNo},
        Case{"TLS_KEY", "/etc/tls/tls.key", kNo}, Case{"AUTHORS", "Ada", kNo},
        Case{"GOOGLE_APPLICATION_CREDENTIALS", "/credentials/storage.json", kNo},
        Case{"DB_PASSWORD", "vault:secret/data/db#password", kNo},
        Case{"DATABASE_URL", "postgres://app:${PW}@db/app", kNo},
        Case{"DATABASE_URL", "postgres://app@db/app", kNo},
        Case{"CS", "Server=db;Password=${PW};", kNo},
        Case{"SHA256", "57881348297c4412f86c410547cf76b4d8a236574dd2c6b7d6a2beebe7fc44e3", kNo},
        Case{"OPTS", "task-ghp_" + kDigits36, kNo}, Case{"AKIA_NOTE", "AKIAnothing", kNo},
        Case{"CERT", "-----BEGIN CERTIFICATE-----\nMIIB", kNo}));

TEST(UrlCredentialsTest, NeedsALiteralPassword) {
  EXPECT_TRUE(url_has_credentials("https://user:hunter2@host/"));
  EXPECT_TRUE(url_has_credentials("see http://a/ and ftp://u:p@h"));
  EXPECT_TRUE(url_has_credentials("redis://:p@h"));
  EXPECT_FALSE(url_has_credentials("https://user@host/"));
  EXPECT_FALSE(url_has_credentials("https://user:@host/"));
  EXPECT_FALSE(url_has_credentials("https://user:$PASS@host/"));
  EXPECT_FALSE(url_has_credentials("https://host/a:b@c"));
  EXPECT_FALSE(url_has_credentials("user:pass@host"));
  EXPECT_FALSE(url_has_credentials(""));
}

TEST(RedactTest, ShowsTheStartOfLongValuesOnly) {
  EXPECT_EQ(redact(""), "…");
  EXPECT_EQ(redact("short"), "…");
  EXPECT_EQ(redact("fifteen-letters"), "…");
  EXPECT_EQ(redact("AKxxxxxxxxxxxxxx"), "AK…");
}

TEST(RedactTest, HidesWhatATerminalWouldObey) {
  EXPECT_EQ(redact("\x1b[31mxxxxxxxxxxxxxx"), "…");
  EXPECT_EQ(redact("\xC3\xA4xxxxxxxxxxxxxxxx"), "…");
}

}  // namespace
}  // namespace plimsoll
