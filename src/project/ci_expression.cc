#include "project/ci_expression.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "project/ci_step.h"

namespace plimsoll::ci {
namespace {

/// Functions whose result says nothing but yes or no, or a hash.
constexpr std::array kDeciding =
    std::to_array<std::string_view>({"contains", "startswith", "endswith", "hashfiles"});

/// Events by the letter used in kUntrusted.
enum EventSet : std::uint8_t {
  kPullRequest = 1U << 0U,
  kIssue = 1U << 1U,
  kComment = 1U << 2U,
  kDiscussion = 1U << 3U,
  kPush = 1U << 4U,
  kWorkflowRun = 1U << 5U,
  kWiki = 1U << 6U,
};

struct Untrusted {
  std::string_view path;  ///< lower case; `*` stands for an index
  unsigned events;
};
constexpr std::array kUntrusted = std::to_array<Untrusted>({
    {"github.head_ref", kPullRequest},
    {"github.event.pull_request.title", kPullRequest},
    {"github.event.pull_request.body", kPullRequest},
    {"github.event.pull_request.head.ref", kPullRequest},
    {"github.event.pull_request.head.label", kPullRequest},
    {"github.event.pull_request.head.repo.default_branch", kPullRequest},
    {"github.event.pull_request.head.repo.description", kPullRequest},
    {"github.event.pull_request.head.repo.homepage", kPullRequest},
    {"github.event.review.body", kPullRequest},
    {"github.event.issue.title", kIssue | kComment},
    {"github.event.issue.body", kIssue | kComment},
    {"github.event.comment.body", kComment | kPullRequest | kDiscussion},
    {"github.event.discussion.title", kDiscussion},
    {"github.event.discussion.body", kDiscussion},
    {"github.event.commits.*.message", kPush},
    {"github.event.commits.*.author.name", kPush},
    {"github.event.commits.*.author.email", kPush},
    {"github.event.head_commit.message", kPush},
    {"github.event.head_commit.author.name", kPush},
    {"github.event.head_commit.author.email", kPush},
    {"github.event.workflow_run.head_branch", kWorkflowRun},
    {"github.event.workflow_run.display_title", kWorkflowRun},
    {"github.event.workflow_run.head_commit.message", kWorkflowRun},
    {"github.event.workflow_run.head_commit.author.name", kWorkflowRun},
    {"github.event.workflow_run.head_commit.author.email", kWorkflowRun},
    {"github.event.workflow_run.pull_requests.*.head.ref", kWorkflowRun},
    {"github.event.pages.*.page_name", kWiki},
});

struct Event {
  std::string_view name;
  unsigned set;
  bool with_secrets;  ///< also when a stranger sets it off
};
constexpr std::array kEvents = std::to_array<Event>({
    {"pull_request", kPullRequest, false},
    {"pull_request_target", kPullRequest, true},
    {"pull_request_review", kPullRequest, false},
    {"pull_request_review_comment", kPullRequest, false},
    {"issues", kIssue, true},
    {"issue_comment", kComment, true},
    {"commit_comment", kComment, true},
    {"discussion", kDiscussion, true},
    {"discussion_comment", kDiscussion, true},
    {"push", kPush, false},
    {"workflow_run", kWorkflowRun, true},
    {"gollum", kWiki, true},
});

constexpr std::string_view kInputs = "inputs.";

struct Triggered {
  unsigned events = 0;
  unsigned with_secrets = 0;
};

Triggered triggered_by(const Workflow& workflow) {
  Triggered triggered;
  bool any = workflow.triggers.empty();  // a composite action
  for (const std::string_view trigger : workflow.triggers) {
    any = any || trigger == "workflow_call";
    for (const Event& event : kEvents) {
      if (event.name != trigger) continue;
      triggered.events |= event.set;
      if (event.with_secrets) triggered.with_secrets |= event.set;
    }
  }
  if (any) triggered.events = ~0U;
  return triggered;
}

bool is_path_char(char c) {
  return ascii::is_name(c) || c == '-' || c == '.' || c == '*';
}

/// Walks one expression and stops at the first untrusted path whose text gets out of it.
class ExpressionScanner {
 public:
  ExpressionScanner(std::string_view text, Span span, unsigned events,
                    const std::vector<std::string>& inputs)
      : text_(text), at_(span.begin), end_(span.end), events_(events), inputs_(inputs) {}

  std::optional<Span> scan() {
    while (at_ < end_) {
      const char c = text_[at_];
      if (c == '\'') {
        skip_string();
      } else if (ascii::is_name_start(c)) {
        if (const std::optional<Span> found = path()) return found;
      } else {
        if (c == '(') deciding_.push_back(last_is_deciding_);
        if (c == ')' && !deciding_.empty()) deciding_.pop_back();
        last_is_deciding_ = false;
        ++at_;
      }
    }
    return std::nullopt;
  }

