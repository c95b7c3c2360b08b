#include "core/ascii.h"
#include "image/node_field.h"
#include "image/package_reader.h"
#include "image/requirement.h"

namespace plimsoll::image::packages {
namespace {

class Reading {
 public:
  Reading(PackageFile& file, PackageList& list) : file_(file), list_(list) {}

  void requirements(const Node* texts, bool dev) {
    if (texts == nullptr) return;
    for (const Node* text : texts->items) {
      // A dependency group may include another: {include-group = "…"}.
      const auto requirement = parse_requirement(text->str());
      if (!requirement) continue;
      list_.add(requirement->name, requirement->versions.likely(), file_.line_of(*text)).dev = dev;
    }
  }
  void groups(const Node* groups, bool dev) {
    if (groups == nullptr) return;
    for (const Node::Entry& group : groups->entries) requirements(group.value, dev);
  }
  /// Poetry's own: name = "^1.2", or {version = "^1.2", …}.
  void poetry(const Node* table, bool dev) {
    if (table == nullptr) return;
    for (const Node::Entry& entry : table->entries) {
      if (entry.key->text == "python") continue;
      if (!entry.value->is_sequence()) poetry(entry, *entry.value, dev);
      // One per platform or version of Python: name = [{version = "1", …}, …].
      for (const Node* each : entry.value->items) poetry(entry, *each, dev);
    }
  }

 private:
  void poetry(const Node::Entry& entry, const Node& wanted, bool dev) {
    std::string_view range = wanted.is_mapping() ? field(wanted, "version") : wanted.str();
    range = ascii::trim(range);
    const bool is_caret =
        range.starts_with('^') || (range.starts_with('~') && !range.starts_with("~="));
    if (is_caret) range.remove_prefix(1);
    const std::string_view lowest = range.substr(0, range.find_first_of(", |"));
    const bool is_bare = !lowest.empty() && ascii::is_digit(lowest[0]);
    const bool is_version = is_bare && !ascii::contains(lowest, "*");
    list_
        .add(entry.key->text, is_version ? lowest : named_versions(range).likely(),
             file_.line_of(*entry.key))
        .dev = dev;
  }

  PackageFile& file_;
  PackageList& list_;
};

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.toml();
  if (!root) return tl::unexpected(root.error());
  const Node& top = **root;
  Reading reading(file, list);
  reading.requirements(top.at({"project", "dependencies"}), false);
  reading.groups(top.at({"project", "optional-dependencies"}), false);
  reading.groups(top.find("dependency-groups"), true);  // PEP 735
  reading.requirements(top.at({"tool", "uv", "dev-dependencies"}), true);
  reading.groups(top.at({"tool", "pdm", "dev-dependencies"}), true);
  reading.poetry(top.at({"tool", "poetry", "dependencies"}), false);
  reading.poetry(top.at({"tool", "poetry", "dev-dependencies"}), true);
  if (const Node* groups = top.at({"tool", "poetry", "group"})) {
    for (const Node::Entry& group : groups->entries) {
      reading.poetry(group.value->find("dependencies"), true);
    }
  }
  return {};
}

}  // namespace

const PackageReader& pyproject_toml() {
  static constexpr PackageReader kReader{
      .kind = "pyproject-toml",
      .ecosystem = "PyPI",
      .presence = Presence::kDeclared,
      .files = "**/pyproject.toml",
      .read = read,
      .source = "https://packaging.python.org/en/latest/specifications/pyproject-toml/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
