#include "core/ascii.h"
#include "image/beam_term.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// {<<"name">>, {pkg, <<"name">>, <<"1.0.0">>}, 0}, or from a repository:
/// {<<"name">>, {git, "address", {ref, "commit"}}, 0}
void read_row(const PackageFile& file, const BeamTerms& terms, const BeamTerm& row,
              PackageList& list) {
  const BeamTerm* source = terms.item(row, 1);
  if (!row.is_group || source == nullptr || !source->is_group) return;
  const bool is_hex = terms.text(*source, 0) == "pkg";
  std::string_view version = terms.text(*source, 2);
  const BeamTerm* reference = terms.item(*source, 2);
  if (!is_hex && reference != nullptr && reference->is_group) version = terms.text(*reference, 1);
  list.add(is_hex ? terms.text(*source, 1) : terms.text(row, 0), version, file.line_of(row.offset));
}

/// The first term is the list, since rebar 3 in {"1.2.0", list}. The second one has its hashes.
Result<void> read(PackageFile& file, PackageList& list) {
  const auto terms = parse_beam_terms(file.bytes());
  if (!terms) return tl::unexpected(terms.error());
  const BeamTerm* rows = terms->item(terms->root(), 0);
  if (rows != nullptr && !terms->text(*rows, 0).empty()) rows = terms->item(*rows, 1);
  if (rows == nullptr && ascii::trim(file.bytes()).empty()) return {};
  if (rows == nullptr || !rows->is_group) {
    return fail(ErrorCode::kInvalid, "no rebar.lock: no list in it", file.path());
  }
  for (std::size_t i = 0; i < rows->items.size(); ++i) {
    read_row(file, *terms, *terms->item(*rows, i), list);
  }
  return {};
}

}  // namespace

const PackageReader& rebar_lock() {
  static constexpr PackageReader kReader{
      .kind = "rebar-lock",
      .ecosystem = "Hex",
      .presence = Presence::kLocked,
      .files = "**/rebar.lock",
      .read = read,
      .source = "https://rebar3.org/docs/configuration/dependencies/#lock-files"};
  return kReader;
}

}  // namespace plimsoll::image::packages
