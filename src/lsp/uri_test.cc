#include "lsp/uri.h"

#include <gtest/gtest.h>

namespace plimsoll::lsp {
namespace {

TEST(Uri, FilesHaveAPath) {
  EXPECT_EQ(path_of_uri("file:///a/b"), "/a/b");
  EXPECT_EQ(path_of_uri("file:///a%20b/%C3%BC%2e"), "/a b/ü.");
  EXPECT_EQ(path_of_uri("FILE://localhost/a/../b/"), "/b");
  EXPECT_EQ(path_of_uri("file:///a%2"), "/a%2");
  EXPECT_EQ(path_of_uri("file:///a#x"), "/a");
  EXPECT_EQ(path_of_uri("file:///"), "/");
}

TEST(Uri, OtherThingsHaveNone) {
  for (const char* uri : {"", "file", "file://", "file://host/a", "untitled:Untitled-1", "/a/b",
                          "https://localhost/a", "file:///a%00b"}) {
    EXPECT_FALSE(path_of_uri(uri)) << uri;
  }
}

}  // namespace
}  // namespace plimsoll::lsp
