#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/source_file.h"
#include "parse/node.h"

namespace plimsoll::image {

/// The bytes of one file that lists packages, read the way its format wants. Everything in it may
/// be hostile. What the reading functions return lives as long as this.
class PackageFile {
 public:
  PackageFile(std::string path, std::string bytes);
  PackageFile(const PackageFile&) = delete;
  PackageFile& operator=(const PackageFile&) = delete;

  [[nodiscard]] const std::string& path() const { return source_.path(); }
  [[nodiscard]] std::string_view bytes() const { return source_.text(); }
  [[nodiscard]] const SourceFile& source() const { return source_; }
  /// 1-based line of what some tree of this file holds.
  [[nodiscard]] std::uint32_t line_of(const Node& node) const;
  [[nodiscard]] std::uint32_t line_of(std::uint32_t offset) const;

  /// For formats that are read line by line: `line` is none of theirs.
  [[nodiscard]] tl::unexpected<Error> fail_at(std::uint32_t line, std::string message) const;

  /// The one value of it; comments and trailing commas are taken.
  /// @error kInvalid  not in this format    @error kLimit  too deep
  [[nodiscard]] Result<const Node*> json();
  /// The first document of it.
  [[nodiscard]] Result<const Node*> yaml();
  /// TOML 1.0 as mappings, sequences and scalars; strings are quoted scalars.
  [[nodiscard]] Result<const Node*> toml();

 private:
  Result<const Node*> root_of(std::unique_ptr<Tree> tree, const char* format);

  SourceFile source_;
  std::vector<std::unique_ptr<Tree>> trees_;
};

}  // namespace plimsoll::image
