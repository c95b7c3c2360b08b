#include "update/repository.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "advisory/feed_xml.h"
#include "core/ascii.h"
#include "http/url.h"
#include "update/claimed_digest.h"

namespace plimsoll::update {
namespace {

namespace xml = advisory::xml;

constexpr std::size_t kMostList = 64U << 10U;
constexpr std::size_t kMostRepomd = 4U << 20U;
constexpr std::size_t kSha256Digits = 64;

/// Plain names between slashes: no "..", no other server, nothing that is written in other ways.
bool leads_inside(std::string_view path) {
  for (const std::string_view part : ascii::split(path, '/')) {
    if (part.empty() || part == "." || part == "..") return false;
    for (const char c : part) {
      if (!ascii::is_alnum(c) && std::string_view("-._~+@,=").find(c) == std::string_view::npos) {
        return false;
      }
    }
  }
  return true;
}

std::string digest_of(pugi::xml_node data) {
  const pugi::xml_node checksum = xml::child(data, "checksum");
  const std::string digits = ascii::lower(xml::text(checksum));
  const bool is_digest = xml::attribute(checksum, "type") == "sha256" &&
                         digits.size() == kSha256Digits &&
                         std::all_of(digits.begin(), digits.end(), ascii::is_hex);
  return is_digest ? "sha256:" + digits : "";
}

Result<std::string> get_list(Web& web, const std::string& address) {
  const auto answer = web.get(address, {"Accept-Encoding: identity"});
  if (!answer) return tl::unexpected(answer.error());
  return read_claimed_body(**answer, kMostList);
}

}  // namespace

Result<std::string> repository_of_list(std::string_view list, std::string_view text) {
  const std::string_view first = ascii::trim(text.substr(0, text.find('\n')));
  const auto from = http::parse_url(list);
  const auto repository = http::parse_url(first);
  if (!from || !repository || repository->target.find('?') != std::string::npos) {
    return fail(ErrorCode::kInvalid, "its first line is no address of a repository");
  }
  if (!repository->same_origin(*from)) {
    return fail(ErrorCode::kInvalid, "it leads to another server: " + repository->host);
  }
  std::string address = repository->to_string();
  if (!address.ends_with('/')) address += '/';
  return address;
}

Result<RepositoryFile> updateinfo_of(std::string_view repomd) {
  const auto document = xml::parse(repomd);
  if (!document) return tl::unexpected(document.error());
  const pugi::xml_node root = (*document)->document_element();
  if (xml::name(root) != "repomd") return fail(ErrorCode::kInvalid, "it is no repomd.xml");
  for (const pugi::xml_node data : root.children()) {
    if (xml::name(data) != "data" || xml::attribute(data, "type") != "updateinfo") continue;
    RepositoryFile file{.path = std::string(xml::attribute(xml::child(data, "location"), "href")),
                        .digest = digest_of(data)};
    if (!leads_inside(file.path)) {
      return fail(ErrorCode::kInvalid,
                  "its repomd.xml leads out of the repository: '" + file.path + '\'');
    }
    if (file.digest.empty()) {
      return fail(ErrorCode::kInvalid, "its repomd.xml has no SHA-256 of the advisories");
    }
    return file;
  }
  return fail(ErrorCode::kInvalid, "its repomd.xml has no advisories");
}

Result<std::optional<Updateinfo>> find_updateinfo(Web& web, const std::string& place,
                                                  const KeptCopy* ours) {
  std::string repository = place;
  if (!place.ends_with('/')) {
    const auto list = get_list(web, place);
    if (!list) return tl::unexpected(list.error());
    auto named = repository_of_list(place, *list);
    if (!named) return tl::unexpected(std::move(named.error()));
    repository = *std::move(named);
  }
  Updateinfo found{.repomd = repository + "repodata/repomd.xml"};
  std::vector<std::string> headers{"Accept-Encoding: identity"};
  const bool is_known = ours != nullptr && ours->address == found.repomd;
  if (is_known && !ours->list_etag.empty()) headers.push_back("If-None-Match: " + ours->list_etag);
  const auto answer = web.get(found.repomd, headers);
  if (!answer) return tl::unexpected(answer.error());
  if ((*answer)->status() == 304 && headers.size() > 1) return std::nullopt;
  const auto body = read_claimed_body(**answer, kMostRepomd);
  if (!body) return tl::unexpected(body.error());
  auto file = updateinfo_of(*body);
  if (!file) return tl::unexpected(std::move(file.error()));
  found.etag = (*answer)->header("ETag");
  found.address = repository + file->path;
  found.digest = std::move(file->digest);
  return found;
}

}  // namespace plimsoll::update
