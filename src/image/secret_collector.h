#pragma once

#include <optional>
#include <vector>

#include "core/result.h"
#include "image/content_reader.h"
#include "image/found_secret.h"
#include "secret/secret_scan.h"

namespace plimsoll::image {

/// Looks for secrets in every file but those that are not worth it by their names.
class SecretCollector final : public ContentReader {
 public:
  SecretCollector(const secret::DetectorSet& detectors, std::vector<FoundSecret>& into,
                  std::vector<Error>& problems)
      : detectors_(detectors), into_(into), problems_(problems) {}

  bool begin(const Entry& entry, std::string_view head) override;
  void piece(std::string_view bytes) override;
  void end(const Entry& entry, bool whole) override;

 private:
  const secret::DetectorSet& detectors_;
  std::vector<FoundSecret>& into_;
  std::vector<Error>& problems_;
  std::optional<secret::SecretScan> scan_;
  bool is_text_ = false;
};

}  // namespace plimsoll::image
