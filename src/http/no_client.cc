#include "http/client.h"

/// In place of client.cc where plimsoll is built without libcurl (PLIMSOLL_ENGINE=OFF).
namespace plimsoll::http {

Outcome<std::unique_ptr<Response>> open(const Request&) {
  return tl::unexpected(Failure{Failure::Kind::kNoLibrary,
                                "this plimsoll was built to ask no engine, no registry and no "
                                "server (save the image, and read the archive)"});
}

}  // namespace plimsoll::http
