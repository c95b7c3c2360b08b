#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "image/archive_stream.h"
#include "image/layer_analysis.h"
#include "image/progress.h"
#include "image/sbom_content.h"

namespace plimsoll::image {

struct Ask;

/// Processes that parse, made when they are needed and used again. Safe to call from threads. Each
/// does two things in turns where there are more threads than processes. One that dies takes down
/// what it was asked, not the run: what was done beside that is asked again of another.
class Workers {
 public:
  /// @param executable  answers kWorkerArgument with run_worker()
  /// @param settings    of everything that is analysed
  /// @param processes   how many do something at once; 0: one per processor
  explicit Workers(std::string executable, const AnalysisSettings& settings = {},
                   std::size_t processes = 0);
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
  /// How many threads may ask at once without one waiting for another.
  [[nodiscard]] std::size_t seats() const;

 private:
  class Process;
  /// One of the things that a process does in turns.
  struct Seat {
    std::shared_ptr<Process> process;  ///< this list's, and that of the other seat
    std::size_t line = 0;
  };

  [[nodiscard]] Result<Seat> take(bool alone);
  /// @return whether it died, and something else may be why
  bool give_back(const Seat& seat, bool alone);
  [[nodiscard]] Result<std::string> ask(const Ask& question, std::string_view body,
                                        archive::ByteStream& stream, Progress* progress);

  std::string executable_;
  std::string settings_;  ///< as they are sent
  std::size_t processes_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<Process>> all_;
};

}  // namespace plimsoll::image
