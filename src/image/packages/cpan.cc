#include "core/ascii.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// What a distribution says of itself: META.json (version 2) or META.yml (1.x).
Result<void> read(PackageFile& file, PackageList& list) {
  const bool is_json = ascii::trim(file.bytes()).starts_with('{');
  const auto root = is_json ? file.json() : file.yaml();
  if (!root) return tl::unexpected(root.error());
  const Node* name = (*root)->find("name");
  if (name == nullptr || (*root)->find("version") == nullptr) {
    return fail(ErrorCode::kInvalid, "no META of a CPAN distribution: no name and version",
                file.path());
  }
  list.add(name->str(), field(**root, "version"), file.line_of(*name)).licenses =
      texts((*root)->find("license"));
  return {};
}

}  // namespace

const PackageReader& cpan() {
  static constexpr PackageReader kReader{
      .kind = "cpan",
      .ecosystem = "CPAN",
      .files =
          "**/.meta/*/MYMETA.json **/.cpan/build/*/META.json **/.cpan/build/*/META.yml "
          "**/.cpanm/work/*/*/META.json **/.cpanm/work/*/*/META.yml",
      .read = read,
      .source = "https://metacpan.org/pod/CPAN::Meta::Spec"};
  return kReader;
}

}  // namespace plimsoll::image::packages
