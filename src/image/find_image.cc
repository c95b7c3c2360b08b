#include "image/find_image.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ascii.h"
#include "core/file_system.h"

namespace plimsoll::image {
namespace {

/// "registry:5000/app" names a host, as every network of Compose has one; an existing path does
/// not.
bool is_port(std::string_view rest) {
  const std::size_t slash = rest.find('/');
  return slash != std::string_view::npos && ascii::is_number(rest.substr(0, slash)) &&
         !DiskFileSystem().kind(rest, true);
}

/// The prefix of `name` that is the longest of all sources; "" when there is none.
std::string_view prefix_of(std::string_view name) {
  std::string_view longest;
  for (const ImageSource* source : all_image_sources()) {
    for (const std::string_view prefix : ascii::split(source->prefixes, ' ')) {
      const bool longer = name.starts_with(prefix) && prefix.size() > longest.size();
      if (longer && !is_port(name.substr(prefix.size()))) longest = prefix;
    }
  }
  return longest;
}

std::vector<const ImageSource*> sources_of(std::string_view prefix) {
  std::vector<const ImageSource*> found;
  for (const ImageSource* source : all_image_sources()) {
    const auto own = ascii::split(source->prefixes, ' ');
    const bool meant =
        prefix.empty() ? source->rank > 0 : std::find(own.begin(), own.end(), prefix) != own.end();
    if (meant) found.push_back(source);
  }
  return found;
}

bool is_elsewhere(const Error& error) {
  return error.code == ErrorCode::kNotFound || error.code == ErrorCode::kUsage ||
         error.code == ErrorCode::kEnvironment;
}

}  // namespace

Result<FoundImage> find_image(const ImageRequest& request) {
  const std::string_view prefix = prefix_of(request.name);
  const auto sources = sources_of(prefix);
  ImageRequest asked = request;
  asked.name = request.name.substr(prefix.size());
  if (asked.name.empty()) {
    return fail(ErrorCode::kUsage, "no image is named after the prefix", request.name);
  }
  asked.guessed = sources.size() > 1;
  if (sources.size() == 1) return sources.front()->find(asked);
  Error none;
  none.code = ErrorCode::kNotFound;
  none.path = request.name;
  none.message = "no such image";
  std::string_view mark = ": ";
  for (const ImageSource* source : sources) {
    auto found = source->find(asked);
    if (found || !is_elsewhere(found.error())) return found;
    if (found.error().code == ErrorCode::kEnvironment) none.code = ErrorCode::kEnvironment;
    none.message += std::string(mark) + std::string(source->name) + ": " + found.error().message;
    mark = "; ";
  }
  return tl::unexpected(std::move(none));
}

}  // namespace plimsoll::image
