#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "config/configuration.h"
#include "config/describe.h"
#include "core/bug.h"

// The first byte says which file it is: whatever stands in it, reading ends, problems lie inside
// the file, and a file that nobody trusts takes nothing away.
namespace {

using namespace plimsoll;

config::Reader reader_of(char letter) {
  switch (letter) {
    case 'T': return config::read_trivy_ignore;
    case 'Y': return config::read_trivy_ignore_yaml;
    case 'H': return config::read_hadolint;
    case 'C': return config::read_checkov;
    default: return config::read_own;
  }
}

void verify(const config::Settings& settings) {
  const std::size_t size = settings.source->text().size();
  const Position end = settings.source->position(static_cast<std::uint32_t>(size));
  for (const Error& problem : settings.problems) {
    if (problem.message.empty()) PL_BUG("a problem that says nothing");
    if (problem.position.line > end.line) PL_BUG("a problem outside its file");
  }
  for (const config::Ignore& ignore : settings.ignores) {
    if (ignore.rules.empty() == ignore.vulnerabilities.empty()) PL_BUG("an ignore of nothing");
    if (ignore.span.begin > ignore.span.end || ignore.span.end > size) PL_BUG("an ignore outside");
  }
}

void verify_untrusted(const config::Configuration& configuration) {
  if (configuration.targets || configuration.severity) {
    PL_BUG("an untrusted file chooses what is judged or shown");
  }
  if (configuration.fail_on &&
      (!configuration.fail_on->value || *configuration.fail_on->value > Severity::kHigh)) {
    PL_BUG("an untrusted file lets a run pass");
  }
  for (const auto& [slug, change] : configuration.rules) {
    if (change.enabled && !change.enabled->value) PL_BUG("an untrusted file switches a rule off");
    if (change.severity && change.severity->value < check::find_rule(slug)->meta.severity) {
      PL_BUG("an untrusted file lowers a severity");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const char letter = input.empty() ? 'P' : input[0];
  const std::string text(input.empty() ? input : input.substr(1));
  for (const bool trusted : {false, true}) {
    std::vector<config::Layer> layers(1);
    layers[0].settings = reader_of(letter)("file.yaml", text, Date{2026, 11, 22});
    layers[0].trusted = trusted;
    verify(layers[0].settings);
    const config::Configuration configuration = config::combine(layers, "/w");
    if (!trusted) verify_untrusted(configuration);
    const std::string description = config::describe(configuration);
    if (description.find('\x1b') != std::string::npos) PL_BUG("an escape reaches the terminal");
    const config::Settings again = config::read_own("again.yaml", description, Date{2026, 11, 22});
    if (!again.problems.empty() && description.size() < 100'000) {
      PL_BUG("a description that is no configuration");
    }
    const SourceFile file("a/Dockerfile", "");
    std::vector<Finding> findings(1);
    findings[0].rule = "image-runs-as-root";
    findings[0].subject = "a/Dockerfile";
    findings[0].file = &file;
    (void)configuration.apply(findings);
    (void)configuration.exclusion_of("a/Dockerfile");
  }
  return 0;
}
