#include "workload/run/systemd_host.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/path.h"
#include "parse/shell.h"
#include "workload/run/embedded_script.h"
#include "workload/run/shell_host.h"
#include "workload/run/systemd_unit.h"

namespace plimsoll::run {
namespace {

constexpr std::string_view kService = "Service";

class SystemdHost {
 public:
  SystemdHost(const SourceFile& file, RunLines& out)
      : file_(file), unit_(systemd::parse_unit(file)), out_(out) {}

  void run() {
    for (const systemd::Entry& entry : unit_.entries) {
      if (entry.section != kService) continue;
      if (entry.key == "Environment") environment(entry);
    }
    for (const systemd::Entry& entry : unit_.entries) {
      if (out_.is_full()) return;
      if (entry.section == kService && entry.key.starts_with("Exec")) command_line(entry);
    }
  }

 private:
  /// Environment="A=b c" D=e
  void environment(const systemd::Entry& entry) {
    for (const Argument& word : systemd::split_words(file_, entry.value)) {
      const std::size_t equals = word.find('=');
      if (equals == Argument::npos) continue;
      variables_.assign(word.text().substr(0, equals), word.part(equals + 1));
    }
  }

  void command_line(const systemd::Entry& entry) {
    std::vector<Argument> words = systemd::split_words(file_, entry.value, &variables_);
    std::size_t begin = 0;
    while (begin < words.size() && !out_.is_full()) {
      const auto end = std::find_if(words.begin() + static_cast<std::ptrdiff_t>(begin), words.end(),
                                    [](const Argument& word) { return word.text() == ";"; });
      const auto next = static_cast<std::size_t>(end - words.begin());
      command(std::span(words).subspan(begin, next - begin), entry);
      begin = next + 1;
    }
  }

  void command(std::span<Argument> words, const systemd::Entry& entry) {
    if (words.empty()) return;
    const std::size_t prefix =
        std::min(words[0].text().find_first_not_of("-@:+!|"), words[0].text().size());
    words[0] = words[0].part(prefix);
    const std::size_t before = out_.lines.size();
    if (const Argument* script = shell_script(words)) {
      shell_command(*script);
    } else if (auto line = read_run_line(words)) {
      out_.add(std::move(*line));
    }
    for (std::size_t i = before; i < out_.lines.size(); ++i) supervise(out_.lines[i], entry);
  }

  /// The script of `/bin/sh -c '…'`.
  static const Argument* shell_script(std::span<const Argument> words) {
    if (shell::dialect_of(words[0].text()) == shell::Dialect::kUnknown) return nullptr;
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
      const std::string& text = words[i].text();
      if (!text.starts_with('-')) return nullptr;
      if (text.ends_with('c')) return &words[i + 1];
    }
    return nullptr;
  }

  void shell_command(const Argument& argument) {
    EmbeddedScript script;
    script.text = script.original = argument.text();
    script.map = argument.map();
    script.dialect = shell::Dialect::kPosix;
    Variables variables(&variables_);
    read_shell(file_, script, variables, out_);
  }

  void supervise(RunLine& line, const systemd::Entry& entry) const {
    const bool oneshot = type_ != nullptr && type_->value.text == "oneshot";
    if (entry.key != "ExecStart" || oneshot) return;
    Workload& workload = line.workload;
    workload.one_shot = false;
    if (restart_ == nullptr || workload.restart.is_set()) return;
    const Argument value = systemd::whole_value(file_, restart_->value);
    workload.restart = {value.text(), value.known() ? Origin::kInherited : Origin::kUnknown,
                        value.place()};
  }

  const SourceFile& file_;
  systemd::Unit unit_;
  const systemd::Entry* type_ = unit_.find(kService, "Type");
  const systemd::Entry* restart_ = unit_.find(kService, "Restart");
  RunLines& out_;
  Variables variables_;
};

}  // namespace

void read_systemd(const SourceFile& file, RunLines& out) {
  SystemdHost(file, out).run();
}

}  // namespace plimsoll::run
