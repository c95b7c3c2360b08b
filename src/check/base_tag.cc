#include "check/base_tag.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plimsoll::check {
namespace {

using dockerfile::Edits;
using Reason = tl::unexpected<std::string>;

/// Where the tag begins in a reference that may hold variables; npos when there is none.
std::size_t tag_begin(std::string_view written) {
  std::size_t begin = std::string_view::npos;
  int depth = 0;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (depth > 0) continue;
    if (c == '/') begin = std::string_view::npos;
    if (c == ':') begin = i + 1;
  }
  return begin;
}

/// $NAME or ${NAME} at the start; "" for anything else. `size` is what it takes.
std::string_view leading_name(std::string_view text, std::size_t& size) {
  if (text.size() < 2 || text[0] != '$') return {};
  const bool braces = text[1] == '{';
  const std::size_t begin = braces ? 2 : 1;
  std::size_t end = begin;
  while (end < text.size() && ascii::is_name(text[end])) ++end;
  if (end == begin || (braces && (end == text.size() || text[end] != '}'))) return {};
  size = end + (braces ? 1 : 0);
  return text.substr(begin, end - begin);
}

/// FROMs of other repositories take the same argument.
bool is_shared(const DockerfileView& view, std::string_view name, const ImageReference& reference) {
  return std::any_of(view.file.stages.begin(), view.file.stages.end(),
                     [&](const dockerfile::Stage& stage) {
                       if (stage.image.find('$') == std::string_view::npos ||
                           !ascii::contains(stage.image, name)) {
                         return false;
                       }
                       const StageBase* base = view.base(stage);
                       return base == nullptr || !base->reference ||
                              base->reference->repository != reference.repository;
                     });
}

/// Where the literal default of ARG `name` stands, when it is `value`.
std::optional<Span> default_of(const DockerfileView& view, std::string_view name,
                               std::string_view value, const ImageReference& reference) {
  const dockerfile::Assignment* argument = view.file.global_arg(name);
  if (argument == nullptr || !argument->has_value || argument->value != value) return std::nullopt;
  if (is_shared(view, name, reference)) return std::nullopt;
  Span span = argument->value_span;
  const std::string_view written = view.file.source->slice(span);
  if (written.size() == value.size() + 2 && (written[0] == '"' || written[0] == '\'')) {
    ++span.begin;
    --span.end;
  }
  if (view.file.source->slice(span) != value) return std::nullopt;
  return span;
}

Span within(Span whole, std::size_t begin, std::size_t end) {
  return {whole.begin + static_cast<std::uint32_t>(begin),
          whole.begin + static_cast<std::uint32_t>(end)};
}

/// A tag after the colon of `written`, or a new one at its end.
std::vector<Edit> replace_tag(Span place, std::string_view written, std::string_view tag) {
  const std::size_t begin = tag_begin(written);
  if (begin == std::string_view::npos) {
    return {{{place.end, place.end}, ':' + std::string(tag)}};
  }
  return {{within(place, begin, written.size()), std::string(tag)}};
}

const char* const kElsewhere = "where the tag comes from is not certain";

/// FROM $IMAGE: all of it is in the default.
Edits set_in_argument(const DockerfileView& view, std::string_view name,
                      const ImageReference& reference, std::string_view tag) {
  const dockerfile::Assignment* argument = view.file.global_arg(name);
  if (argument == nullptr) return Reason(kElsewhere);
  const auto parsed = parse_image_reference(argument->value);
  if (!parsed || *parsed != reference) return Reason(kElsewhere);
  const auto place = default_of(view, name, argument->value, reference);
  if (!place) return Reason(kElsewhere);
  return replace_tag(*place, argument->value, tag);
}

/// FROM node:${VERSION}-alpine: a part is in the default, a part here.
Edits set_in_parts(const DockerfileView& view, Span place, std::string_view written,
                   const ImageReference& reference, std::string_view tag) {
  std::size_t size = 0;
  const std::string_view name = leading_name(written, size);
  const std::string_view rest = written.substr(std::min(size, written.size()));
  const std::string_view old_tag = reference.tag;
  if (name.empty() || rest.find('$') != std::string_view::npos || !old_tag.ends_with(rest) ||
      (!rest.empty() && rest[0] != '-')) {
    return Reason(kElsewhere);
  }
  const std::string_view value = old_tag.substr(0, old_tag.size() - rest.size());
  if (!rest.empty() && value.find('-') != std::string_view::npos) return Reason(kElsewhere);
  const std::size_t split = rest.empty() ? tag.size() : std::min(tag.find('-'), tag.size());
  std::vector<Edit> edits;
  if (tag.substr(split) != rest) {
    edits.push_back({within(place, size, written.size()), std::string(tag.substr(split))});
  }
  if (tag.substr(0, split) != value) {
    const auto argument = default_of(view, name, value, reference);
    if (!argument) return Reason(kElsewhere);
    edits.push_back({*argument, std::string(tag.substr(0, split))});
  }
  return edits;
}

}  // namespace

Edits set_base_tag(const DockerfileView& view, const dockerfile::Stage& stage,
                   const ImageReference& reference, std::string_view tag) {
  if (!reference.digest.empty()) {
    return Reason("it is pinned by a digest, and that of another release is not known offline");
  }
  const std::string_view written = stage.image;
  const Span place = stage.image_span;
  if (view.file.source->slice(place) != written || written.find('"') != std::string_view::npos) {
    return Reason("the name is not written plainly");
  }
  if (written.find('$') == std::string_view::npos) return replace_tag(place, written, tag);
  // Each variable is looked for in all of the stages: what no person writes is not worth it.
  constexpr std::size_t kMostStages = 256;
  if (view.file.stages.size() > kMostStages) return Reason(kElsewhere);
  const std::size_t begin = tag_begin(written);
  if (begin == std::string_view::npos) {
    std::size_t size = 0;
    const std::string_view name = leading_name(written, size);
    if (name.empty() || size != written.size()) return Reason(kElsewhere);
    return set_in_argument(view, name, reference, tag);
  }
  const std::string_view tag_written = written.substr(begin);
  if (tag_written.find('$') == std::string_view::npos) return replace_tag(place, written, tag);
  return set_in_parts(view, within(place, begin, written.size()), tag_written, reference, tag);
}

Edits set_base_pin(const DockerfileView& view, const dockerfile::Stage& stage, std::string_view tag,
                   std::string_view digest) {
  const std::string_view written = stage.image;
  const Span place = stage.image_span;
  if (view.file.source->slice(place) != written ||
      written.find_first_of("\"$") != std::string_view::npos) {
    return Reason("the name is not written plainly");
  }
  const std::size_t pin = written.find('@');
  if (pin == std::string_view::npos) return Reason("it is not pinned");
  std::vector<Edit> edits{{within(place, pin + 1, written.size()), std::string(digest)}};
  const std::size_t begin = tag_begin(written.substr(0, pin));
  if (begin != std::string_view::npos && written.substr(begin, pin - begin) != tag) {
    edits.insert(edits.begin(), {within(place, begin, pin), std::string(tag)});
  }
  return edits;
}

}  // namespace plimsoll::check
