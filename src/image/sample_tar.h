#pragma once

#include <cstddef>
#include <cstdio>
#include <string>

/// Tars for tests, written block by block.
namespace plimsoll::image::sample_tar {

/// A header as ustar has it; `prefix` only there.
inline std::string header(const std::string& name, char type, std::size_t size,
                          const std::string& link = {}, const std::string& prefix = {},
                          bool ustar = true) {
  std::string block(512, '\0');
  block.replace(0, name.size(), name);
  block.replace(100, 7, "0004755");
  block.replace(108, 7, "0001750");
  block.replace(116, 7, "0001751");
  char number[13];
  std::snprintf(number, sizeof number, "%011zo", size);
  block.replace(124, 11, number);
  block[156] = type;
  block.replace(157, link.size(), link);
  if (ustar)
    block.replace(257, 8,
                  std::string("ustar\0"
                              "00",
                              8));
  block.replace(345, prefix.size(), prefix);
  block.replace(148, 8, "        ");
  unsigned sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  std::snprintf(number, sizeof number, "%06o", sum);
  block.replace(148, 7, std::string(number, 6) + '\0');
  return block;
}

inline std::string padded(std::string text) {
  text.resize((text.size() + 511) / 512 * 512, '\0');
  return text;
}

inline std::string file(const std::string& name, const std::string& content) {
  return header(name, '0', content.size()) + padded(content);
}

/// Two empty blocks.
inline std::string end() {
  return std::string(1024, '\0');
}

}  // namespace plimsoll::image::sample_tar
