#include "check/image_account.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "image/sample_image.h"

namespace plimsoll::check {
namespace {

using image::sample_tar::file;

image::Inventory image_of(const std::string& user) {
  const std::string passwd =
      "root:x:0:0:root:/root:/bin/sh\n"
      "# a remark\n"
      "short:x:1:1\n"
      "app:x:1000:50::/home/app:\n"
      "web::33:33:www:/var/www:/usr/sbin/nologin\n"
      "odd:x:many:1::/:/bin/sh\n";
  const std::string group = "root:x:0:\nstaff:x:50:\nlogs:x:4:web,app\nbad:x:x:\n";
  const std::string config = R"("config":{"User":")" + user + R"("},)";
  const image::SampleStore store =
      image::sample_archive({file("etc/passwd", passwd) + file("etc/group", group)}, config);
  return image::inventory_of(store);
}

TEST(ImageAccounts, LinesOfAnotherShapeArePassedOver) {
  const image::Inventory image = image_of("");
  const std::vector<ImageAccount> accounts = accounts_of(image);
  ASSERT_EQ(accounts.size(), 3U);
  EXPECT_EQ(accounts[1].name, "app");
  EXPECT_EQ(accounts[1].number, 1000U);
  EXPECT_EQ(accounts[1].group, 50U);
  EXPECT_FALSE(accounts[1].has_empty_password);
  EXPECT_TRUE(accounts[1].can_log_in()) << "no shell is /bin/sh";
  EXPECT_TRUE(accounts[2].has_empty_password);
  EXPECT_FALSE(accounts[2].can_log_in());
}

struct Case {
  std::string_view user;
  std::string_view want;  ///< number and groups; "" when nobody knows
};
class ImageUserTest : public testing::TestWithParam<Case> {};

TEST_P(ImageUserTest, IsWhomTheImageStartsAs) {
  const auto user = user_of(image_of(std::string(GetParam().user)));
  std::string found;
  if (user) {
    found = std::to_string(user->number) + ':';
    for (const std::uint32_t group : user->groups) found += ' ' + std::to_string(group);
  }
  EXPECT_EQ(found, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Forms, ImageUserTest,
                         testing::Values(Case{"", "0: 0"}, Case{"root", "0: 0"},
                                         Case{"app", "1000: 50 4"}, Case{"1000", "1000: 50 4"},
                                         Case{"1000:7", "1000: 7"}, Case{"app:staff", "1000: 50"},
                                         Case{"5000", "5000: 0"}, Case{"app:nobody", ""},
                                         Case{"nobody", ""}, Case{"4294967296", ""}));

TEST(ImageUser, MayWriteAsTheFirstClassThatItIsIn) {
  const ImageUser user{.number = 5, .groups = {6}};
  EXPECT_TRUE(user.may_write({.mode = 0200, .user = 5}));
  EXPECT_FALSE(user.may_write({.mode = 0022, .user = 5})) << "the owner's bits count alone";
  EXPECT_TRUE(user.may_write({.mode = 0020, .group = 6}));
  EXPECT_FALSE(user.may_write({.mode = 0002, .group = 6}));
  EXPECT_TRUE(user.may_write({.mode = 0002}));
  EXPECT_FALSE(user.may_write({.mode = 0755}));
  EXPECT_TRUE((ImageUser{.number = 0, .groups = {0}}).may_write({.mode = 0}));
}

}  // namespace
}  // namespace plimsoll::check
