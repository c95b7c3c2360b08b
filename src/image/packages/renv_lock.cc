#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// CRAN and its mirrors, Bioconductor, or "R" for any other place.
std::string_view ecosystem_of(const Node& package) {
  const std::string_view repository = field(package, "Repository");
  for (const std::string_view mirror : {"CRAN", "RSPM", "P3M", "PPM"}) {
    if (repository == mirror) return "CRAN";
  }
  const bool is_bioconductor =
      field(package, "Source") == "Bioconductor" || repository.starts_with("BioC");
  return is_bioconductor ? "Bioconductor" : "R";
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = json_object(file, "renv.lock", {"Packages", "R"});
  if (!root) return tl::unexpected(root.error());
  for (const Node::Entry& row : entries_of(**root, "Packages")) {
    std::string_view name = field(*row.value, "Package");
    if (name.empty()) name = row.key->str();
    Package& package = list.add(name, field(*row.value, "Version"), file.line_of(*row.key));
    package.ecosystem = ecosystem_of(*row.value);
    const std::string_view license = field(*row.value, "License");
    if (!license.empty()) package.licenses = {std::string(license)};
  }
  return {};
}

}  // namespace

const PackageReader& renv_lock() {
  static constexpr PackageReader kReader{
      .kind = "renv-lock",
      .ecosystem = "CRAN",
      .presence = Presence::kLocked,
      .files = "**/renv.lock",
      .read = read,
      .source = "https://rstudio.github.io/renv/reference/lockfiles.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
