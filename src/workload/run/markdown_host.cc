#include "workload/run/markdown_host.h"

#include <algorithm>

#include "core/ascii.h"
#include "workload/run/embedded_script.h"
#include "workload/run/markdown_fences.h"
#include "workload/run/shell_host.h"

namespace plimsoll::run {
namespace {

enum class Language : std::uint8_t { kShell, kConsole, kOther };

/// "bash", "sh {copy}", "{.bash #id}", "bash,ignore", "console:title" …
Language language_of(std::string_view info) {
  static constexpr std::string_view kShells[] = {"sh",  "bash", "shell",
                                                 "zsh", "ksh",  "shellscript"};
  static constexpr std::string_view kConsoles[] = {
      "",     "console", "terminal",  "shell-session", "sh-session", "bash-session", "shellsession",
      "text", "txt",     "plaintext", "plain",         "none",       "session",      "cmdline"};
  while (!info.empty() && (info.front() == '{' || info.front() == '.' || info.front() == ' ')) {
    info.remove_prefix(1);
  }
  const std::string word = ascii::lower(info.substr(0, info.find_first_of(" \t,:{}=[(")));
  const auto is_in = [&word](const auto& words) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
  };
  if (is_in(kShells)) return Language::kShell;
  return is_in(kConsoles) ? Language::kConsole : Language::kOther;
}

/// Bytes of a prompt that ends in `$ `: "$ ", "user@host:~$ ". 0 when there is none.
std::size_t dollar_prompt(std::string_view line) {
  if (line.starts_with("$ ")) return 2;
  const std::size_t at = line.find_first_of(" \t");
  const bool named = at != std::string_view::npos && at > 0 &&
                     (line[at - 1] == '$' || line[at - 1] == '#') &&
                     ascii::contains(line.substr(0, at), "@");
  return named ? at + 1 : 0;
}

bool starts_command(std::string_view line) {
  static constexpr std::string_view kPrograms[] = {"docker ", "podman ", "nerdctl ", "sudo "};
  return std::any_of(std::begin(kPrograms), std::end(kPrograms),
                     [line](std::string_view program) { return line.starts_with(program); });
}

/// How the commands of a block are told from what they print.
class Prompt {
 public:
  Prompt(const SourceFile& file, const Fence& fence, Language language) {
    std::string_view first;
    for (const Span span : fence.lines) {
      const std::string_view line = file.slice(span);
      dollar_ = dollar_ || dollar_prompt(line) > 0;
      if (first.empty()) first = ascii::trim(line);
    }
    if (dollar_ || language != Language::kConsole) return;
    // `# docker run …` is a root prompt where a session is shown and a comment in a script.
    for (const char mark : {'#', '>', '%'}) {
      const bool prompts = first.size() > 2 && first[0] == mark && first[1] == ' ' &&
                           starts_command(first.substr(2));
      if (prompts) mark_ = mark;
    }
  }

  [[nodiscard]] bool exists() const { return dollar_ || mark_ != '\0'; }
  /// 0 when the line is output.
  [[nodiscard]] std::size_t length(std::string_view line) const {
    if (dollar_) return dollar_prompt(line);
    return line.size() > 2 && line[0] == mark_ && line[1] == ' ' ? 2 : 0;
  }

 private:
  bool dollar_ = false;
  char mark_ = '\0';
};

bool is_placeholder_inner(std::string_view text) {
  return !text.empty() && ascii::is_alpha(text.front()) && !ascii::is_space(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return ascii::is_alnum(c) ||
                  std::string_view(" _-./:|'").find(c) != std::string_view::npos;
         });
}

/// <your-key> and {{ key }} are to be replaced by the reader: neither redirections nor braces.
void blank_out_placeholders(std::string& text) {
  static constexpr std::size_t kLongest = 64;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<' && (i == 0 || text[i - 1] != '<')) {
      const std::string_view rest = std::string_view(text).substr(i + 1, kLongest);
      const std::size_t close = rest.find('>');
      if (close == std::string_view::npos || !is_placeholder_inner(rest.substr(0, close))) continue;
      blank_out(text, i, i + close + 2);
    } else if (text[i] == '{' && i + 1 < text.size() && text[i + 1] == '{') {
      const std::string_view rest = std::string_view(text).substr(i, kLongest);
      const std::size_t close = rest.find("}}");
      if (close == std::string_view::npos || ascii::contains(rest.substr(0, close), "\n")) continue;
      blank_out(text, i, i + close + 2);
    }
  }
}

