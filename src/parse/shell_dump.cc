#include "parse/shell.h"

namespace plimsoll::shell {
namespace {

std::string_view symbol(Connector connector) {
  switch (connector) {
    case Connector::kFirst: return "";
    case Connector::kSequence: return ";";
    case Connector::kAnd: return "&&";
    case Connector::kOr: return "||";
    case Connector::kPipe: return "|";
    case Connector::kBackground: return "&";
  }
  return "";
}

void append(std::string& out, const Word& word) {
  const bool unclear =
      word.value.empty() || word.value.find_first_of(" \t\r\n") != std::string_view::npos;
  if (word.expands) out += "⟨";
  if (unclear) out += '\'';
  out += word.value;
  if (unclear) out += '\'';
  if (word.expands) out += "⟩";
}

void append(std::string& out, const Command& command) {
  out += std::to_string(command.depth);
  out += symbol(command.connector);
  if (command.in_substitution) out += '$';
  if (command.in_condition) out += '?';
  if (command.nested) out += '"';
  if (command.pipefail) out += '+';
  for (const Assignment& assignment : command.environment) {
    out.append(1, ' ').append(assignment.name) += '=';
    if (assignment.value.quoted || !assignment.value.value.empty()) append(out, assignment.value);
  }
  for (const Word& word : command.words) {
    out += ' ';
    append(out, word);
  }
  for (const Redirect& redirect : command.redirects) {
    out.append(1, ' ').append(redirect.op) += ' ';
    append(out, redirect.target);
  }
  out += '\n';
}

}  // namespace

std::string dump(const Script& script) {
  std::string out;
  for (const Command& command : script.commands) append(out, command);
  if (script.truncated) out += "truncated\n";
  if (!script.understood) out += "not understood\n";
  return out;
}

}  // namespace plimsoll::shell
