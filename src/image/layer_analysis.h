#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/byte_stream.h"
#include "image/binary/binary_facts.h"
#include "image/found_secret.h"
#include "image/layer.h"
#include "image/package_files.h"
#include "image/package_reader.h"

namespace plimsoll::image {

using PackageReadings =
    std::map<std::string, PackageReading, std::less<>>;  ///< by path of what lists them

/// All that one pass over a layer tells, free of the layers around it.
struct LayerAnalysis {
  LayerEntries content;
  PackageReadings packages;
  std::map<std::string, std::string, std::less<>> facts;  ///< small files that say something
  std::vector<FoundSecret> secrets;                       ///< in the layer's order
  Binaries binaries;                                      ///< what programs and libraries tell
};

/// What is looked for.
struct AnalysisSettings {
  bool secrets = true;
  std::string secret_configuration;       ///< text of the user's file; "": the built-in detectors
  std::string secret_configuration_path;  ///< for messages
};

/// What looks for it, made ready once for many layers.
class Analysers {
 public:
  explicit Analysers(const AnalysisSettings& settings = {});
  Analysers(const Analysers&) = delete;
  Analysers& operator=(const Analysers&) = delete;
  ~Analysers();

  /// Why the settings are not what they should be; then their default holds.
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }
  /// Null when no secrets are looked for.
  [[nodiscard]] const secret::DetectorSet* detectors() const;

 private:
  bool secrets_;
  std::unique_ptr<secret::DetectorSet> own_;
  std::optional<Error> problem_;
};

/// Exactly one of `stream` and `folder` is there: the layer's tar, or its files on disk.
struct LayerBytes {
  std::unique_ptr<archive::ByteStream> stream;
  std::string folder;
  LayerReading how;
};

[[nodiscard]] LayerAnalysis analyse(LayerBytes layer, const Analysers& analysers);

/// Readers by their kind, for paths of a layer.
using WantedReaders = std::map<std::string, std::string, std::less<>>;

/// Packages of files that the first pass could not know to list some: another path leads to them.
[[nodiscard]] PackageReadings read_packages_of(LayerBytes layer, const WantedReaders& wanted);

}  // namespace plimsoll::image
