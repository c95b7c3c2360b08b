#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = json_object(file, "package record of conda", {"name"});
  if (!root) return tl::unexpected(root.error());
  const Node* name = (*root)->find("name");
  Package& package = list.add(name->str(), field(**root, "version"), file.line_of(*name));
  package.architecture = field(**root, "subdir");
  package.licenses = texts((*root)->find("license"));
  // The environment is the folder above conda-meta/; the files are relative to it.
  const std::size_t end = file.path().rfind("conda-meta/");
  if (end == std::string::npos) return {};
  const std::string folder = file.path().substr(0, end);
  for (const std::string& each : texts((*root)->find("files"))) {
    package.files.push_back('/' + folder + each);
  }
  return {};
}

}  // namespace

const PackageReader& conda_meta() {
  static constexpr PackageReader kReader{
      .kind = "conda-meta",
      .ecosystem = "conda",
      .files = "**/conda-meta/*.json",
      .read = read,
      .source = "https://docs.conda.io/projects/conda/en/latest/user-guide/concepts/packages.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
