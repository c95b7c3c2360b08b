#include "core/ascii.h"
#include "secret/detector.h"

namespace plimsoll::secret::detectors {
namespace {

/// A value begins behind a quote, an operator or a blank. What follows the name at once is more of
/// the name: "SecretKeyGenTraits…", as programs have among their symbols.
bool begins_a_word(const Spot& spot, Match match, std::string_view /*secret*/) {
  return match.begin == 0 || !ascii::is_alnum(spot.text[match.begin - 1]);
}

constexpr Detector kDetectors[] = {
    {.id = "aws-access-key-id",
     .title = "AWS access key id",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:aws-access-token trivy:aws-access-key-id detect-secrets:aws",
     .shape = Shape::kToken,
     .keywords = "AKIA ASIA ABIA ACCA A3T",
     .pattern = "(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}",
     .entropy = 3.0,
     .source = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"},
    {.id = "aws-secret-access-key",
     .title = "AWS secret access key",
     .severity = Severity::kCritical,
     .aliases = "trivy:aws-secret-access-key detect-secrets:aws",
     .shape = Shape::kToken,
     .caseless_keywords = "aws_access_key awsaccesskey secret_access_key secretaccesskey "
                          "secret_key secretkey aws_sec_key aws_key awssecretkey aws_secret_key",
     .pattern =
         R"re((?i)(?:aws_?)?(?:secret|sec)?_?(?:access)?_?key['"\])\\]{0,3}\s{0,3}(?::=|=>|[:=,])?\s{0,3}['"\\]{0,3}([0-9a-z/+]{40})(?:[^0-9a-z/+=]|$))re",
     .group = 1,
     .entropy = 1.5,
     .left_edge = false,
     .right_edge = false,
     .check = begins_a_word,
     .source = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html"},
    {.id = "aws-session-token",
     .title = "AWS session token",
     .severity = Severity::kHigh,
     .shape = Shape::kToken,
     .keywords = "IQoJb3JpZ2lu FwoGZXIvYXdz",
     .pattern = "(?:IQoJb3JpZ2lu|FwoGZXIvYXdz)[A-Za-z0-9+/]{100,}={0,2}",
     .entropy = 4.0,
     .source = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp.html"},
    {.id = "aws-bedrock-api-key",
     .title = "Amazon Bedrock API key",
     .severity = Severity::kCritical,
     .aliases = "gitleaks:aws-amazon-bedrock-api-key-long-lived",
     .shape = Shape::kToken,
     .keywords = "ABSKQmVkcm9ja0FQSUtleS",
     .pattern = "ABSKQmVkcm9ja0FQSUtleS[A-Za-z0-9+/]{90,270}={0,2}",
     .entropy = 3.0,
     .source = "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html"},
    {.id = "aws-bedrock-short-lived-key",
     .title = "Amazon Bedrock short-lived API key",
     .severity = Severity::kHigh,
     .aliases = "gitleaks:aws-amazon-bedrock-api-key-short-lived",
     .shape = Shape::kToken,
     .keywords = "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t",
     .pattern = "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9+/=_%-]{0,}",
     .entropy = 3.0,
     .right_edge = false,
     .source = "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html"},
    {.id = "aws-mws-token",
     .title = "Amazon MWS auth token",
     .severity = Severity::kHigh,
     .shape = Shape::kToken,
     .keywords = "amzn.mws.",
     .pattern = R"re(amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})re",
     .entropy = 3.0,
     .source = "https://developer-docs.amazon.com/sp-api/docs/sp-api-faq"},
};

}  // namespace

const Family& aws() {
  static constexpr Family kFamily{"AWS", kDetectors};
  return kFamily;
}

}  // namespace plimsoll::secret::detectors
