#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// ZIP archives for tests: files that are not packed, without checksums.
namespace plimsoll::archive::sample_zip {

[[nodiscard]] inline std::string little(std::size_t value, std::size_t bytes) {
  std::string text;
  for (; text.size() < bytes; value >>= 8U) text += static_cast<char>(value & 0xFF);
  return text;
}

using File = std::pair<std::string, std::string>;  ///< path and content

[[nodiscard]] inline std::string archive(const std::vector<File>& files) {
  std::string bytes;
  std::string directory;
  for (const auto& [path, content] : files) {
    const std::string sizes =
        little(content.size(), 4) + little(content.size(), 4) + little(path.size(), 2);
    directory += std::string("PK\x01\x02", 4) + little(0, 16) + sizes + little(0, 12) +
                 little(bytes.size(), 4) + path;
    bytes += std::string("PK\x03\x04", 4) + little(0, 14) + sizes + little(0, 2) + path + content;
  }
  return bytes + directory + std::string("PK\x05\x06", 4) + little(0, 4) + little(files.size(), 2) +
         little(files.size(), 2) + little(directory.size(), 4) + little(bytes.size(), 4) +
         little(0, 2);
}

}  // namespace plimsoll::archive::sample_zip
