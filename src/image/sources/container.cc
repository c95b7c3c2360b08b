#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "image/bounded_json.h"
#include "image/engine_stream.h"
#include "image/files_in_use.h"
#include "image/image_source.h"

namespace plimsoll::image::sources {
namespace {

/// The whole id of a container; "" where the engine does not say it.
std::string id_of(EngineKind kind, const ImageRequest& request) {
  constexpr std::size_t kMost = 4U << 20U;
  auto answer = engine_stream(kind, request, "/containers/" + request.name + "/json");
  if (!answer) return {};
  std::string text;
  std::array<char, 64U << 10U> buffer;
  for (;;) {
    const auto got = (*answer)->read(buffer);
    if (!got || text.size() > kMost) return {};
    if (*got == 0) break;
    text.append(buffer.data(), *got);
  }
  const auto json = parse_bounded_json(text);
  if (!json || !json->is_object()) return {};
  const auto id = json->find("Id");
  return id != json->end() && id->is_string() ? id->get<std::string>() : std::string();
}

/// Docker is asked first, then Podman.
Result<FoundImage> find(const ImageRequest& request) {
  if (!is_engine_name(request.name) || request.name.find('/') != std::string::npos) {
    return fail(ErrorCode::kUsage, "no container can be called so", request.name);
  }
  const std::string path = "/containers/" + request.name + "/export";
  EngineKind kind = EngineKind::kDocker;
  auto stream = engine_stream(kind, request, path);
  if (!stream) {
    const Error docker = stream.error();
    kind = EngineKind::kPodman;
    stream = engine_stream(kind, request, path);
    if (!stream) {
      stream.error().message = "docker: " + docker.message + "; podman: " + stream.error().message;
      stream.error().path = request.name;
      return tl::unexpected(stream.error());
    }
  }
  FoundImage found;
  found.stream = *std::move(stream);
  found.is_file_system = true;
  found.image.names = {request.name};
  found.image.in_use = files_in_use("/proc", id_of(kind, request));
  return found;
}

}  // namespace

const ImageSource& container() {
  static constexpr ImageSource kSource{
      .name = "container",
      .prefixes = "container:",
      .what = "the file system of a container, running or stopped, over its engine's socket",
      .find = find,
  };
  return kSource;
}

}  // namespace plimsoll::image::sources
