#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bug.h"
#include "image/package_reader.h"

/// A line with a kind, then the file: "npm-package-lock\n{…". In place of a name the first byte may
/// choose the reader.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  if (size == 0) return 0;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto& readers = image::all_package_readers();
  const std::size_t line_end = std::min(input.find('\n'), input.size());
  const image::PackageReader* reader = image::find_package_reader(input.substr(0, line_end));
  if (reader != nullptr) {
    input.remove_prefix(std::min(line_end + 1, input.size()));
  } else {
    reader = readers[data[0] % readers.size()];
    input.remove_prefix(1);
  }
  const std::string path = "folder/file";
  const image::PackageReading reading = image::read_packages(*reader, path, std::string(input));
  const auto lines = static_cast<std::size_t>(std::count(input.begin(), input.end(), '\n')) + 1;
  for (const Package& package : reading.packages) {
    if (package.name.empty()) PL_BUG("a package without name");
    if (package.ecosystem.empty() && !reader->ecosystem.empty()) PL_BUG("of no ecosystem");
    if (package.line > lines) PL_BUG("a line past the end");
  }
  for (const Error& problem : reading.problems) {
    if (problem.message.empty() || problem.path != path) PL_BUG("a problem nobody can place");
  }
  const image::PackageReading again = image::read_packages(*reader, path, std::string(input));
  if (!(again.packages == reading.packages)) PL_BUG("reading twice differs");
  return 0;
}
