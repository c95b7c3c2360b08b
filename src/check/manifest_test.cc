#include "check/manifest.h"

#include <gtest/gtest.h>

#include <memory>

#include "core/source_file.h"

namespace plimsoll::check::manifest {
namespace {

struct Case {
  std::string_view selector;
  std::optional<bool> selected;
};

TEST(Manifest, SelectsByLabels) {
  const Case cases[] = {
      {"{}", true},
      {"{matchLabels: {app: web}}", true},
      {"{matchLabels: {app: web, tier: front}}", false},
      {"{matchLabels: {app: db}}", false},
      {"{matchLabels: {app: '{{ .Values.app }}'}}", std::nullopt},
      {"{matchExpressions: [{key: app, operator: In, values: [db, web]}]}", true},
      {"{matchExpressions: [{key: app, operator: NotIn, values: [db, web]}]}", false},
      {"{matchExpressions: [{key: tier, operator: NotIn, values: [front]}]}", true},
      {"{matchExpressions: [{key: app, operator: Exists}]}", true},
      {"{matchExpressions: [{key: app, operator: DoesNotExist}]}", false},
      {"{matchExpressions: [{key: app, operator: Gt, values: ['1']}]}", std::nullopt},
  };
  const SourceFile labels_file("labels.yaml", "{app: web, env: test}");
  const auto labels = parse_yaml(labels_file);
  for (const Case& one : cases) {
    const SourceFile file("selector.yaml", std::string(one.selector));
    const auto tree = parse_yaml(file);
    EXPECT_EQ(selects(*tree->documents.front().root, labels->documents.front().root), one.selected)
        << one.selector;
  }
}

TEST(Manifest, NothingIsSelectedByALabelThatIsAbsent) {
  const SourceFile file("selector.yaml", "{matchLabels: {app: web}}");
  const auto tree = parse_yaml(file);
  EXPECT_EQ(selects(*tree->documents.front().root, nullptr), false);
}

}  // namespace
}  // namespace plimsoll::check::manifest
