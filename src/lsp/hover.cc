#include "lsp/hover.h"

#include <string_view>

#include "core/ascii.h"
#include "parse/dockerfile.h"
#include "parse/image_reference.h"
#include "workload/end_of_life.h"
#include "workload/image_facts.h"

namespace plimsoll::lsp {
namespace {

void add_part(std::string& text, std::string_view label, std::string_view body, Markup markup) {
  if (body.empty()) return;
  text += "\n\n" + bold(std::string(label) + ":", markup) + ' ' + std::string(body);
}

void add_sources(std::string& text, const RuleInfo& rule, Markup markup) {
  for (const std::string_view source : ascii::split(rule.sources, ' ')) {
    if (source.empty()) continue;
    text += "\n- ";
    text += markup == Markup::kPlain ? std::string(source) : '<' + std::string(source) + '>';
  }
}

/// Texts of rules are ours and Markdown already.
void add_rule(std::string& text, const RuleInfo& rule, Markup markup) {
  add_part(text, "Why", rule.why, markup);
  add_part(text, "What to do", rule.fix_note, markup);
}

std::string headline(const RuleInfo& rule, Severity severity, Markup markup) {
  return bold(rule.title, markup) + " (" + std::string(to_string(severity)) + ", " +
         std::string(rule.slug) + ")\n\nControl: " + std::string(title(rule.control));
}

std::string lifetime(const EndOfLife& end, Date today, Markup markup) {
  std::string name(end.title);
  if (!end.cycle.empty()) name += ' ' + std::string(end.cycle);
  std::string text = escaped(name, markup);
  if (!end.date) return text + ": no end of support is set";
  const std::string date = escaped(to_string(*end.date), markup);
  text += end.ended(today) ? ": " + bold("no fixes since " + date, markup)
                           : ": gets fixes until " + date;
  if (end.extended) text += " (extended: " + escaped(to_string(*end.extended), markup) + ')';
  return text;
}

std::string describe(const ImageReference& reference, Date today, Markup markup) {
  std::string facts;
  if (const std::string_view user = default_user(reference); !user.empty()) {
    facts += "\n- runs as '" + escaped(user, markup) + "' unless told otherwise";
  }
  if (const ImageFacts* known = find_image_facts(reference)) {
    if (!known->nonroot_user.empty()) {
      facts += "\n- ships the user '" + escaped(known->nonroot_user, markup) + "'";
    }
  }
  for (const EndOfLife& end : end_of_life(reference)) {
    facts += "\n- " + lifetime(end, today, markup);
  }
  if (facts.empty()) return {};
  return bold(escaped(to_string(reference), markup), markup) + '\n' + facts;
}

}  // namespace

std::string explain(const Finding& finding, const RuleInfo& rule, Markup markup) {
  std::string text = headline(rule, finding.severity, markup);
  add_part(text, "Here", escaped(finding.message, markup), markup);
  add_rule(text, rule, markup);
  if (!finding.evidence.empty()) {
    text += "\n\n" + bold("Decided by:", markup) + '\n';
    for (const Fact& fact : finding.evidence) {
      text += "\n- " + escaped(fact.key, markup) + ": " + escaped(fact.value, markup);
    }
  }
  text += "\n";
  add_sources(text, rule, markup);
  return text;
}

std::string explain(const RuleInfo& rule, Markup markup) {
  std::string text = headline(rule, rule.severity, markup);
  add_rule(text, rule, markup);
  text += "\n";
  add_sources(text, rule, markup);
  return text;
}

std::optional<ImageHover> describe_base(const SourceFile& dockerfile, std::uint32_t offset,
                                        Date today, Markup markup) {
  const dockerfile::Dockerfile parsed = dockerfile::parse(dockerfile);
  for (const dockerfile::Stage& stage : parsed.stages) {
    const bool here = stage.image_span.begin <= offset && offset <= stage.image_span.end;
    if (!here || !stage.image_known || stage.parent) continue;
    const auto reference = parse_image_reference(stage.image_expanded);
    if (!reference) return std::nullopt;
    std::string text = describe(*reference, today, markup);
    if (text.empty()) return std::nullopt;
    return ImageHover{stage.image_span, std::move(text)};
  }
  return std::nullopt;
}

}  // namespace plimsoll::lsp
