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
                     find(library, "curl_easy_getinfo", loaded.easy_getinfo) &&
                     find(library, "curl_easy_pause", loaded.easy_pause) &&
                     find(library, "curl_multi_init", loaded.multi_init) &&
                     find(library, "curl_multi_cleanup", loaded.multi_cleanup) &&
                     find(library, "curl_multi_add_handle", loaded.multi_add_handle) &&
                     find(library, "curl_multi_remove_handle", loaded.multi_remove_handle) &&
                     find(library, "curl_multi_perform", loaded.multi_perform) &&
                     find(library, "curl_multi_poll", loaded.multi_poll) &&
                     find(library, "curl_multi_info_read", loaded.multi_info_read) &&
                     find(library, "curl_slist_append", loaded.slist_append) &&
                     find(library, "curl_slist_free_all", loaded.slist_free_all);
  if (!whole || loaded.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return {};
  return loaded;
}

}  // namespace

const HttpLibrary* http_library() {
  static const HttpLibrary loaded = load();
  return loaded.easy_init == nullptr ? nullptr : &loaded;
}

}  // namespace plimsoll::http
