// A list of records, a line with "--", and a SHA256SUMS file, as a hostile server could send them.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "archive/zip_archive.h"
#include "core/bug.h"
#include "update/claimed_digest.h"
#include "update/osv_delta.h"
#include "update/sample_records.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  using namespace plimsoll::update;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const std::string kArchive =
      sample::archive_of({{"A-1", {"2026-01-01T00:00:00Z"}}, {"A-2", {"2026-01-02T00:00:00Z"}}});
  const std::size_t end = text.find("\n--\n");
  if (end != std::string_view::npos) {
    for (const auto& [path, digest] : parse_sha256_sums(text.substr(end + 4))) {
      if (path.empty() || digest.size() != 71) PL_BUG("no digest of a file");
    }
  }
  const auto what = difference(kArchive, text.substr(0, end));
  if (!what) return 0;
  std::map<std::string, std::string> records;
  for (const std::string& id : what->changed) {
    if (id.find('/') != std::string::npos || id.starts_with('.')) PL_BUG("an id leads elsewhere");
    records[id] = sample::record(id, "2026-01-03T00:00:00Z");
  }
  const auto merged = merge(kArchive, records, what->gone);
  if (!merged) PL_BUG("what was asked for does not fit");
  const auto entries = archive::zip_entries(*merged);
  if (!entries || entries->size() + what->gone.size() > 2 + records.size()) {
    PL_BUG("a record stands twice");
  }
  return 0;
}
