#pragma once

#include <string>
#include <string_view>

#include "core/file_system.h"
#include "core/result.h"
#include "scan/audit.h"

/// Another base image for a Dockerfile, as an edit of the bytes that name it. Writes nothing.
namespace plimsoll::scan {

/// The base image that a stage of a Dockerfile is built on, through the stages it is FROM.
/// @param stage  "": the one that is built, which is the last
/// @return  as `docker build` understands it: "python:3.11", variables replaced
/// @error kUsage  no such stage, or it is built on no image that can be known
[[nodiscard]] Result<std::string> base_of_file(const FileSystem& files, const std::string& path,
                                               std::string_view stage);

struct BaseChange {
  std::string before;  ///< the whole text
  std::string after;
  std::vector<std::string> left;  ///< stages that stay on the old image, such as "build", "1"
};

/// What is to be built on.
struct NewBase {
  std::string tag;
  std::string digest;  ///< of its manifest; wanted where the file pins one; "" when not known
};

/// Makes the stage build on another tag, or digest, of the repository it is built on, and proves
/// it: the file is still read whole, no stage but those that share the name has another base, and
/// no rule finds anything new. Arguments that hold the tag are changed in their default.
/// @error kUsage  why it is not done, for people
[[nodiscard]] Result<BaseChange> change_base(const FileSystem& files, const AuditOptions& audit,
                                             const std::string& path, std::string_view stage,
                                             const NewBase& base);

}  // namespace plimsoll::scan
