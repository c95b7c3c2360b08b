#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace plimsoll {

/// Which image, as Docker understands it: defaults filled in, so that "node", "docker.io/node" and
/// "index.docker.io/library/node" are equal.
struct ImageReference {
  std::string registry;    ///< host[:port]; "docker.io" when none was written
  std::string repository;  ///< "library/node"
  std::string tag;         ///< "" when none was written; only to_string() says "latest" for it
  std::string digest;      ///< "sha256:…" or ""

  /// What `docker images` shows: "node", "grafana/loki", "ghcr.io/x/y". No tag, no digest.
  [[nodiscard]] std::string familiar_name() const;
  /// The tag that will be pulled: "latest" when neither tag nor digest was written. "" for a
  /// reference by digest alone, whose tag nobody knows.
  [[nodiscard]] std::string_view effective_tag() const;
  /// An official image of Docker Hub (docker.io/library/…).
  [[nodiscard]] bool is_official() const;

  friend bool operator==(const ImageReference&, const ImageReference&) = default;
};

/// Reads what may stand after FROM or `image:` once variables are expanded; any bytes accepted, one
/// pass. "scratch" and names of build stages are references too: the caller knows which they are.
/// Source: github.com/distribution/reference (grammar in reference.go, Hub rules in normalize.go).
/// @error kInvalid  not a reference; the message says which part, never the text
[[nodiscard]] Result<ImageReference> parse_image_reference(std::string_view text);

/// Canonical form: "docker.io/library/alpine:latest", "ghcr.io/x/y:1@sha256:…".
[[nodiscard]] std::string to_string(const ImageReference& reference);

}  // namespace plimsoll
