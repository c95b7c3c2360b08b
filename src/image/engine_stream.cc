#include "image/engine_stream.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/ascii.h"
#include "core/file_system.h"
#include "core/path.h"
#include "http/client.h"
#include "image/bounded_json.h"

namespace plimsoll::image {
namespace {

/// Podman writes an archive of its own before the first byte of it is sent.
constexpr std::chrono::seconds kStall{600};
constexpr std::size_t kMostErrorBytes = 64U << 10U;
constexpr std::size_t kMostSaid = 200;
constexpr std::string_view kUnix = "unix://";

class EngineStream final : public archive::ByteStream {
 public:
  EngineStream(std::unique_ptr<http::Response> answer, std::string socket)
      : answer_(std::move(answer)), socket_(std::move(socket)) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    auto got = answer_->read(buffer);
    if (got) return *got;
    return fail(ErrorCode::kUnreadable, got.error().message, socket_);
  }

 private:
  std::unique_ptr<http::Response> answer_;
  std::string socket_;
};

std::string said_by(http::Response& answer) {
  const auto body = http::read_body(answer, kMostErrorBytes);
  if (!body) return {};
  const auto parsed = parse_bounded_json(*body);
  if (!parsed) return {};
  const nlohmann::json& json = *parsed;
  if (!json.is_object() || !json.contains("message") || !json["message"].is_string()) return {};
  std::string text = json["message"].get<std::string>().substr(0, kMostSaid);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < ' ' || c == 0x7F; }, ' ');
  return " ('" + text + "')";
}

}  // namespace

bool is_engine_name(std::string_view name) {
  return !name.empty() && name.size() <= 512 && ascii::is_alnum(name.front()) &&
         name.find("..") == std::string_view::npos &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return ascii::is_name(c) || c == '.' || c == '-' || c == '/' || c == ':' || c == '@';
         });
}

Result<std::vector<std::string>> engine_sockets(EngineKind kind, const ImageRequest& request) {
  const bool docker = kind == EngineKind::kDocker;
  const char* variable = docker ? "DOCKER_HOST" : "CONTAINER_HOST";
  if (const std::string host = request.variable(variable); !host.empty()) {
    if (host.starts_with(kUnix)) return std::vector<std::string>{host.substr(kUnix.size())};
    // What it names may hold a name and a password: it is not shown.
    return fail(ErrorCode::kEnvironment,
                std::string(variable) + " names no unix socket; only unix://PATH can be asked");
  }
  std::vector<std::string> sockets;
  const std::string own = request.variable("XDG_RUNTIME_DIR");
  if (docker) sockets.emplace_back("/var/run/docker.sock");
  if (!own.empty())
    sockets.push_back(path::join(own, docker ? "docker.sock" : "podman/podman.sock"));
  if (!docker) sockets.emplace_back("/run/podman/podman.sock");
  return sockets;
}

Result<std::unique_ptr<archive::ByteStream>> engine_stream(EngineKind kind,
                                                           const ImageRequest& request,
                                                           std::string_view path) {
  const auto sockets = engine_sockets(kind, request);
  if (!sockets) return tl::unexpected(sockets.error());
  const DiskFileSystem files;
  std::string tried;
  for (const std::string& socket : *sockets) {
    const auto there = files.kind(socket, true);
    tried += (tried.empty() ? "" : ", ") + socket;
    // A folder that may not be entered hides a socket: what the call says then is more helpful.
    if (!there && there.error().code != ErrorCode::kUnreadable) continue;
    auto answer = http::open(
        {.url = "http://localhost" + std::string(path), .unix_socket = socket, .stall = kStall});
    if (!answer) return tl::unexpected(http::to_error(answer.error(), socket));
    const int status = (*answer)->status();
    if (status == 200) return std::make_unique<EngineStream>(*std::move(answer), socket);
    const std::string said = said_by(**answer);
    if (status == 404)
      return fail(ErrorCode::kNotFound, "the engine does not have it" + said, socket);
    return fail(ErrorCode::kEnvironment,
                "the engine answers with status " + std::to_string(status) + said, socket);
  }
  return fail(ErrorCode::kEnvironment, "no engine: there is no socket at " + tried);
}

}  // namespace plimsoll::image
