#include "core/ascii.h"
#include "image/beam_term.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// %{"name": {:hex, :name, "1.0.0", …}, "other": {:git, "address", "commit", […]}}
Result<void> read(PackageFile& file, PackageList& list) {
  const auto terms = parse_beam_terms(file.bytes());
  if (!terms) return tl::unexpected(terms.error());
  const BeamTerm* map = terms->item(terms->root(), 0);
  if (map == nullptr && ascii::trim(file.bytes()).empty()) return {};
  if (map == nullptr || !map->is_group) {
    return fail(ErrorCode::kInvalid, "no mix.lock: no map in it", file.path());
  }
  const BeamTerm* key = nullptr;
  for (std::size_t i = 0; i < map->items.size(); ++i) {
    const BeamTerm* item = terms->item(*map, i);
    if (!item->is_group) {
      key = item;
      continue;
    }
    if (key == nullptr) continue;
    const std::string_view from = terms->text(*item, 0);
    const std::string_view version = from == "path" ? std::string_view{} : terms->text(*item, 2);
    const std::string_view name = from == "hex" ? terms->text(*item, 1) : key->text;
    list.add(name, version, file.line_of(key->offset));
    key = nullptr;
  }
  return {};
}

}  // namespace

const PackageReader& mix_lock() {
  static constexpr PackageReader kReader{.kind = "mix-lock",
                                         .ecosystem = "Hex",
                                         .presence = Presence::kLocked,
                                         .files = "**/mix.lock",
                                         .read = read,
                                         .source = "https://hexdocs.pm/mix/Mix.Tasks.Deps.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
