#include "image/layer_analysis.h"

#include <utility>

#include "image/binary/binary_collector.h"
#include "image/fact_collector.h"
#include "image/package_collector.h"
#include "image/secret_collector.h"
#include "secret/configuration.h"
#include "secret/detector_set.h"

namespace plimsoll::image {
namespace {

LayerEntries read(LayerBytes layer, ContentReaders readers) {
  return layer.stream ? read_layer(std::move(layer.stream), readers, layer.how)
                      : read_folder_layer(layer.folder, readers);
}

}  // namespace

Analysers::Analysers(const AnalysisSettings& settings) : secrets_(settings.secrets) {
  if (!secrets_ || settings.secret_configuration.empty()) return;
  const SourceFile source(settings.secret_configuration_path, settings.secret_configuration);
  auto configuration = secret::read_configuration(source);
  if (!configuration) {
    problem_ = std::move(configuration.error());
    return;
  }
  own_ = std::make_unique<secret::DetectorSet>(*std::move(configuration));
}

Analysers::~Analysers() = default;

const secret::DetectorSet* Analysers::detectors() const {
  if (!secrets_) return nullptr;
  return own_ ? own_.get() : &secret::builtin_detectors();
}

LayerAnalysis analyse(LayerBytes layer, const Analysers& analysers) {
  LayerAnalysis analysis;
  std::vector<std::unique_ptr<ContentReader>> readers;
  readers.push_back(std::make_unique<PackageCollector>(
      [](std::string_view path) { return image_package_files().reader_of(path); },
      analysis.packages));
  readers.push_back(std::make_unique<FactCollector>(analysis.facts));
  readers.push_back(std::make_unique<BinaryCollector>(analysis.binaries));
  std::vector<Error> problems;
  if (const secret::DetectorSet* detectors = analysers.detectors()) {
    readers.push_back(std::make_unique<SecretCollector>(*detectors, analysis.secrets, problems));
  }
  analysis.content = read(std::move(layer), readers);
  for (Error& problem : problems) analysis.content.problems.push_back(std::move(problem));
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
