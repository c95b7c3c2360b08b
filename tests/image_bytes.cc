// Writes what an image source gives, as it comes: for tests of sources without a reader of images.
// usage: image_bytes SOURCE      the stream to standard output, or else a line per layer

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "image/find_image.h"

int main(int count, char** arguments) {
  using namespace plimsoll;
  if (count != 2) return 2;
  image::ImageRequest request{.name = arguments[1]};
  request.variable = [](std::string_view name) {
    const char* const value = std::getenv(std::string(name).c_str());
    return std::string(value == nullptr ? "" : value);
  };
  auto found = image::find_image(request);
  if (!found) {
    std::fprintf(stderr, "%s\n", found.error().to_line().c_str());
    return 1;
  }
  if (found->stream == nullptr) {
    for (const image::Layer& layer : found->image.layers) {
      std::printf("%s %s\n", layer.diff_id.c_str(),
                  (layer.folder.empty() ? layer.path : layer.folder).c_str());
    }
    return 0;
  }
  std::vector<char> buffer(1U << 16U);
  while (true) {
    const auto got = found->stream->read(buffer);
    if (!got) {
      std::fprintf(stderr, "%s\n", got.error().to_line().c_str());
      return 1;
    }
    if (*got == 0) return 0;
    if (std::fwrite(buffer.data(), 1, *got, stdout) != *got) return 1;
  }
}
