#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plimsoll {

/// An image as reports show it. Sizes are in bytes.
struct ImageSummary {
  struct Layer {
    std::string diff_id;
    std::string digest;        ///< of the bytes as they are stored; "" when nothing says it
    std::uint64_t size = 0;    ///< as it is stored
    std::uint64_t bytes = 0;   ///< of its files
    std::uint64_t hidden = 0;  ///< of those that no container sees
    std::string instruction;   ///< what made it, as it stood in the Dockerfile; may be ""
    std::string place;         ///< "Dockerfile:12"; "" while no Dockerfile is at hand
    friend bool operator==(const Layer&, const Layer&) = default;
  };
  struct Base {
    std::string name;        ///< "debian:12-slim"; "" when only its layers are known
    std::string digest;      ///< "" when nothing says it
    std::size_t layers = 0;  ///< how many of the lowest are its own; 0 when that is not known
    /// What says so: "layers" (they are those of a base of the local index), "label", "history".
    std::string evidence;
    friend bool operator==(const Base&, const Base&) = default;
  };
  /// Bytes that one edit would save.
  struct Waste {
    std::string id;  ///< "removed-later"
    std::string title;
    std::string what;  ///< the tool it is about; may be ""
    std::uint64_t bytes = 0;
    std::uint64_t files = 0;
    std::size_t layer = 0;           ///< index of the one that carries most of them
    std::vector<std::string> paths;  ///< a few, the largest first
    std::string advice;
    friend bool operator==(const Waste&, const Waste&) = default;
  };

  std::string reference;           ///< as it was asked for
  std::string digest;              ///< of its manifest, else of its configuration
  std::string platform;            ///< "linux/amd64"
  std::string os;                  ///< "debian 12"; "" when it does not say
  std::string os_title;            ///< "Debian GNU/Linux 12 (bookworm)"
  std::string created;             ///< RFC 3339; may be ""
  std::string user;                ///< as the configuration names it; "" is root
  std::vector<std::string> start;  ///< entrypoint and command
  std::uint64_t size = 0;          ///< as it is stored
  std::uint64_t bytes = 0;         ///< of the files of all layers
  std::uint64_t hidden = 0;        ///< of those that no container sees
  std::vector<Layer> layers;       ///< the lowest first
  std::optional<Base> base;
  std::vector<Waste> waste;  ///< what saves most first
  /// Of programs and libraries that what it starts can never load; nothing when not certain.
  std::optional<std::uint64_t> unreachable_bytes;
  friend bool operator==(const ImageSummary&, const ImageSummary&) = default;
};

}  // namespace plimsoll
