#include "secret/detector_set.h"

#include <hs/hs.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <utility>

#include "core/bug.h"

namespace plimsoll::secret {
namespace {

std::atomic<std::uint64_t> next_id{1};

/// Of one thread. A scratch serves every database it was made ready for.
class Scratch {
 public:
  Scratch() = default;
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { hs_free_scratch(scratch_); }

  hs_scratch* of(const hs_database* database, std::uint64_t id) {
    if (id == last_) return scratch_;
    if (hs_alloc_scratch(database, &scratch_) != HS_SUCCESS) PL_BUG("no scratch for keywords");
    last_ = id;
    return scratch_;
  }

 private:
  hs_scratch* scratch_ = nullptr;
  std::uint64_t last_ = 0;
};

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

bool is_open_ended(std::string_view pattern) {
  for (const std::string_view open : {",}", "]+", "]*"}) {
    if (pattern.find(open) != std::string_view::npos) return true;
  }
  return false;
}

re2::RE2::Options options() {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);  // any bytes
  options.set_log_errors(false);
  options.set_max_mem(2 << 20);
  return options;
}

}  // namespace

struct DetectorSet::Patterns {
  struct Slot {
    std::once_flag once;
    std::unique_ptr<re2::RE2> pattern;
  };
  explicit Patterns(std::size_t size) : slots(size) {}
  std::vector<Slot> slots;
};

DetectorSet::DetectorSet(Configuration configuration)
    : configuration_(std::move(configuration)), id_(next_id++) {
  if (configuration_.builtin) {
    for (const Family* family : all_families()) {
      for (const Detector& detector : family->detectors) {
        const std::string id(detector.id);
        if (configuration_.disabled.contains(id)) continue;
        if (!configuration_.only.empty() && !configuration_.only.contains(id)) continue;
        add(detector, family->name);
      }
    }
  }
  patterns_ = std::make_unique<Patterns>(detectors_.size());
  compile();
}

DetectorSet::~DetectorSet() {
  if (database_ != nullptr) hs_free_database(database_);
}

void DetectorSet::add(const Detector& detector, std::string_view family) {
  const auto index = static_cast<std::uint16_t>(detectors_.size());
  detectors_.push_back({&detector, family, index, is_open_ended(detector.pattern)});
  if (detector.pair != '\0') pairs_.push_back(index);
  for (const bool caseless : {false, true}) {
    for (const std::string_view word :
         words_of(caseless ? detector.caseless_keywords : detector.keywords)) {
      const auto known =
          std::find_if(keywords_.begin(), keywords_.end(), [&](const Keyword& keyword) {
            return keyword.text == word && keyword.caseless == caseless;
          });
      const bool is_new = known == keywords_.end();
      Keyword& keyword = is_new ? keywords_.emplace_back() : *known;
      keyword.run = is_new ? detector.run : std::min(keyword.run, detector.run);
      keyword.text = word;
      keyword.caseless = caseless;
      keyword.detectors.push_back(index);
      longest_keyword_ = std::max(longest_keyword_, word.size());
    }
  }
}

void DetectorSet::compile() {
  if (keywords_.empty()) return;
  std::vector<const char*> texts;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
  std::vector<std::size_t> sizes;
  for (const Keyword& keyword : keywords_) {
    texts.push_back(keyword.text.data());
    sizes.push_back(keyword.text.size());
    flags.push_back(keyword.caseless ? HS_FLAG_CASELESS : 0);
    ids.push_back(static_cast<unsigned>(ids.size()));
  }
  hs_compile_error_t* error = nullptr;
  if (hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), sizes.data(),
                           static_cast<unsigned>(texts.size()), HS_MODE_BLOCK, nullptr, &database_,
                           &error) != HS_SUCCESS) {
    PL_BUG("keywords of detectors do not compile");
  }
}

const re2::RE2& DetectorSet::pattern(const Ready& ready) const {
  Patterns::Slot& slot = patterns_->slots[ready.index];
  std::call_once(slot.once, [&] {
    std::string text(ready.detector->pattern);
    if (ready.detector->shape == Shape::kAssigned) text = "(?i)" + text;
    slot.pattern = std::make_unique<re2::RE2>(text, options());
    if (!slot.pattern->ok()) PL_BUG("a detector's pattern does not compile");
  });
  return *slot.pattern;
}

hs_scratch* DetectorSet::scratch() const {
  static thread_local Scratch scratch;
  return scratch.of(database_, id_);
}

}  // namespace plimsoll::secret
