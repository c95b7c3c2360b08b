#include <algorithm>
#include <vector>

#include "check/base_tag.h"
#include "check/ended_release.h"
#include "check/external_image.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "workload/end_of_life.h"
#include "workload/newer_release.h"

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
    .fix_note =
        "Move to a supported release; the end of life of the next one is known in advance. Unsafe: "
        "the newest release of the same line may not run what the old one ran.",
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
  if (const auto tag = supported_tag(*reference, today)) {
    remedy(finding, "move from '" + reference->tag + "' to '" + *tag + "'",
           set_base_tag(stage.view, stage.stage, *reference, *tag), FixSafety::kUnsafe);
  } else {
    finding.unfixed = "which release to move to is not certain offline";
  }
}

constexpr Example kExamples[] = {
    {.name = "a run time",
     .before = "FROM «node:14-bookworm-slim»\n",
     .after = "FROM node:26-trixie-slim\n"},
    {.name = "a distribution",
     .before = "FROM «debian:stretch»\n",
     .after = "FROM debian:trixie\n"},
    {.name = "by the default of a variable",
     .before = "ARG V=3.6\nFROM «python:${V}»\n",
     .after = "ARG V=3.14\nFROM python:${V}\n"},
    {.name = "in a build stage",
     .before = "FROM «golang:1.15» AS b\nFROM scratch\n",
     .after = "FROM golang:1.27 AS b\nFROM scratch\n"},
    {.name = "Alpine below, CRLF, flags and a name",
     .before = "FROM --platform=linux/amd64 «golang:1.20.2-alpine3.17» AS build\r\n",
     .after = "FROM --platform=linux/amd64 golang:1.27-alpine AS build\r\n"},
    {.name = "only the distribution, behind a variable",
     .before = "ARG V=3.13.1\nFROM «python:${V}-slim-bookworm»\nFROM «python:$V-slim-bookworm»\n",
     .after = "ARG V=3.13\nFROM python:${V}-slim-trixie\nFROM python:$V-slim-trixie\n"},
    {.name = "the image is an argument",
     .before = "ARG BASE=\"debian:buster-slim\"\nFROM «$BASE»\n",
     .after = "ARG BASE=\"debian:trixie-slim\"\nFROM $BASE\n"},
    {.name = "an argument that other images share",
     .before = "ARG V=3.6\nFROM «python:${V}»\nFROM «alpine:${V}»\n"},
    {.name = "a codename of Ubuntu",
     .before = "FROM «ubuntu:xenial»\n",
     .after = "FROM ubuntu:resolute\n"},
    {.name = "data would have to be migrated", .before = "FROM «postgres:9.6-alpine»\n"},
    {.name = "a digest",
     .before = "FROM «debian:stretch@sha256:"
               "0000000000000000000000000000000000000000000000000000000000000000»\n"},
    {.name = "discontinued", .before = "FROM «centos:7»\n"},
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
