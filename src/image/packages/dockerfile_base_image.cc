#include "image/image_packages.h"
#include "image/package_reader.h"
#include "parse/dockerfile.h"

namespace plimsoll::image::packages {
namespace {

/// Nothing is pulled for a stage FROM another one or FROM scratch.
Result<void> read(PackageFile& file, PackageList& list) {
  if (file.path().ends_with(".dockerignore")) return {};
  const dockerfile::Dockerfile parsed = dockerfile::parse(file.source());
  for (const dockerfile::Problem& problem : parsed.problems) {
    if (problem.fatal) return fail(ErrorCode::kInvalid, problem.message, file.path());
  }
  for (const dockerfile::Stage& stage : parsed.stages) {
    const bool pulls = !stage.parent && stage.image_known && stage.image_expanded != "scratch";
    if (pulls) add_image(stage.image_expanded, file.line_of(stage.image_span.begin), list);
  }
  return {};
}

}  // namespace

const PackageReader& dockerfile_base_image() {
  static constexpr PackageReader kReader{
      .kind = "dockerfile-base-image",
      .ecosystem = "OCI",
      .presence = Presence::kDeclared,
      .files =
          "**/[Dd]ockerfile **/[Dd]ockerfile.* **/*.[Dd]ockerfile **/[Cc]ontainerfile "
          "**/[Cc]ontainerfile.* **/*.[Cc]ontainerfile",
      .read = read,
      .source = "https://docs.docker.com/reference/dockerfile/#from"};
  return kReader;
}

}  // namespace plimsoll::image::packages
