#include "project/project.h"

namespace plimsoll::ci {
namespace {

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (c == '\n') {
      line += "⏎";
    } else {
      line += c;
    }
  }
  return line;
}

std::string dump(const Step& step) {
  std::string text = step.continue_on_error ? "! " : "  ";
  if (!step.uses.empty()) text += "uses " + one_line(step.uses);
  if (step.run_node != nullptr) {
    text += "run ";
    text += step.script.understood ? std::to_string(step.script.commands.size()) : "?";
    text += ": " + one_line(step.run);
  }
  return text;
}

}  // namespace

std::string dump(const Workflow& workflow) {
  std::string text;
  if (!workflow.triggers.empty()) {
    text += "on";
    for (const std::string_view trigger : workflow.triggers) text += ' ' + one_line(trigger);
    text += '\n';
  }
  for (const Job& job : workflow.jobs) {
    text += "job " + one_line(job.name);
    if (job.allow_failure) text += " allow-failure";
    if (!job.image.empty()) text += " image=" + one_line(job.image);
    for (const auto& [image, place] : job.services) text += " service=" + one_line(image);
    text += '\n';
    for (const Step& step : job.steps) text += dump(step) + '\n';
  }
  return text;
}

}  // namespace plimsoll::ci
