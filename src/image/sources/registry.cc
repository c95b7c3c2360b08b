#include <thread>
#include <utility>

#include "image/image_source.h"
#include "image/registry/credential_helper.h"
#include "image/registry/endpoint.h"
#include "image/registry/pull.h"
#include "image/registry/reference.h"

namespace plimsoll::image::sources {
namespace {

Result<FoundImage> find(const ImageRequest& request) {
  static const DiskFileSystem kFiles;
  const auto reference = registry::parse_reference(request.name);
  if (!reference) return tl::unexpected(reference.error());
  const auto endpoints =
      registry::endpoints_of(kFiles, request.variable, *reference, request.insecure);
  if (!endpoints) return tl::unexpected(endpoints.error());
  const auto surroundings = std::make_shared<const registry::Surroundings>(registry::Surroundings{
      .files = kFiles,
      .variable = request.variable,
      .ask_helper =
          [](const std::string& helper, const std::string& host) {
            return registry::ask_credential_helper(helper, host);
          },
      .sleep = [](std::chrono::seconds time) { std::this_thread::sleep_for(time); }});
  auto store = registry::open_remote(*reference, *endpoints, request.choice.platform, surroundings);
  if (!store) return tl::unexpected(store.error());
  auto image = read_saved_image(**store, {.name = {}, .platform = request.choice.platform});
  if (!image) return tl::unexpected(image.error());
  return FoundImage{.image = *std::move(image), .store = *std::move(store)};
}

}  // namespace

const ImageSource& registry() {
  static constexpr ImageSource kSource{
      .name = "registry",
      .prefixes = "registry: registry:// image:// docker:// remote:",
      .what = "an image of a registry, layer by layer and without a copy on disk",
      .rank = 80,
      .find = find,
  };
  return kSource;
}

}  // namespace plimsoll::image::sources