/// Documentation of the command's form instead of a command.
bool shows_syntax(const SourceFile& file, const RunLine& line) {
  const Workload& workload = line.workload;
  const std::string& image = workload.image.value;
  if (image.empty()) return true;
  static constexpr std::string_view kSigns = "<>[]{}";
  if (image.find_first_of(kSigns) != std::string::npos && !image.starts_with('$')) return true;
  if (image.starts_with("...") || image == "-") return true;
  // A repository's name is lower case, so IMAGE and YOUR_IMAGE:TAG are no images.
  const std::string_view name = std::string_view(image).substr(0, image.find(':'));
  if (ascii::upper(name) == name && ascii::lower(name) != name && !image.starts_with('$')) {
    return true;
  }
  const std::uint32_t end =
      std::max(workload.image.place.span.end, workload.command_place.span.end);
  const std::string_view whole = file.slice({workload.place.span.begin, end});
  return ascii::contains(whole, "…") || ascii::contains(whole, " ... ") ||
         ascii::contains(whole, "[OPTIONS]") || whole.ends_with(" ...");
}

class MarkdownHost {
 public:
  MarkdownHost(const SourceFile& file, RunLines& out) : file_(file), out_(out) {}

  void run() {
    for (const Fence& fence : find_fences(file_)) {
      const Language language = language_of(fence.info);
      if (out_.is_full()) return;
      if (language != Language::kOther && may_run(fence)) read_block(fence, language);
    }
  }

 private:
  [[nodiscard]] bool may_run(const Fence& fence) const {
    return std::any_of(fence.lines.begin(), fence.lines.end(), [this](Span line) {
      const std::string_view text = file_.slice(line);
      return ascii::contains(text, "run") || ascii::contains(text, "create");
    });
  }

  void read_block(const Fence& fence, Language language) {
    const std::vector<Span> lines = commands_of(fence, language);
    std::vector<RunLine>& found = out_.lines;
    const std::size_t before = found.size();
    Variables variables;
    if (!read_lines(lines, variables)) {
      // One line that is no shell (a sketch, some output) must not hide the others.
      found.resize(before);
      read_one_by_one(lines);
    }
    const auto first = found.begin() + static_cast<std::ptrdiff_t>(before);
    found.erase(std::remove_if(first, found.end(),
                               [this](const RunLine& line) { return shows_syntax(file_, line); }),
                found.end());
  }

  /// The lines without prompts and output.
  [[nodiscard]] std::vector<Span> commands_of(const Fence& fence, Language language) const {
    const Prompt prompt(file_, fence, language);
    if (!prompt.exists()) return fence.lines;
    std::vector<Span> lines;
    bool continues = false;
    for (Span span : fence.lines) {
      const std::string_view line = file_.slice(span);
      std::size_t skip = prompt.length(line);
      if (skip == 0 && !continues) continue;
      if (skip == 0 && line.starts_with("> ")) skip = 2;  // the shell's second prompt
      span.begin += static_cast<std::uint32_t>(skip);
      lines.push_back(span);
      continues = line.ends_with('\\');
    }
    return lines;
  }

  bool read_lines(const std::vector<Span>& lines, Variables& variables) {
    ScriptBuilder builder(file_);
    for (const Span line : lines) {
      builder.add(line);
      builder.end_line(line.end);
    }
    EmbeddedScript script = builder.take();
    blank_out_placeholders(script.text);
    return read_shell(file_, script, variables, out_);
  }

  void read_one_by_one(const std::vector<Span>& lines) {
    std::vector<Span> command;
    Variables variables;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      command.push_back(lines[i]);
      if (file_.slice(lines[i]).ends_with('\\') && i + 1 < lines.size()) continue;
      const std::size_t before = out_.lines.size();
      if (!read_lines(command, variables)) out_.lines.resize(before);
      command.clear();
    }
  }

  const SourceFile& file_;
  RunLines& out_;
};

}  // namespace

void read_markdown(const SourceFile& file, RunLines& out) {
  MarkdownHost(file, out).run();
}

}  // namespace plimsoll::run
