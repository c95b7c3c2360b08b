#include <algorithm>

#include "core/ascii.h"
#include "image/node_field.h"
#include "image/package_reader.h"
#include "image/requirement.h"

namespace plimsoll::image::packages {
namespace {

/// "channel::name=1.0=build", "name==1.0", "name 1.0 build". Ranges ("name >=1.0,<2", "name=1.*",
/// "name 1.0|2.0") are wide here, so they name no version.
void read_match(std::string_view match, std::uint32_t line, PackageList& list) {
  const std::size_t channel = match.find("::");
  if (channel != std::string_view::npos) match.remove_prefix(channel + 2);
  match = ascii::trim(match);
  const std::size_t end = std::min(match.find_first_of(" =<>!~["), match.size());
  std::string_view version = match.substr(end);
  while (!version.empty() && (version[0] == '=' || version[0] == ' ')) version.remove_prefix(1);
  version = version.substr(0, version.find_first_of("= ["));
  const bool is_version = !version.empty() && ascii::is_digit(version[0]) &&
                          version.find_first_of("*,|<>!~") == std::string_view::npos;
  list.add(match.substr(0, end), is_version ? version : std::string_view{}, line);
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.yaml();
  if (!root) return tl::unexpected(root.error());
  if (!(*root)->is_mapping()) {
    return fail(ErrorCode::kInvalid, "no environment of conda: no mapping", file.path());
  }
  for (const Node* dependency : items_of(**root, "dependencies")) {
    if (dependency->is_scalar()) read_match(dependency->str(), file.line_of(*dependency), list);
    for (const Node* pip : items_of(*dependency, "pip")) {
      const auto requirement = parse_requirement(pip->str());
      if (!requirement) continue;
      list.add(requirement->name, requirement->versions.pinned, file.line_of(*pip)).ecosystem =
          "PyPI";
    }
  }
  return {};
}

}  // namespace

const PackageReader& conda_environment() {
  static constexpr PackageReader kReader{
      .kind = "conda-environment",
      .ecosystem = "conda",
      .presence = Presence::kDeclared,
      .files = "**/environment.yml **/environment.yaml",
      .read = read,
      .source =
          "https://docs.conda.io/projects/conda/en/latest/user-guide/tasks/"
          "manage-environments.html#create-env-file-manually"};
  return kReader;
}

}  // namespace plimsoll::image::packages
