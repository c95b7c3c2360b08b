#include "http/http_library.h"

#include <dlfcn.h>

namespace plimsoll::http {
namespace {

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

/// Never closed: what it started would have to be ended in the right order.
HttpLibrary load() {
  HttpLibrary loaded;
  void* library = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  const bool whole = library != nullptr && find(library, "curl_global_init", loaded.global_init) &&
                     find(library, "curl_easy_init", loaded.easy_init) &&
                     find(library, "curl_easy_cleanup", loaded.easy_cleanup) &&
                     find(library, "curl_easy_perform", loaded.easy_perform) &&
                     find(library, "curl_easy_strerror", loaded.easy_strerror) &&
                     find(library, "curl_easy_setopt", loaded.easy_setopt) &&
                     find(library, "curl_easy_getinfo", loaded.easy_getinfo);
  if (!whole || loaded.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return {};
  return loaded;
}

}  // namespace

const HttpLibrary* http_library() {
  static const HttpLibrary loaded = load();
  return loaded.easy_init == nullptr ? nullptr : &loaded;
}

}  // namespace plimsoll::http
