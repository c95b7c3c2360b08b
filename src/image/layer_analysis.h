#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "image/binary/binary_facts.h"
#include "image/byte_stream.h"
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
  Binaries binaries;                                      ///< what programs and libraries tell
};

/// What is looked for.
struct Analysers {
  const PackageFiles& package_files;
};

/// Exactly one of `stream` and `folder` is there: the layer's tar, or its files on disk.
struct LayerBytes {
  std::unique_ptr<ByteStream> stream;
  std::string folder;
};

[[nodiscard]] LayerAnalysis analyse(LayerBytes layer, const Analysers& analysers);

/// Readers by their kind, for paths of a layer.
using WantedReaders = std::map<std::string, std::string, std::less<>>;

/// Packages of files that the first pass could not know to list some: another path leads to them.
[[nodiscard]] PackageReadings read_packages_of(LayerBytes layer, const WantedReaders& wanted);

}  // namespace plimsoll::image
