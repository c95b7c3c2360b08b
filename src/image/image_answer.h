#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/control.h"
#include "core/severity.h"
#include "image/inventory.h"
#include "image/waste.h"

namespace plimsoll::image {

/// What a rule said of an image, free of this run.
struct KeptFinding {
  std::string rule;
  Severity severity = Severity::kLow;
  Control control = Control::kVerifiedSources;
  std::string message;
  std::string path;
  std::uint32_t line = 0;
  bool absence = false;
  std::vector<std::pair<std::string, std::string>> evidence;
};

/// Everything that is told of an image, so that it is told again without its layers.
struct ImageAnswer {
  OsRelease release;
  std::vector<Package> packages;  ///< without their files
  bool secrets_sought = false;
  std::vector<ImageSecret> secrets;
  Waste waste;
  std::vector<KeptFinding> findings;
  // One of each for every control:
  std::vector<std::uint32_t> applicable;  ///< 1 where some rule spoke about it
  std::vector<std::uint32_t> unknown;     ///< 1 where some rule could not decide
  std::vector<std::uint32_t> weight;      ///< of its worst rule
};

}  // namespace plimsoll::image
