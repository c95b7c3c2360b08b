#include "cli/value.h"

#include <array>
#include <iterator>

#include "check/rule.h"
#include "cli/command.h"
#include "core/ascii.h"
#include "core/severity.h"
#include "report/format.h"

namespace plimsoll::cli {
namespace {

std::vector<Word> formats() {
  std::vector<Word> words;
  for (const report::Format* format : report::all_formats()) {
    words.push_back({std::string(format->name), std::string(format->title)});
  }
  return words;
}

std::vector<Word> severities() {
  std::vector<Word> words;
  for (const Severity severity :
       {Severity::kCritical, Severity::kHigh, Severity::kMedium, Severity::kLow, Severity::kInfo}) {
    words.push_back({std::string(to_string(severity)), {}});
  }
  return words;
}

std::vector<Word> rules() {
  std::vector<Word> words;
  for (const check::Rule* rule : check::all_rules()) {
    words.push_back({std::string(rule->meta.slug), std::string(rule->meta.title)});
  }
  return words;
}

std::vector<Word> commands() {
  std::vector<Word> words;
  for (const Command* command : all_commands()) {
    words.push_back({std::string(command->name), std::string(command->title)});
  }
  return words;
}

struct Vocabulary {
  std::string_view type_name;
  std::vector<Word> (*words)();
  bool closed;
};

constexpr std::array kVocabularies{
    Vocabulary{"FORMAT", formats, true},
    Vocabulary{"SEVERITY", severities, true},
    Vocabulary{"RULE", rules, false},  // peers' ids name rules as well
    Vocabulary{"COMMAND", commands, true},
};

bool is_path(std::string_view alternative) {
  return alternative == "FILE" || alternative == "FOLDER" || alternative == "PATH" ||
         alternative == "TARGET";
}

void add(Values& values, std::string_view alternative) {
  for (const Vocabulary& vocabulary : kVocabularies) {
    if (vocabulary.type_name != alternative) continue;
    std::vector<Word> words = vocabulary.words();
    std::move(words.begin(), words.end(), std::back_inserter(values.words));
    values.closed = values.closed && vocabulary.closed;
    return;
  }
  if (!alternative.empty() && ascii::is_lower(alternative.front())) {
    values.words.push_back({std::string(alternative), {}});
    return;
  }
  values.files = values.files || is_path(alternative);
  values.closed = false;
}

}  // namespace

Values values_of(std::string_view type_name) {
  constexpr std::string_view kList = ",...";
  Values values;
  values.closed = true;
  if (type_name.ends_with(kList)) {
    values.list = true;
    type_name.remove_suffix(kList.size());
  }
  for (const std::string_view alternative : ascii::split(type_name, '|')) add(values, alternative);
  return values;
}

}  // namespace plimsoll::cli
