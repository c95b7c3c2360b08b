#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace plimsoll::image::registry {

/// What an image is called: "debian:12", "registry.example:5000/team/app@sha256:…".
/// Source: the grammar of github.com/distribution/reference
struct Reference {
  std::string host = "docker.io";  ///< with its port, where it has one
  std::string repository;          ///< "library/debian"
  std::string tag;                 ///< "12"; "" where there is only a digest
  std::string digest;              ///< "sha256:…"; ""
  [[nodiscard]] std::string to_string() const;
};

/// Without a host it is Docker Hub's, without tag and digest it is "latest", as for Docker.
/// @error kUsage  no image can be called so
[[nodiscard]] Result<Reference> parse_reference(std::string_view text);

/// "sha256:" and 64 digits of lower case.
[[nodiscard]] bool is_sha256(std::string_view digest);

}  // namespace plimsoll::image::registry
