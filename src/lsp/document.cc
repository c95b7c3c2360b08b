#include "lsp/document.h"

#include <algorithm>

#include "core/limits.h"

namespace plimsoll::lsp {

Result<void> apply_changes(const Json& changes, Encoding encoding, std::string& text) {
  if (!changes.is_array()) return fail(ErrorCode::kInvalid, "contentChanges is no list");
  std::size_t moved = 0;
  for (const Json& change : changes) {
    const auto* fresh = member(change, "text").get_ptr<const std::string*>();
    if (fresh == nullptr) return fail(ErrorCode::kInvalid, "a change without text");
    moved += text.size() + fresh->size();
    if (moved > limits::kChangeBytes) return fail(ErrorCode::kTooLarge, "too many changes at once");
    if (!change.contains("range")) {
      text = *fresh;
    } else {
      const auto range = range_of(member(change, "range"));
      if (!range) return fail(ErrorCode::kInvalid, "a range that is none");
      const TextIndex index(text, encoding);
      const std::size_t begin = index.offset(range->start);
      const std::size_t end = std::max<std::size_t>(begin, index.offset(range->end));
      text.replace(begin, end - begin, *fresh);
    }
    if (text.size() > limits::kDocumentBytes) {
      return fail(ErrorCode::kTooLarge,
                  "a document of more than " + std::to_string(limits::kDocumentBytes) + " bytes");
    }
  }
  return {};
}

}  // namespace plimsoll::lsp
