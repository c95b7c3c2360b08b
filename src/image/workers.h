#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/result.h"
#include "image/archive_stream.h"
#include "image/layer_analysis.h"
#include "image/progress.h"
#include "image/sbom_content.h"

namespace plimsoll::image {

/// Processes that parse, made when they are needed and used again. Safe to call from threads. One
/// that dies takes down what it was asked, not the run.
class Workers {
 public:
  /// @param executable  answers kWorkerArgument with run_worker()
  /// @param settings    of everything that is analysed
  explicit Workers(std::string executable, const AnalysisSettings& settings = {});
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers();

  /// @error kEnvironment  no process can be started
  /// @error kLimit        it died while it read
  [[nodiscard]] Result<LayerAnalysis> analyse(LayerBytes layer, Progress& progress);
  /// @error the same
  [[nodiscard]] Result<PackageReadings> read_packages(LayerBytes layer,
                                                      const WantedReaders& wanted);
  /// @error the same
  [[nodiscard]] Result<ArchiveMembers> read_archive(std::unique_ptr<archive::ByteStream> stream,
                                                    Progress& progress);
  /// @error the same, and those of image::read_sbom()
  [[nodiscard]] Result<SbomContent> read_sbom(const std::string& path,
                                              std::unique_ptr<archive::ByteStream> file);
  /// What the kernel took away from them; starts one to find out.
  [[nodiscard]] Result<std::string> sandbox();

 private:
  class Process;
  class Lease;

  [[nodiscard]] Result<std::unique_ptr<Process>> take();
  void give_back(std::unique_ptr<Process> process);

  std::string executable_;
  std::string settings_;  ///< as they are sent
  std::mutex mutex_;
  std::vector<std::unique_ptr<Process>> idle_;
};

}  // namespace plimsoll::image
