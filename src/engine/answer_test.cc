#include "engine/answer.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace plimsoll::engine {
namespace {

Json json(std::string_view text) {
  return Json::parse(text);
}

TEST(ParseAnswer, RefusesWhatIsNoJsonOrTooDeep) {
  EXPECT_TRUE(parse_answer("{}"));
  for (const char* text : {"", "{", "<html>", "{} {}"}) EXPECT_FALSE(parse_answer(text)) << text;
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(parse_answer(nested(limits::kEngineAnswerDepth)));
  EXPECT_FALSE(parse_answer(nested(limits::kEngineAnswerDepth + 2)));
  EXPECT_FALSE(parse_answer(nested(1'000'000)));
}

TEST(MessageOf, IsOneLine) {
  EXPECT_EQ(message_of(R"({"message": "No such container: x"})"), "No such container: x");
  EXPECT_EQ(message_of("{\"message\": \"a\\nb\\u001b[2J\"}"), "a\\nb\\x1b[2J");
  EXPECT_EQ(message_of("404 page not found"), "");
  EXPECT_EQ(message_of(R"({"message": 7})"), "");
}

TEST(IsName, TakesWhatEnginesTake) {
  for (const char* name : {"web", "shop-web-1", "A_b.c", "0"}) EXPECT_TRUE(is_name(name)) << name;
  for (const char* name : {"", "..", "-x", "a/b", "a b", "a?b", "a\nb", "\xC3\xA4"}) {
    EXPECT_FALSE(is_name(name)) << name;
  }
}

TEST(ReadList, IsSortedByTheContainersOwnName) {
  const auto list = read_list(json(R"([
      {"Id": "22", "Names": ["/web/db", "/db"]},
      {"Id": "11", "Names": ["/app"]},
      {"Id": "33", "Names": null}])"));
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 3U);
  EXPECT_EQ((*list)[0].name, "33");
  EXPECT_EQ((*list)[1].name, "app");
  EXPECT_EQ((*list)[2].name, "db");
  EXPECT_EQ((*list)[2].id, "22");
}

TEST(ReadList, RefusesWhatIsNone) {
  for (const char* text : {"{}", "null", "[1]", R"([{"Id": 3}])", R"([{"Id": "../x"}])"}) {
    EXPECT_FALSE(read_list(json(text))) << text;
  }
}

TEST(RemappedRoot, StandsInTheFoldersName) {
  EXPECT_EQ(remapped_root(json(R"({"DockerRootDir": "/var/lib/docker/165536.165536"})")), 165536);
  for (const char* folder : {"/var/lib/docker", "", "/x/-1.5", "/x/99999999999999999999.1"}) {
    EXPECT_FALSE(remapped_root(Json{{"DockerRootDir", folder}})) << folder;
  }
}

TEST(MovableImage, IsATagOnly) {
  struct Case {
    const char* container;
    const char* want;
  };
  for (const auto& [container, want] : std::initializer_list<Case>{
           {R"({"Config": {"Image": "nginx:1.29"}})", "docker.io/library/nginx:1.29"},
           {R"({"Config": {"Image": "shop/web"}})", "docker.io/shop/web:latest"},
           {R"({"ImageName": "quay.io/a/b:1", "Config": {"Image": "3f1c"}})", "quay.io/a/b:1"},
           {R"({"Config": {"Image": "sha256:3f1c"}})", ""},
           {R"({"Config": {"Image": "3f1cabcdef01"}})", ""},
           {R"({"Config": {"Image": "nginx?x=1"}})", ""},
           {R"({"Config": {"Image": 5}})", ""},
           {R"({"Config": "x"})", ""},
           {R"([])", ""}}) {
    EXPECT_EQ(movable_image(json(container)), want) << container;
  }
  const std::string digest(64, 'a');
  EXPECT_EQ(movable_image(Json{{"Config", {{"Image", "nginx:1@sha256:" + digest}}}}), "");
}

}  // namespace
}  // namespace plimsoll::engine
