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

TEST(UriOfPath, CodesWhatIsNotPlain) {
  EXPECT_EQ(uri_of_path("/w/.env-a_b~1"), "file:///w/.env-a_b~1");
  for (const char* path : {"/a b", "/ä#?%41", "/a:b@c"}) {
    const std::string uri = uri_of_path(path);
    EXPECT_EQ(uri.find_first_of(" #?:@", 7), std::string::npos) << uri;
    EXPECT_EQ(path_of_uri(uri), path);
  }
}

}  // namespace
}  // namespace plimsoll::lsp
