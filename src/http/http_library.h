#pragma once

// Its macros check types by the functions that are linked; these are loaded.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

namespace plimsoll::http {

/// libcurl, loaded when an engine or a registry is first asked: it brings some forty libraries, which
/// would make every start of the executable three times as long.
struct HttpLibrary {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&::curl_easy_init) easy_init = nullptr;
  decltype(&::curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&::curl_easy_perform) easy_perform = nullptr;
  decltype(&::curl_easy_strerror) easy_strerror = nullptr;
  CURLcode (*easy_setopt)(CURL*, CURLoption, ...) = nullptr;
  CURLcode (*easy_getinfo)(CURL*, CURLINFO, ...) = nullptr;
};

/// Null when it is not installed. Started once per process; not while there are threads: Debian
/// 12's is not safe in them.
[[nodiscard]] const HttpLibrary* http_library();

}  // namespace plimsoll::http
