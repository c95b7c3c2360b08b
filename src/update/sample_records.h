#pragma once

#include <map>
#include <string>

#include "archive/sample_zip.h"

/// Small feeds for tests.
namespace plimsoll::update::sample {

/// An OSV record of one npm package.
[[nodiscard]] inline std::string record(const std::string& id, const std::string& modified,
                                        const std::string& fixed = "1.0.1") {
  return R"({"id": ")" + id + R"(", "modified": ")" + modified + R"(", "summary": "about )" + id +
         R"(", "affected": [{"package": {"ecosystem": "npm", )" + R"("name": "p-)" + id +
         R"("}, "ranges": [{"type": "SEMVER", "events": )" +
         R"([{"introduced": "0"}, {"fixed": ")" + fixed + R"("}]}]}]})";
}

struct Record {
  std::string modified;
  std::string fixed = "1.0.1";
};
using Records = std::map<std::string, Record>;

/// As OSV's `all.zip`.
[[nodiscard]] inline std::string archive_of(const Records& records) {
  std::vector<archive::sample_zip::File> files;
  for (const auto& [id, each] : records) {
    files.emplace_back(id + ".json", record(id, each.modified, each.fixed));
  }
  return archive::sample_zip::archive(files);
}

/// As OSV's `modified_id.csv`.
[[nodiscard]] inline std::string list_of(const Records& records) {
  std::string text;
  for (const auto& [id, each] : records) text += each.modified + ',' + id + '\n';
  return text;
}

[[nodiscard]] inline std::string kev(const std::string& released) {
  return R"({"title": "t", "catalogVersion": "1", "dateReleased": ")" + released +
         R"(", "vulnerabilities": [{"cveID": "CVE-2024-0001", "dateAdded": "2024-01-01"}]})";
}

}  // namespace plimsoll::update::sample
