#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "advisory/match.h"

// A database may be any bytes: everything in it is asked for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  using namespace plimsoll::advisory;
  const auto database = Database::over({reinterpret_cast<const char*>(data), size}, "fuzzed");
  if (!database) return 0;
  (void)database->status();
  (void)database->verify();
  constexpr std::uint32_t kAsked = 50;
  for (std::uint32_t i = 0; i < database->advisories() && i < kAsked; ++i) {
    (void)database->text(i);
    const AdvisoryView view = database->advisory(i);
    (void)database->evidence(view.id);
    (void)view.aliases.all();
  }
  Matches matches = match(*database,
                          {{.name = "left-pad", .version = "1.3.0", .ecosystem = "npm"},
                           {.name = "zlib",
                            .version = "1.2.13",
                            .ecosystem = "Debian",
                            .purl = "pkg:deb/debian/zlib@1.2.13"}},
                          {"debian", "12"});
  add_texts(*database, matches);
  return 0;
}
