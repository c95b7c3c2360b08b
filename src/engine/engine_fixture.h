#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace plimsoll::engine {

/// An engine for tests: answers by path; everything else is not there.
class FakeApi final : public Api {
 public:
  void answer(std::string path, std::string body) { answers_[std::move(path)] = std::move(body); }
  /// As Docker 28 says it, as far as it is read.
  void answer_as_docker(std::string security_options = R"(["name=seccomp,profile=builtin"])") {
    answer("/version", R"({"Components": [{"Name": "Engine"}]})");
    answer("/info", R"({"DockerRootDir": "/var/lib/docker/100000.100000", "SecurityOptions": )" +
                        std::move(security_options) + '}');
  }

  Result<std::string> get(std::string_view path) const override {
    const std::lock_guard lock(*mutex_);
    asked_.emplace_back(path);
    const auto found = answers_.find(path);
    if (found != answers_.end()) return found->second;
    return fail(ErrorCode::kNotFound, "GET " + std::string(path) + ": answered with status 404",
                name());
  }
  std::string name() const override { return "/run/test.sock"; }

  [[nodiscard]] const std::vector<std::string>& asked() const { return asked_; }

 private:
  std::map<std::string, std::string, std::less<>> answers_;
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();  ///< so that it moves
  mutable std::vector<std::string> asked_;
};

}  // namespace plimsoll::engine
