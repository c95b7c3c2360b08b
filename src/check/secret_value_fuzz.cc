#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "check/secret_value.h"
#include "core/bug.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  const std::string_view value =
      equals == std::string_view::npos ? std::string_view{} : text.substr(equals + 1);

  const SecretJudgement judgement = judge_secret(name, value);
  if (judgement.kind.empty() != (judgement.verdict == SecretVerdict::kNo)) {
    PL_BUG("a verdict without a kind, or a kind without a verdict");
  }
  const SecretJudgement quoted = judge_secret(name, '"' + std::string(value) + '"');
  const bool plain = value.find_first_of("\"'") == std::string_view::npos;
  if (plain && quoted.verdict != judgement.verdict &&
      value.find_first_of(" \t\n\v\f\r") == std::string_view::npos) {
    PL_BUG("quotes change the verdict");
  }
  constexpr std::size_t kShownAndEllipsis = 5;
  if (redact(value).size() > kShownAndEllipsis) PL_BUG("redaction shows too much");
  return 0;
}
