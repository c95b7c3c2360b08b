#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/ascii.h"
#include "http/sample_server.h"

namespace plimsoll::update {

/// One file of a web site for tests.
struct SamplePage {
  std::string body;
  std::string etag;           ///< with quotes
  std::string last_modified;  ///< "Sun, 22 Nov 2026 10:00:00 GMT"
  std::string headers;        ///< further ones, each with "\r\n"
  int status = 200;
  std::chrono::milliseconds delay{0};
  int cut = 0;  ///< so many answers end after half of what they promise
};

/// A web site on loopback that knows conditional requests and ranges.
class SampleSite {
 public:
  SampleSite() : server_([this](const std::string& head) { return answer(head); }) {}

  void put(const std::string& path, SamplePage page) {
    const std::lock_guard lock(mutex_);
    pages_[path] = std::move(page);
  }
  void remove(const std::string& path) {
    const std::lock_guard lock(mutex_);
    pages_.erase(path);
  }
  [[nodiscard]] std::string url(const std::string& path) const { return server_.url(path); }
  /// The requests so far: "GET /osv/npm/all.zip 304".
  [[nodiscard]] std::vector<std::string> log() const {
    const std::lock_guard lock(mutex_);
    return log_;
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    log_.clear();
  }
  /// The value of a header of a request; "" without.
  static std::string header(const std::string& head, std::string_view name) {
    for (const std::string_view line : ascii::split(head, '\n')) {
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos || !ascii::iequals(line.substr(0, colon), name)) continue;
      return std::string(ascii::trim(line.substr(colon + 1)));
    }
    return {};
  }

 private:
  std::string answer(const std::string& head) {
    const std::lock_guard lock(mutex_);
    const std::string path(ascii::split(head, ' ')[1]);
    const auto found = pages_.find(path);
    if (found == pages_.end()) return say(path, 404, "", "");
    SamplePage& page = found->second;
    std::this_thread::sleep_for(page.delay);
    std::string headers = page.headers;
    if (!page.etag.empty()) headers += "ETag: " + page.etag + "\r\n";
    if (!page.last_modified.empty()) headers += "Last-Modified: " + page.last_modified + "\r\n";
    if (page.status != 200) return say(path, page.status, page.body, headers);
    const std::string none_match = header(head, "If-None-Match");
    const bool is_same =
        none_match.empty()
            ? !page.last_modified.empty() && header(head, "If-Modified-Since") == page.last_modified
            : none_match == page.etag;
    if (is_same) return say(path, 304, "", headers);
    std::size_t from = 0;
    const std::string range = header(head, "Range");
    const std::string if_range = header(head, "If-Range");
    if (range.starts_with("bytes=") &&
        (if_range.empty() || if_range == page.etag || if_range == page.last_modified)) {
      from = static_cast<std::size_t>(std::stoul(range.substr(6)));
      if (from >= page.body.size()) return say(path, 416, "", headers);
      headers += "Content-Range: bytes " + std::to_string(from) + '-' +
                 std::to_string(page.body.size() - 1) + '/' + std::to_string(page.body.size()) +
                 "\r\n";
    }
    std::string bytes =
        say(path, range.empty() || headers.find("Content-Range") == std::string::npos ? 200 : 206,
            page.body.substr(from), headers);
    if (page.cut > 0) {
      --page.cut;
      bytes.resize(bytes.size() - (page.body.size() - from) / 2);
    }
    return bytes;
  }

  std::string say(const std::string& path, int status, const std::string& body,
                  const std::string& headers) {
    log_.push_back("GET " + path + ' ' + std::to_string(status));
    return http::SampleServer::answer(status, body, headers);
  }

  std::map<std::string, SamplePage> pages_;
  std::vector<std::string> log_;
  mutable std::mutex mutex_;
  http::SampleServer server_;  // last: it asks for the others until it is gone
};

}  // namespace plimsoll::update
