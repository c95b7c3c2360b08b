#include "engine/engine.h"

/// In place of socket_api.cc where plimsoll is built without libcurl (PLIMSOLL_ENGINE=OFF).
namespace plimsoll::engine {
namespace {

class NoApi final : public Api {
 public:
  explicit NoApi(std::string path) : path_(std::move(path)) {}
  std::string name() const override { return path_; }
  Result<std::string> get(std::string_view) const override {
    return fail(ErrorCode::kEnvironment,
                "this plimsoll was built to ask no engine (audit the output of `docker inspect`)",
                path_);
  }

 private:
  std::string path_;
};

}  // namespace

std::unique_ptr<Api> open_socket(std::string path) {
  return std::make_unique<NoApi>(std::move(path));
}

}  // namespace plimsoll::engine
