#pragma once

#include <string>
#include <vector>

namespace plimsoll::test {

struct Outcome {
  int status = -1;  ///< exit status; -1 when it did not exit by itself
  int signal = 0;   ///< what killed it, 0 when nothing did
  bool timed_out = false;
  long peak_kib = 0;  ///< resident memory
  std::string out;
  std::string err;
};

/// Runs a program to its end, or kills it after `timeout_seconds`.
/// @param environment  "NAME=value" added to a clean environment (PATH, LC_ALL=C.UTF-8), or in its
///                     place
[[nodiscard]] Outcome run(const std::vector<std::string>& arguments, const std::string& input = {},
                          const std::vector<std::string>& environment = {},
                          int timeout_seconds = 60);

/// Runs the plimsoll under test.
[[nodiscard]] Outcome plimsoll(std::vector<std::string> arguments, const std::string& input = {},
                               int timeout_seconds = 60);

/// Where the caller's PATH has this program. Where it is nowhere: empty, and what is skipped for
/// want of it is said on standard output.
[[nodiscard]] std::string find_program(const std::string& name, const std::string& skipped);

/// The same, started in `folder`.
[[nodiscard]] Outcome plimsoll_in(const std::string& folder, std::vector<std::string> arguments);

/// The plimsoll under test while it runs: what it says can be answered.
class Conversation {
 public:
  explicit Conversation(std::vector<std::string> arguments);
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  ~Conversation();

  /// @return false when it does not listen any more
  bool say(const std::string& bytes) const;
  /// No more will be said.
  void hang_up();
  /// What came since; empty when nothing does within the time, or it closed its output.
  [[nodiscard]] std::string hear(int timeout_ms = 10'000) const;
  /// Waits for its end. @return the exit status, -1 when it did not exit by itself
  int finish();

 private:
  int child_ = -1;
  int to_ = -1;
  int from_ = -1;
};

/// Writes files (path → text) into a fresh folder, which is removed at the end.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  [[nodiscard]] const std::string& path() const { return path_; }
  /// @return the file's whole path
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

}  // namespace plimsoll::test
