#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/exit.h"
#include "core/result.h"
#include "image/image_source.h"
#include "image/inventory.h"
#include "image/waste.h"
#include "report/document.h"

namespace plimsoll::cli {

/// The options of every command that reads an image.
struct ImageFlags {
  std::string target;
  std::string reference;             ///< which image of an archive; "" the only one, or the first
  std::vector<std::string> sources;  ///< asked in this order: "docker", "remote"; empty: as known
  std::string platform;
  bool insecure = false;
  std::string cache_folder;
  bool no_cache = false;
  bool require_sandbox = false;
  bool secrets = false;  ///< look for them
  std::string secret_configuration;
  std::size_t jobs = 0;
  std::string timeout;  ///< "5m"; "" for none
};

/// The image that a command is about, as its argument or with --input.
/// @param help  of the argument
void declare_target(CLI::App& app, ImageFlags& flags, const std::string& help);
/// All but the target and what is about secrets.
void declare(CLI::App& app, ImageFlags& flags);
/// For commands that tell of secrets: they are looked for unless the user says no.
void declare_secrets(CLI::App& app, ImageFlags& flags);

/// An image that was found, and how it is to be read.
struct ImageTarget {
  image::FoundImage found;
  image::Choice choice;
  image::AnalysisSettings settings;
  std::string cache;  ///< folder; "" for none
};
/// @error those of find_image(), and of what the flags say
[[nodiscard]] Result<ImageTarget> find_target(const ImageFlags& flags);

/// Whether its layers are those that the cache knows, without reading them.
[[nodiscard]] bool is_proven(const ImageTarget& target);

struct ReadImage {
  image::Inventory inventory;
  std::string sandbox;  ///< what the kernel took away from the processes that parsed it
};
/// Finds the image and reads it; a terminal is told how far it is.
/// @error kEnvironment  also when a sandbox is required that this kernel does not have
[[nodiscard]] Result<ReadImage> read_target(ImageTarget target, const ImageFlags& flags,
                                            bool quiet);
/// Both at once.
[[nodiscard]] Result<ReadImage> read_image(const ImageFlags& flags, bool quiet);

/// Layers then name the lines of the Dockerfile at this path; "" names none.
/// @error kNotFound, kUnreadable, kTooLarge  of the file
[[nodiscard]] Result<void> locate_layers(const std::string& path, image::Inventory& inventory);

/// A report without findings, which says why packages may be missing.
[[nodiscard]] report::Document document_of(const std::vector<Error>& problems);

/// What every report of an image shows beside its findings. The packages move into the report.
/// @param target  as it was asked for
void describe_image(image::Inventory& inventory, const image::Waste& waste,
                    const std::string& target, report::Document& document);

/// What a failure to read means for the whole run.
[[nodiscard]] Exit exit_of(const Error& error);

}  // namespace plimsoll::cli
