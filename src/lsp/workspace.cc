#include "lsp/workspace.h"

#include <algorithm>
#include <utility>

#include "core/limits.h"
#include "core/path.h"
#include "lsp/uri.h"
#include "scan/audit.h"
#include "scan/discover.h"

namespace plimsoll::lsp {
namespace {

std::string relative(std::string_view path, const std::string& root) {
  const std::size_t skip = root == "/" ? 1 : root.size() + 1;
  return std::string(path.substr(std::min(skip, path.size())));
}

/// The editor knows what it is although the name does not say.
bool is_ours_by_language(const Document& document) {
  if (scan::kind_of_name(document.path) != scan::FileKind::kNothing) return false;
  return document.language == "dockerfile" || document.language == "dockercompose" ||
         document.language == "yaml";
}

}  // namespace

void Workspace::add_folder(std::string path) {
  folders_.try_emplace(std::move(path));
  refresh();
}

void Workspace::remove_folder(const std::string& path) {
  folders_.erase(path);
  refresh();
}

void Workspace::choose(RuleChoice rules) {
  rules_ = std::move(rules);
  refresh();
}

void Workspace::refresh() {
  judged_.clear();
}

Document* Workspace::open(Document document) {
  document.named = is_ours_by_language(document);
  const auto found = documents_.find(document.uri);
  if (found == documents_.end() && documents_.size() >= limits::kOpenDocuments) return nullptr;
  std::string uri = document.uri;
  Document& opened = documents_.insert_or_assign(std::move(uri), std::move(document)).first->second;
  changed(opened);
  return &opened;
}

void Workspace::close(const std::string& uri) {
  const auto found = documents_.find(uri);
  if (found == documents_.end()) return;
  changed(found->second);  // the disk counts again
  judged_.erase(found->second.path);
  documents_.erase(found);
}

Document* Workspace::find(std::string_view uri) {
  const auto found = documents_.find(uri);
  return found == documents_.end() ? nullptr : &found->second;
}

void Workspace::changed(const Document& document) {
  if (document.path.empty()) return;
  const auto found = judged_.find(scope_of(document));
  if (found != judged_.end()) found->second.due = true;
  // Files that are judged alone may refer to this one.
  for (auto& [scope, judged] : judged_) {
    if (!folders_.contains(scope)) judged.due = true;
  }
}

const std::string* Workspace::folder_of(const Document& document) const {
  const std::string* longest = nullptr;
  for (const auto& [path, folder] : folders_) {
    if (folder.too_large || !path::is_within(document.path, path)) continue;
    if (longest == nullptr || path.size() > longest->size()) longest = &path;
  }
  return longest;
}

const std::string& Workspace::scope_of(const Document& document) const {
  const std::string* folder = folder_of(document);
  return folder == nullptr ? document.path : *folder;
}

std::string Workspace::root_of(const Document& document) const {
  const std::string* folder = folder_of(document);
  return folder == nullptr ? std::string(path::folder(document.path)) : *folder;
}

std::string Workspace::name_of(const Document& document) const {
  return relative(document.path, root_of(document));
}

DocumentId Workspace::id_of(const Document& document, std::string_view name) const {
  const std::string path = path::normalize(path::join(root_of(document), name));
  for (const auto& [uri, open] : documents_) {
    if (open.path == path) return {uri, open.version};
  }
  return {uri_of_path(path), std::nullopt};
}

bool Workspace::is_due(const Document& document) const {
  if (document.path.empty()) return false;
  const auto found = judged_.find(scope_of(document));
  return found == judged_.end() || found->second.due;
}

bool Workspace::was_read(const Document& document, const Report& report) const {
  const std::string name = name_of(document);
  return std::any_of(report.sources.begin(), report.sources.end(),
                     [&name](const auto& source) { return source->path() == name; });
}

bool Workspace::audit(Document& document, Report& report) {
  Buffers buffers;
  for (const auto& [uri, open] : documents_) {
    if (!open.path.empty()) buffers.emplace(open.path, open.text);
  }
  const std::string* folder = folder_of(document);
  const std::string root = root_of(document);
  scan::AuditOptions options;
  if (folder == nullptr) {
    options.targets = {name_of(document)};
  } else {
    options.targets = {"."};
    for (const auto& [uri, open] : documents_) {
      if (open.named && folder_of(open) == folder) options.targets.push_back(name_of(open));
    }
  }
  options.all_rules = rules_.all;
  options.only_rules = rules_.only;
  options.rules.today = today_;
  const OverlayFileSystem files(disk_, root, buffers);
  report = scan::audit(files, options);
  return folder == nullptr || !files.exhausted();
}

const Report& Workspace::judge(Document& document) {
  if (!is_due(document)) return judged_[scope_of(document)].report;
  Report report;
  if (!audit(document, report)) {
    const std::string folder = *folder_of(document);
    notices_.push_back("'" + folder +
                       "' is too large to be judged at every change: its files are " +
                       "judged alone, with those they name");
    folders_[folder].too_large = true;
    judged_.erase(folder);
    (void)audit(document, report);
  } else if (!document.named && folder_of(document) != nullptr && !was_read(document, report)) {
    document.named = true;  // from now on
    (void)audit(document, report);
  }
  Judged& judged = judged_[scope_of(document)];
  judged.report = std::move(report);
  judged.due = false;
  return judged.report;
}

std::vector<std::string> Workspace::take_notices() {
  return std::exchange(notices_, {});
}

}  // namespace plimsoll::lsp
