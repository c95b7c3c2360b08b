#include "workload/run/options.h"

#include <algorithm>
#include <optional>

#include "core/ascii.h"
#include "workload/run/values.h"

namespace plimsoll::run {
namespace {

using Takes = Option::Takes;

/// More options than anybody writes; what follows is left unread and marked so.
constexpr std::size_t kOptionsOfOneLine = 10'000;

bool name_holds(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return ascii::icontains(text, word); });
}

/// Where an operand is due: does the word stand for options we cannot see, rather than the image?
/// `docker run $OPTS nginx` and `docker run $IMAGE sh` look alike, so the name has to tell.
bool stands_for_options(const Argument& argument, bool is_last) {
  if (argument.is_list) return true;
  if (argument.partly_known() || is_last) return false;
  const std::string& text = argument.text();
  if (name_holds(text, {"image", "img", "build", "tag", "repo"})) return false;
  if (name_holds(text, {"opt", "arg", "flag", "param", "extra"})) return true;
  return argument.is_bare_expansion;
}

/// Reads options one by one from the front of a list.
class Reader {
 public:
  Reader(std::span<const Argument> arguments, Draft& draft)
      : arguments_(arguments), draft_(draft), last_(arguments.size()) {
    // `"$IMAGE" "$@"`: what follows may be nothing.
    while (last_ > 0 && arguments[last_ - 1].is_list) --last_;
  }

  std::size_t run() {
    for (std::size_t read = 0; at_ < arguments_.size(); ++read) {
      const Argument& argument = arguments_[at_];
      const std::string& text = argument.text();
      if (read == kOptionsOfOneLine) {
        draft_.incomplete = true;
        return arguments_.size();
      }
      if (text == "--") return at_ + 1;
      if (text.starts_with("--")) {
        long_option(argument);
      } else if (text.size() > 1 && text[0] == '-') {
        bundle(argument);
      } else if (stands_for_options(argument, at_ + 1 >= last_)) {
        draft_.incomplete = true;
        ++at_;
      } else {
        return at_;
      }
    }
    return at_;
  }

 private:
  void long_option(const Argument& argument) {
    const std::size_t equals = argument.find('=');
    const Option* option = find_option(
        std::string_view(argument.text()).substr(2, std::min(equals, argument.text().size()) - 2));
    ++at_;
    if (option == nullptr) return unknown_option(equals != Argument::npos);
    if (equals != Argument::npos) return apply(*option, argument.part(equals + 1), argument);
    if (option->takes == Takes::kNothing) return switch_on(*option, argument);
    apply_next(*option);
  }

  /// -it, -p80:80, -itp 80:80, -e=A=b
  void bundle(const Argument& argument) {
    const std::string& text = argument.text();
    ++at_;
    for (std::size_t i = 1; i < text.size(); ++i) {
      const Option* option = find_option(text[i]);
      if (option == nullptr) return unknown_option(true);
      const bool assigned = i + 1 < text.size() && text[i + 1] == '=';
      if (assigned) return apply(*option, argument.part(i + 2), argument);
      if (option->takes == Takes::kNothing) {
        switch_on(*option, argument);
        continue;
      }
      if (i + 1 < text.size()) return apply(*option, argument.part(i + 1), argument);
      return apply_next(*option);
    }
  }

  /// A typing error, or newer than the table. Whether it takes the next word cannot be known; a
  /// word that is not the last and no option more often is a value.
  void unknown_option(bool has_value) {
    draft_.incomplete = true;
    if (has_value || at_ + 1 >= arguments_.size()) return;
    if (!arguments_[at_].text().starts_with('-')) ++at_;
  }

  void apply_next(const Option& option) {
    if (at_ == arguments_.size()) return;  // the engine would complain; there is no image either
    const Argument& value = arguments_[at_++];
    apply(option, value, value);
  }

  void switch_on(const Option& option, const Argument& argument) {
    if (option.apply != nullptr) option.apply(draft_, Argument::of("true", argument.place()));
  }

  /// `argument` is the word, for a value that has no bytes of its own.
  void apply(const Option& option, const Argument& value, const Argument& argument) {
    if (option.apply == nullptr) return;
    if (value.empty()) {
      option.apply(draft_, Argument::of("", argument.place()));
    } else {
      option.apply(draft_, value);
    }
  }

  std::span<const Argument> arguments_;
  Draft& draft_;
  std::size_t last_;  ///< one past the last argument that is surely there
  std::size_t at_ = 0;
};

}  // namespace

std::size_t apply_options(std::span<const Argument> arguments, Draft& draft) {
  return Reader(arguments, draft).run();
}

void apply_defaults(Workload& workload) {
  static constexpr std::int64_t kPodmanPids = 2048;  // containers.conf(5), pids_limit
  workload.restart.value = "no";
  workload.pull_policy.value = "missing";
  const bool podman = workload.form == Form::kPodmanRun || workload.form == Form::kQuadlet;
  if (podman) workload.resources.pids_limit.value = kPodmanPids;
}

}  // namespace plimsoll::run
