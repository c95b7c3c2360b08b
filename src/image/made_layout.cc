#include "image/made_layout.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "image/registry/reference.h"

namespace plimsoll::image {
namespace {

std::string path_of(std::string_view digest) {
  const std::size_t colon = std::min(digest.find(':'), digest.size());
  return "blobs/" + std::string(digest.substr(0, colon)) + '/' +
         std::string(digest.substr(std::min(colon + 1, digest.size())));
}

}  // namespace

MadeLayout::MadeLayout(std::string name, const std::string& digest) : name_(std::move(name)) {
  const nlohmann::json index{
      {"schemaVersion", 2},
      {"manifests", nlohmann::json::array({nlohmann::json{{"digest", digest}}})}};
  files_["oci-layout"] = R"({"imageLayoutVersion":"1.0.0"})";
  files_["index.json"] = index.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void MadeLayout::add(const std::string& digest, std::string bytes) {
  files_[path_of(digest)] = std::move(bytes);
}

void MadeLayout::add_unpacked(const std::string& digest, std::uint64_t size) {
  unpacked_[path_of(digest)] = size;
}

bool MadeLayout::has(std::string_view path) const {
  return size(path).has_value();
}

std::optional<std::uint64_t> MadeLayout::size(std::string_view path) const {
  if (const auto file = files_.find(path); file != files_.end()) return file->second.size();
  if (const auto known = unpacked_.find(path); known != unpacked_.end()) return known->second;
  return rest_ == nullptr ? std::nullopt : rest_->size(path);
}

Result<std::unique_ptr<archive::ByteStream>> MadeLayout::open(std::string_view path) const {
  if (const auto file = files_.find(path); file != files_.end()) {
    return archive::memory_stream(file->second);
  }
  if (rest_ != nullptr) return rest_->open(path);
  return fail(ErrorCode::kNotFound, "it has no '" + std::string(path) + "'", name_);
}

RootedName rooted_name(std::string_view text) {
  const std::size_t end = text.find(']');
  if (!text.starts_with('[') || end == std::string_view::npos) return {{}, std::string(text)};
  std::string_view root = text.substr(1, end - 1);
  root = root.substr(0, root.find('+'));  // the folder of what runs
  if (const std::size_t at = root.find('@'); at != std::string_view::npos) {
    root.remove_prefix(at + 1);  // the driver
  }
  return {std::string(root), std::string(text.substr(end + 1))};
}

std::vector<std::string> stored_names(const std::string& name) {
  std::vector<std::string> names{name};
  if (const auto reference = registry::parse_reference(name)) {
    names.push_back(reference->to_string());
  }
  if (const auto local = registry::parse_reference("localhost/" + name)) {
    names.push_back(local->to_string());
  }
  return names;
}

}  // namespace plimsoll::image
