#include "image/paired_sums.h"

#include <cstddef>

namespace plimsoll::image {
namespace {

/// What is left of a piece beside a shorter one; less than this is not worth waiting for company.
constexpr std::size_t kWorthAPair = 4096;

}  // namespace

void PairedSums::add(archive::Sha256& sum, std::string_view bytes) {
  Part& own = parts_[turns_.current()];
  Part& other = parts_[1 - turns_.current()];
  own = {&sum, bytes};
  while (!own.bytes.empty()) {
    if (!other.bytes.empty()) {
      add_both(own.bytes.size() < other.bytes.size() ? own : other,
               own.bytes.size() < other.bytes.size() ? other : own);
    } else if (own.bytes.size() < kWorthAPair || !turns_.give()) {
      sum.add(own.bytes);
      own.bytes = {};
    }
  }
}

void PairedSums::add_both(Part& shorter, Part& longer) {
  longer.bytes.remove_prefix(shorter.sum->add_beside(shorter.bytes, *longer.sum, longer.bytes));
  shorter.bytes = {};
}

}  // namespace plimsoll::image
