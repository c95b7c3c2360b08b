#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "core/bug.h"
#include "secret/configuration.h"
#include "secret/detector_set.h"
#include "secret/secret_scan.h"

using namespace plimsoll;

/// Any configuration is read or refused, and what is read can be scanned with.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const char* path : {"a.yaml", "a.toml"}) {
    const SourceFile source(path, text);
    auto configuration = secret::read_configuration(source);
    if (!configuration) {
      if (configuration.error().message.empty()) PL_BUG("refused without a reason");
      continue;
    }
    configuration->builtin = false;  // they are many, and not what is asked here
    const secret::DetectorSet set(*std::move(configuration));
    const secret::Outcome outcome = secret::scan_text(set, "a.txt", text);
    for (const secret::Hit& hit : outcome.hits) {
      if (hit.end > text.size()) PL_BUG("a hit outside of the text");
    }
  }
  return 0;
}
