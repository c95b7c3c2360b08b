#include "update/feed_summary.h"

#include "advisory/import.h"

namespace plimsoll::update {
namespace {

class Counting final : public advisory::ImportSink {
 public:
  explicit Counting(std::string_view format) : wanted_(format) {}

  void begin(std::string_view format, std::string_view /*path*/) override {
    if (format != wanted_ && other_.empty()) other_ = format;
  }
  void add(advisory::Advisory) override { ++summary_.records; }
  void add(advisory::KnownExploited) override { ++summary_.records; }
  void add(advisory::ExploitPrediction) override { ++summary_.records; }
  void add(advisory::ExploitStatus) override { ++summary_.records; }
  void skip(Error) override {}
  void made(std::string_view date) override {
    if (date > summary_.made) summary_.made = date;
  }

  [[nodiscard]] const FeedSummary& summary() const { return summary_; }
  [[nodiscard]] const std::string& other() const { return other_; }

 private:
  std::string_view wanted_;
  std::string other_;
  FeedSummary summary_;
};

}  // namespace

Result<FeedSummary> summarize(const std::string& file, std::string_view format) {
  Counting counting(format);
  const auto imported = advisory::import_path(file, counting);
  if (!imported) return tl::unexpected(imported.error());
  if (!counting.other().empty()) {
    return fail(ErrorCode::kInvalid,
                "it is another feed (" + counting.other() + ", not " + std::string(format) + ')');
  }
  if (counting.summary().records > 0) return counting.summary();
  if (imported->problems.empty()) {
    return fail(ErrorCode::kInvalid, "it is no feed of advisories, or one without any");
  }
  return fail(ErrorCode::kInvalid,
              "no record of it can be read: " + imported->problems.front().message);
}

}  // namespace plimsoll::update
