#include "image/package_file.h"

#include <utility>

#include "parse/toml.h"

namespace plimsoll::image {

PackageFile::PackageFile(std::string path, std::string bytes)
    : source_(std::move(path), std::move(bytes)) {}

std::uint32_t PackageFile::line_of(const Node& node) const {
  return line_of(node.span.begin);
}

std::uint32_t PackageFile::line_of(std::uint32_t offset) const {
  return source_.line_index(offset) + 1;
}

tl::unexpected<Error> PackageFile::fail_at(std::uint32_t line, std::string message) const {
  Error error{.message = std::move(message), .path = path(), .position = {line, 1}};
  error.has_position = true;
  return tl::unexpected<Error>(std::move(error));
}

Result<const Node*> PackageFile::json() {
  return root_of(parse_json(source_, {.relaxed = true}), "JSON");
}

Result<const Node*> PackageFile::yaml() {
  return root_of(parse_yaml(source_), "YAML");
}

Result<const Node*> PackageFile::toml() {
  return root_of(parse_toml(source_), "TOML");
}

Result<const Node*> PackageFile::root_of(std::unique_ptr<Tree> tree, const char* format) {
  trees_.push_back(std::move(tree));
  const Tree& kept = *trees_.back();
  if (!kept.documents.empty()) return kept.documents.front().root;
  Error error{.message = std::string("no ") + format, .path = path()};
  if (!kept.problems.empty()) {
    const TreeProblem& problem = kept.problems.front();
    error.code = problem.code;
    error.message += ": " + problem.message;
    error.position = source_.position(problem.span.begin);
    error.has_position = true;
  }
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace plimsoll::image
