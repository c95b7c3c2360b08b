#include <algorithm>

#include "core/ascii.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// "name-1.2.3@sha256:…,size" or "name-1.2.3@rev:1".
void add_hackage(const Node& node, const PackageFile& file, PackageList& list) {
  const std::string_view text = node.str().substr(0, node.str().find('@'));
  const std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos || dash == 0) return;
  const std::string_view version = ascii::trim(text.substr(dash + 1));
  const bool is_version = !version.empty() && ascii::is_digit(version[0]) &&
                          std::all_of(version.begin(), version.end(),
                                      [](char c) { return ascii::is_digit(c) || c == '.'; });
  // A name ends in no number: what stands after the dash otherwise is a part of it.
  list.add(is_version ? text.substr(0, dash) : text, is_version ? version : std::string_view{},
           file.line_of(node));
}

/// An entry of stack.yaml.lock, or what it was written as.
void add_locked(const Node& row, const PackageFile& file, PackageList& list) {
  const Node* completed = row.find("completed");
  if (completed == nullptr) return;
  if (const Node* hackage = completed->find("hackage")) {
    add_hackage(*hackage, file, list);
  } else if (const Node* name = completed->find("name")) {
    list.add(name->str(), field(*completed, "version"), file.line_of(*name));
  }
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.yaml();
  if (!root) return tl::unexpected(root.error());
  if (!(*root)->is_mapping()) {
    return fail(ErrorCode::kInvalid, "no stack.yaml: no mapping", file.path());
  }
  for (const Node* row : items_of(**root, "extra-deps")) {
    if (row->is_scalar() && !row->str().starts_with('.') && !ascii::contains(row->str(), "/")) {
      add_hackage(*row, file, list);
    }
  }
  for (const Node* row : items_of(**root, "packages")) add_locked(*row, file, list);
  return {};
}

}  // namespace

const PackageReader& haskell_stack() {
  static constexpr PackageReader kReader{
      .kind = "haskell-stack",
      .ecosystem = "Hackage",
      .presence = Presence::kLocked,
      .files = "**/stack.yaml **/stack.yaml.lock",
      .read = read,
      .source = "https://docs.haskellstack.org/en/stable/topics/lock_files/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