 private:
  void skip_string() {
    const std::size_t close = text_.find('\'', at_ + 1);
    at_ = close == std::string_view::npos || close >= end_ ? end_
                                                           : static_cast<std::uint32_t>(close) + 1;
  }

  /// Reads `a.b['c'].*[0]` at at_; remembers whether it names a deciding function.
  std::optional<Span> path() {
    const std::uint32_t begin = at_;
    std::string normal;
    while (at_ < end_) {
      const char c = text_[at_];
      if (is_path_char(c)) {
        normal += ascii::to_lower(c);
        ++at_;
      } else if (c == '[') {
        const std::size_t close = text_.substr(0, end_).find(']', at_);
        if (close == std::string_view::npos) break;
        const std::string_view index = text_.substr(at_ + 1, close - at_ - 1);
        const bool named = index.size() > 2 && index.front() == '\'' && index.back() == '\'';
        normal += '.';
        normal += named ? ascii::lower(index.substr(1, index.size() - 2)) : "*";
        at_ = static_cast<std::uint32_t>(close) + 1;
      } else {
        break;
      }
    }
    last_is_deciding_ = std::find(kDeciding.begin(), kDeciding.end(), normal) != kDeciding.end();
    const Span span{begin, at_};
    return is_untrusted(normal) && gets_out(span) ? std::optional(span) : std::nullopt;
  }

  [[nodiscard]] bool is_untrusted(std::string_view normal) const {
    if (normal.starts_with(kInputs)) {
      return std::binary_search(inputs_.begin(), inputs_.end(), normal.substr(kInputs.size()));
    }
    return std::any_of(kUntrusted.begin(), kUntrusted.end(), [&](const Untrusted& one) {
      return one.path == normal && (one.events & events_) != 0;
    });
  }

  /// Not only compared, negated or tested.
  [[nodiscard]] bool gets_out(Span span) const {
    if (std::find(deciding_.begin(), deciding_.end(), true) != deciding_.end()) return false;
    std::string_view before = text_.substr(0, span.begin);
    std::string_view after = text_.substr(span.end, end_ - span.end);
    while (!before.empty() && ascii::is_space(before.back())) before.remove_suffix(1);
    while (!after.empty() && ascii::is_space(after.front())) after.remove_prefix(1);
    const auto compares = [](std::string_view op) {
      return op == "==" || op == "!=" || op == "<=" || op == ">=";
    };
    if (before.ends_with('!') || before.ends_with('<') || before.ends_with('>')) return false;
    if (before.size() >= 2 && compares(before.substr(before.size() - 2))) return false;
    if (after.starts_with('<') || after.starts_with('>') || after.starts_with("&&")) return false;
    return !compares(after.substr(0, 2));
  }

  std::string_view text_;
  std::uint32_t at_;
  std::uint32_t end_;
  unsigned events_;
  const std::vector<std::string>& inputs_;  ///< lower case, sorted
  bool last_is_deciding_ = false;
  std::vector<bool> deciding_;  ///< of the parentheses around at_
};

}  // namespace

std::string_view secret_read(std::string_view text) {
  constexpr std::string_view kPrefix = "secrets.";
  for (const Span span : expressions(text, System::kGitHub)) {
    const std::string_view expression = text.substr(span.begin, span.size());
    const std::size_t at = expression.find(kPrefix);
    if (at == std::string_view::npos) continue;
    std::size_t end = at + kPrefix.size();
    while (end < expression.size() && (ascii::is_name(expression[end]) || expression[end] == '-')) {
      ++end;
    }
    return expression.substr(at + kPrefix.size(), end - at - kPrefix.size());
  }
  return {};
}

bool reads_secret(std::string_view text) {
  if (!secret_read(text).empty()) return true;
  for (const Span span : expressions(text, System::kGitHub)) {
    const std::string_view expression = text.substr(span.begin, span.size());
    if (ascii::contains(expression, "github.token")) return true;
  }
  return false;
}

std::vector<UntrustedContext> untrusted_contexts(std::string_view text, const Workflow& workflow) {
  std::vector<UntrustedContext> contexts;
  if (workflow.system != System::kGitHub) return contexts;
  const Triggered triggered = triggered_by(workflow);
  const std::vector<std::string> none;
  for (const Span expression : expressions(text, System::kGitHub)) {
    const Span inside{expression.begin + 3, expression.end - 2};
    // An event's text, which surely is a stranger's, before an input.
    const auto found = ExpressionScanner(text, inside, triggered.events, none).scan();
    if (found) {
      const bool with_secrets =
          ExpressionScanner(text, inside, triggered.with_secrets, none).scan().has_value();
      contexts.push_back({*found, text.substr(found->begin, found->size()), with_secrets});
    } else if (const auto input =
                   ExpressionScanner(text, inside, 0, workflow.caller_inputs).scan()) {
      contexts.push_back(
          {.span = *input, .path = text.substr(input->begin, input->size()), .from_caller = true});
    }
  }
  return contexts;
}

}  // namespace plimsoll::ci
