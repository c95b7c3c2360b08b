#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::image {

/// How an image starts and how it was made. Source:
/// https://github.com/opencontainers/image-spec/blob/main/config.md and Docker's own additions.
struct ImageConfig {
  struct Step {
    std::string instruction;  ///< as the builder wrote it down
    bool makes_layer = true;
  };

  std::string created;                   ///< RFC 3339; "" when nothing says it
  std::string user;                      ///< "app", "1000:1000"; "" is root
  std::vector<std::string> environment;  ///< "NAME=value"
  std::vector<std::string> entrypoint;
  std::vector<std::string> command;
  std::vector<std::string> ports;    ///< "80/tcp"
  std::vector<std::string> volumes;  ///< paths
  std::string folder;                ///< where it starts
  std::map<std::string, std::string> labels;
  /// Words of the check, "NONE" alone switches one off; nothing when the image says nothing.
  std::optional<std::vector<std::string>> healthcheck;
  std::vector<Step> history;  ///< the first is the oldest
};

/// Reads what it understands; what has another shape is passed over.
[[nodiscard]] ImageConfig parse_image_config(std::string_view json);

/// "RUN apt-get update" of "/bin/sh -c apt-get update", "COPY a b" of "COPY a b # buildkit" and
/// "/bin/sh -c #(nop) COPY a in b": what stood in the Dockerfile, as far as the history tells.
[[nodiscard]] std::string dockerfile_instruction(std::string_view created_by);

}  // namespace plimsoll::image
