#include <algorithm>

#include "core/ascii.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// So that many uses in one long line cost no more than many lines.
constexpr std::size_t kMostCommentBytes = 256;

bool is_commit(std::string_view ref) {
  return ref.size() == 40 && std::all_of(ref.begin(), ref.end(), ascii::is_hex);
}

/// The version in a comment behind the value: "v4.1.1" of `…@8ade135a… # v4.1.1`. Updaters keep it
/// there, and advisories know versions, not commits.
std::string_view version_in_comment(std::string_view after) {
  after = after.substr(0, kMostCommentBytes);
  after = after.substr(0, after.find('\n'));
  const std::size_t hash = after.find('#');
  if (hash == std::string_view::npos) return {};
  after.remove_prefix(hash + 1);
  std::size_t begin = 0;
  while (begin < after.size() && !ascii::is_digit(after[begin])) ++begin;
  std::size_t end = begin;
  const auto digit_at = [after](std::size_t at) {
    return at < after.size() && ascii::is_digit(after[at]);
  };
  while (digit_at(end) || (end > begin && after.substr(end, 1) == "." && digit_at(end + 1))) ++end;
  if (end > begin && begin > 0 && after[begin - 1] == 'v') --begin;
  return after.substr(begin, end - begin);
}

/// "owner/repository/folder@ref". Actions and workflows of one repository share its versions, so
/// the folder is no part of the name; advisories name repositories too. What is in this repository
/// or an image has no version here.
void add_use(PackageFile& file, const Node* uses, PackageList& list) {
  if (uses == nullptr) return;
  const std::string_view text = ascii::trim(uses->str());
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || text.starts_with('.') || text.starts_with("docker://"))
    return;
  std::string_view name = text.substr(0, at);
  std::string_view ref = text.substr(at + 1);
  const std::size_t slash = name.find('/');
  if (ref.empty() || slash == 0 || slash == std::string_view::npos) return;
  name = name.substr(0, name.find('/', slash + 1));
  if (name.size() == slash + 1) return;
  if (is_commit(ref)) {
    const std::string_view told = version_in_comment(file.bytes().substr(uses->span.end));
    if (!told.empty()) ref = told;
  }
  list.add(name, ref, file.line_of(*uses));
}

void add_steps(PackageFile& file, const Node& job, PackageList& list) {
  for (const Node* step : items_of(job, "steps")) add_use(file, step->find("uses"), list);
}

/// A workflow has jobs, an action `runs`.
Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.yaml();
  if (!root) return tl::unexpected(root.error());
  for (const Node::Entry& job : entries_of(**root, "jobs")) {
    add_use(file, job.value->find("uses"), list);
    add_steps(file, *job.value, list);
  }
  if (const Node* runs = (*root)->find("runs")) add_steps(file, *runs, list);
  return {};
}

}  // namespace

const PackageReader& github_actions() {
  static constexpr PackageReader kReader{
      .kind = "github-actions",
      .ecosystem = "GitHub Actions",
      .presence = Presence::kDeclared,
      .files =
          "**/.github/workflows/*.yml **/.github/workflows/*.yaml **/action.yml **/action.yaml",
      .read = read,
      .source =
          "https://docs.github.com/en/actions/reference/workflows-and-actions/"
          "workflow-syntax#jobsjob_idstepsuses"};
  return kReader;
}

}  // namespace plimsoll::image::packages
