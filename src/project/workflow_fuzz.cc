#include <cstddef>
#include <cstdint>
#include <string>

#include "core/bug.h"
#include "project/project.h"

namespace {

using namespace plimsoll;

void check_place(const Place& place, const SourceFile& file) {
  if (place.file == nullptr) return;
  if (place.span.begin > place.span.end || place.span.end > file.text().size()) {
    PL_BUG("a place outside its file");
  }
}

void check_word(const shell::Word& word, const ci::Step& step, const SourceFile& file) {
  if (word.span.begin > word.span.end || word.span.end > step.run.size()) {
    PL_BUG("a word outside its script");
  }
  check_place(step.source(word.span), file);
}

void check_step(const ci::Step& step, const SourceFile& file) {
  check_place(step.place, file);
  check_place(step.uses_place, file);
  if (!step.written.text.empty()) {
    // Exact means exact: every byte that is no line end stands in the file.
    for (std::uint32_t i = 0; i < step.run.size(); ++i) {
      const std::uint32_t at = step.written.source(i);
      const char c = step.run[i];
      if (c != '\n' && c != ' ' && (at >= file.text().size() || file.text()[at] != c)) {
        PL_BUG("a script's byte is not where its place says");
      }
    }
  }
  (void)shell::dump(step.script);  // reads every view
  for (const shell::Command& command : step.script.commands) {
    for (const shell::Word& word : command.words) check_word(word, step, file);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const SourceFile file(".github/workflows/x.yml",
                        std::string(reinterpret_cast<const char*>(data), size));
  const auto tree = parse_yaml(file);
  for (const Document& document : tree->documents) (void)ci::system_of(*document.root);
  for (const ci::System system : {ci::System::kGitHub, ci::System::kGitLab}) {
    const ci::Workflow workflow = ci::read(*tree, system);
    if (workflow.root == nullptr) PL_BUG("a workflow without a root");
    for (const ci::Job& job : workflow.jobs) {
      check_place(job.place, file);
      check_place(job.image_place, file);
      for (const auto& [image, place] : job.services) check_place(place, file);
      for (const ci::Step& step : job.steps) check_step(step, file);
    }
    if (ci::dump(workflow) != ci::dump(ci::read(*tree, system))) PL_BUG("two readings differ");
  }
  return 0;
}
