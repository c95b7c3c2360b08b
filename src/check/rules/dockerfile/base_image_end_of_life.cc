#include <algorithm>
#include <vector>

#include "check/ended_release.h"
#include "check/external_image.h"
#include "check/rule.h"
#include "workload/end_of_life.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "base-image-end-of-life",
    .title = "The base image is past its end of life",
    .severity = Severity::kHigh,
    .control = Control::kBaseImageUpdates,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Nobody fixes it any more: each vulnerability that is found from now on stays in the image "
        "and in everything built on it.",
    .fix_note = "Move to a supported release; the end of life of the next one is known in advance.",
    .sources = "https://endoflife.date",
};

/// Compilers put their own run time into what they build, so they ship even from a build stage.
bool is_linked_in(const EndOfLife& release) {
  return release.product == "go" || release.product == "rust";
}

Severity severity_of(const EndOfLife& release, bool ships, Date today) {
  if (supported_by_others(release, today)) return Severity::kLow;
  return ships || is_linked_in(release) ? Severity::kHigh : Severity::kLow;
}

void check(const StageView& stage, Sink& sink) {
  if (stage.stage.parent) return;
  const auto reference = base_reference(stage.view, stage.stage);
  if (!reference) return;
  const Date today = sink.options().today;
  const bool ships = stage.view.ships(stage.stage);
  std::string message;
  Severity severity = Severity::kInfo;
  std::vector<Fact> facts;
  for (const EndOfLife& release : end_of_life(*reference)) {
    if (!release.ended(today)) continue;
    if (!message.empty()) message += "; ";
    message += describe_ended(release, today);
    severity = std::max(severity, severity_of(release, ships, today));
    if (!release.note.empty()) facts.push_back({"note", std::string(release.note)});
  }
  if (message.empty()) return;
  Finding& finding = sink.report(stage.stage.image_span, std::move(message));
  finding.severity = severity;
  finding.evidence = std::move(facts);
}

constexpr Example kExamples[] = {
    {.name = "a run time", .before = "FROM «node:14-bookworm-slim»\n"},
    {.name = "a distribution", .before = "FROM «debian:stretch»\n"},
    {.name = "by the default of a variable", .before = "ARG V=3.6\nFROM «python:${V}»\n"},
    {.name = "in a build stage", .before = "FROM «golang:1.15» AS b\nFROM scratch\n"},
    {.name = "supported", .before = "FROM node:24-trixie-slim\n"},
    {.name = "a tag that moves", .before = "FROM node:lts\n"},
    {.name = "an image that nothing is known of", .before = "FROM registry.example.com/base:1\n"},
};

}  // namespace

const Rule& base_image_end_of_life() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
