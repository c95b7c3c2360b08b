#include "advisory/vex_format.h"

#include <string>
#include <utility>

#include "core/limits.h"

namespace plimsoll::advisory {

const VexFormat* recognise_vex(std::string_view path, std::string_view bytes) {
  for (const VexFormat* format : all_vex_formats()) {
    if (format->recognises(path, bytes)) return format;
  }
  return nullptr;
}

Result<std::vector<VexStatement>> read_vex(std::string_view path, std::string_view bytes) {
  if (bytes.size() > limits::kJsonBytes) {
    return fail(ErrorCode::kTooLarge, "more than 64 MiB", std::string(path));
  }
  const VexFormat* format = recognise_vex(path, bytes);
  if (format == nullptr) {
    return fail(ErrorCode::kInvalid, "no VEX document: OpenVEX, CycloneDX and CSAF are read",
                std::string(path));
  }
  auto statements = format->read(bytes);
  if (!statements) {
    Error error = std::move(statements).error();
    error.path = path;
    return tl::unexpected(std::move(error));
  }
  for (VexStatement& statement : *statements) statement.source = path;
  return statements;
}

}  // namespace plimsoll::advisory
