#include "update/osv_delta.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "advisory/json_reading.h"
#include "archive/zip_archive.h"
#include "archive/zip_writer.h"
#include "core/ascii.h"

namespace plimsoll::update {
namespace {

constexpr std::size_t kMostRecord = 256U << 20U;
constexpr std::string_view kExtension = ".json";

/// May be part of an address and of a file's name.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 128 && text[0] != '.' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.' || c == ':';
         });
}

/// Without what may be written in two ways: "…:01.500Z" and "…:01.5Z". Ordered as text is.
std::string_view plain_time(std::string_view time) {
  if (time.ends_with('Z')) time.remove_suffix(1);
  if (time.ends_with("+00:00")) time.remove_suffix(6);
  if (time.find('.') == std::string_view::npos) return time;
  while (time.ends_with('0')) time.remove_suffix(1);
  if (time.ends_with('.')) time.remove_suffix(1);
  return time;
}

/// id → time of its last change.
Result<std::unordered_map<std::string_view, std::string_view>> times_of(std::string_view list) {
  std::unordered_map<std::string_view, std::string_view> times;
  std::size_t number = 0;
  for (std::string_view line : ascii::split(list, '\n')) {
    ++number;
    line = ascii::trim(line);
    if (line.empty()) continue;
    const std::size_t comma = line.find(',');
    const std::string_view id =
        comma == std::string_view::npos ? std::string_view() : line.substr(comma + 1);
    const std::string_view time = plain_time(line.substr(0, comma));
    const bool is_time = time.size() >= 19 && ascii::is_digit(time[0]) && time[10] == 'T';
    if (!is_id(id) || !is_time) {
      return fail(ErrorCode::kInvalid,
                  "its list of records is broken in line " + std::to_string(number));
    }
    times.insert_or_assign(id, time);
  }
  if (times.empty()) return fail(ErrorCode::kInvalid, "its list of records is empty");
  return times;
}

/// The id that a file of the archive is the record of; "" when it is none.
std::string_view id_of(const archive::ZipEntry& entry) {
  std::string_view name = entry.path;
  name.remove_prefix(name.rfind('/') + 1);  // npos + 1 is 0
  if (!name.ends_with(kExtension)) return {};
  name.remove_suffix(kExtension.size());
  return name;
}

}  // namespace

Result<OsvDifference> difference(std::string_view archive, std::string_view list) {
  auto times = times_of(list);
  if (!times) return tl::unexpected(times.error());
  const auto entries = archive::zip_entries(archive);
  if (!entries) return tl::unexpected(entries.error());
  std::string_view newest;
  for (const auto& [id, time] : *times) newest = std::max(newest, time);
  OsvDifference difference{.files = entries->size()};
  advisory::json::Reader reader;
  for (const archive::ZipEntry& entry : *entries) {
    const std::string_view id = id_of(entry);
    if (id.empty()) continue;
    const auto listed = times->find(id);
    if (listed == times->end()) {
      difference.gone.emplace_back(entry.path);
      continue;
    }
    const auto bytes = archive::unzip(archive, entry, kMostRecord);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto record = reader.read(*bytes);
    // What cannot be read is asked for anew.
    const std::string_view ours =
        record ? plain_time(advisory::json::text(*record, "modified")) : std::string_view();
    if (ours > newest) difference.is_older = true;
    if (listed->second > ours) difference.changed.emplace_back(id);
    times->erase(listed);
  }
  for (const auto& [id, time] : *times) difference.changed.emplace_back(id);
  std::sort(difference.changed.begin(), difference.changed.end());
  return difference;
}

Result<std::string> merge(std::string_view archive,
                          const std::map<std::string, std::string>& records,
                          const std::vector<std::string>& gone) {
  const auto entries = archive::zip_entries(archive);
  if (!entries) return tl::unexpected(entries.error());
  const std::set<std::string_view> left_out(gone.begin(), gone.end());
  archive::ZipWriter writer;
  for (const archive::ZipEntry& entry : *entries) {
    if (left_out.contains(entry.path) || records.contains(std::string(id_of(entry)))) continue;
    if (auto copied = writer.copy(archive, entry); !copied) return tl::unexpected(copied.error());
  }
  advisory::json::Reader reader;
  for (const auto& [id, bytes] : records) {
    const auto record = reader.read(bytes);
    if (!record) return tl::unexpected(record.error());
    if (advisory::json::text(*record, "id") != id) {
      return fail(ErrorCode::kInvalid, "the record '" + id + "' is another one");
    }
    if (auto added = writer.add(id + std::string(kExtension), bytes); !added) {
      return tl::unexpected(added.error());
    }
  }
  return writer.finish();
}

}  // namespace plimsoll::update
