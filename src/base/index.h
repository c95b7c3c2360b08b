#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "parse/image_reference.h"
#include "report/comparison.h"
#include "report/document.h"

/// Base images that the user made known on this computer, each with its bill of materials, so that
/// images are told from what they are built on, and bases compared, without asking anyone.
namespace plimsoll::base {

/// What is known of one image without reading its packages.
struct Entry {
  /// Canonical, "docker.io/library/python:3.11"; the first is the one it was added as.
  std::vector<std::string> names;
  std::uint64_t turn = 0;  ///< grows with each image that is added
  std::string id;          ///< of the image: its file's name without the extension
  std::string digest;      ///< of its manifest: what a Dockerfile can pin; "" when not known
  std::string platform;
  std::string created;              ///< RFC 3339; may be ""
  std::string os;                   ///< "debian 12"
  std::vector<std::string> layers;  ///< diff ids, the lowest first
  std::uint64_t bytes = 0;          ///< of its files; 0 where only a bill is known
  std::uint64_t size = 0;           ///< as it is stored
  std::size_t packages = 0;
  report::Settings settings;
};

/// "python:3.11" of "docker.io/library/python:3.11": as people write it.
[[nodiscard]] std::string familiar(std::string_view name);

/// A name as it is asked for by; nothing for what is none.
[[nodiscard]] std::optional<ImageReference> reference_of(std::string_view name);

/// What the image says of the release of its runtime, as official images do: {3, 11, 4} of
/// PYTHON_VERSION for "python:3"; empty where it says none.
[[nodiscard]] std::vector<std::uint32_t> runtime_version(
    const std::vector<std::string>& environment, const ImageReference& reference);

/// When something was made, for an order; "" where it hides that.
[[nodiscard]] std::string_view moment_of(std::string_view created);
/// The day it was made, "2024-01-01"; "" where it hides that, as reproducible builds do.
[[nodiscard]] std::string_view day_of(const Entry& entry);

/// What the index calls an image with this configuration; "" for what is no digest.
[[nodiscard]] std::string id_of(std::string_view config_digest);

/// A file is one line about the image and one with its report, both JSON.
class Index {
 public:
  /// Reads the first line of every file. What cannot be read is in problems(); a folder that is
  /// not there is an empty index.
  [[nodiscard]] static Index open(const std::string& folder);

  /// By first name, then from the oldest to the newest.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const std::vector<Error>& problems() const { return problems_; }
  /// Images that had this name, the oldest first. Any spelling of the name; "" finds none.
  /// @param platform  "" for all
  [[nodiscard]] std::vector<const Entry*> named(std::string_view name,
                                                std::string_view platform = {}) const;
  /// The image of this repository with this digest; null where there is none.
  [[nodiscard]] const Entry* pinned(const ImageReference& reference) const;
  /// The image and its packages.
  /// @error kNotFound, kUnreadable, kInvalid
  [[nodiscard]] Result<report::Document> read(const Entry& entry) const;

 private:
  std::string folder_;
  std::vector<Entry> entries_;
  std::vector<Error> problems_;
};

/// What is added. `document` has an image and its packages.
struct Addition {
  std::vector<std::string> names;  ///< as typed
  std::string config_digest;       ///< tells images apart; "" where there is none
  std::string digest;              ///< of its manifest
  report::Document document;
  report::Settings settings;
};
/// Writes it beside what is there; an image that is there gets the names besides its own. Two
/// processes at once both have their way.
/// @error kUsage        a name is no image reference with a tag
/// @error kEnvironment  nothing can be written there
[[nodiscard]] Result<Entry> add(const std::string& folder, const Addition& addition);
/// Takes the name away from every image; those without another one go.
/// @return how many images had it
[[nodiscard]] Result<std::size_t> remove(const std::string& folder, std::string_view name);

}  // namespace plimsoll::base
