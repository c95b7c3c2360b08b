#include "workload/run/argument.h"

#include <algorithm>

namespace plimsoll::run {

Argument Argument::of(std::string_view text, Place place) {
  Argument argument(place.file, place.span);
  argument.append(text, place.span, How::kSubstituted);
  return argument;
}

void Argument::append(std::string_view text, Span source, How how) {
  if (text.empty()) return;
  const bool continues = how == How::kWritten && !pieces_.empty() &&
                         pieces_.back().how == How::kWritten &&
                         pieces_.back().source.end == source.begin;
  if (continues) {
    pieces_.back().source.end = source.end;
  } else {
    pieces_.push_back({text_.size(), source, how});
  }
  text_ += text;
  if (how == How::kUnknown) unknown_bytes_ += text.size();
}

void Argument::append_value(const Argument& value, Span source) {
  for (std::size_t i = 0; i < value.pieces_.size(); ++i) {
    const Piece& piece = value.pieces_[i];
    const How how = piece.how == How::kWritten ? How::kSubstituted : piece.how;
    append(std::string_view(value.text_).substr(piece.begin, value.end_of(i) - piece.begin), source,
           how);
  }
}

bool Argument::has_default() const {
  return std::any_of(pieces_.begin(), pieces_.end(),
                     [](const Piece& piece) { return piece.how == How::kDefaulted; });
}

Place Argument::place() const {
  if (pieces_.empty()) return whole_place();
  return {file_, {pieces_.front().source.begin, pieces_.back().source.end}};
}

LogicalText Argument::map() const {
  LogicalText map;
  map.source_begin = whole_.begin;
  for (const Piece& piece : pieces_) {
    map.segments.push_back({static_cast<std::uint32_t>(piece.begin), piece.source.begin});
  }
  return map;
}

std::size_t Argument::piece_at(std::size_t offset) const {
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                       [](std::size_t at, const Piece& piece) { return at < piece.begin; });
  return static_cast<std::size_t>(after - pieces_.begin()) - 1;
}

std::size_t Argument::end_of(std::size_t piece) const {
  return piece + 1 < pieces_.size() ? pieces_[piece + 1].begin : text_.size();
}

std::size_t Argument::find_first_of(std::string_view set, std::size_t from) const {
  while (from < text_.size()) {
    const std::size_t at = text_.find_first_of(set, from);
    if (at == npos) return npos;
    const std::size_t piece = piece_at(at);
    if (pieces_[piece].how != How::kUnknown) return at;
    from = end_of(piece);
  }
  return npos;
}

std::size_t Argument::rfind(char c) const {
  std::size_t from = npos;
  while (true) {
    const std::size_t at = text_.rfind(c, from);
    if (at == npos) return npos;
    const Piece& piece = pieces_[piece_at(at)];
    if (piece.how != How::kUnknown) return at;
    if (piece.begin == 0) return npos;
    from = piece.begin - 1;
  }
}

Argument Argument::part(std::size_t begin, std::size_t end) const {
  end = std::min(end, text_.size());
  begin = std::min(begin, end);
  Argument result(file_, whole_);
  if (begin == end) return result;
  for (std::size_t i = piece_at(begin); i < pieces_.size() && pieces_[i].begin < end; ++i) {
    const Piece& piece = pieces_[i];
    const std::size_t from = std::max(begin, piece.begin);
    const std::size_t to = std::min(end, end_of(i));
    Span source = piece.source;
    if (piece.how == How::kWritten) {
      source.begin = piece.source.begin + static_cast<std::uint32_t>(from - piece.begin);
      source.end = source.begin + static_cast<std::uint32_t>(to - from);
    }
    result.append(std::string_view(text_).substr(from, to - from), source, piece.how);
  }
  return result;
}

}  // namespace plimsoll::run
