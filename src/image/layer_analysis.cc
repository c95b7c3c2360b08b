#include "image/layer_analysis.h"

#include <utility>

#include "image/binary/binary_collector.h"
#include "image/fact_collector.h"
#include "image/package_collector.h"

namespace plimsoll::image {
namespace {

LayerEntries read(LayerBytes layer, ContentReaders readers) {
  return layer.stream ? read_layer(std::move(layer.stream), readers)
                      : read_folder_layer(layer.folder, readers);
}

}  // namespace

LayerAnalysis analyse(LayerBytes layer, const Analysers& analysers) {
  LayerAnalysis analysis;
  std::vector<std::unique_ptr<ContentReader>> readers;
  readers.push_back(std::make_unique<PackageCollector>(
      [&](std::string_view path) { return analysers.package_files.reader_of(path); },
      analysis.packages));
  readers.push_back(std::make_unique<FactCollector>(analysis.facts));
  readers.push_back(std::make_unique<BinaryCollector>(analysis.binaries));
  analysis.content = read(std::move(layer), readers);
  return analysis;
}

PackageReadings read_packages_of(LayerBytes layer, const WantedReaders& wanted) {
  PackageReadings readings;
  std::vector<std::unique_ptr<ContentReader>> readers;
  readers.push_back(std::make_unique<PackageCollector>(
      [&](std::string_view path) {
        const auto found = wanted.find(path);
        return found == wanted.end() ? nullptr : find_package_reader(found->second);
      },
      readings));
  (void)read(std::move(layer), readers);  // its problems were told by the first pass
  return readings;
}

}  // namespace plimsoll::image
