#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

std::string with(std::string_view lines) {
  return "Gem::Specification.new do |s|\n" + std::string(lines) + "\nend\n";
}

TEST(Gemspec, ReadsWhatNeedsNoRuby) {
  struct Case {
    std::string text, want;
  };
  for (const Case& each : {
           Case{with("s.name = 'a'.freeze # why\ns.version = \"1.0\""), "a 1.0"},
           Case{with("s.name=%q{a}\ns.version = Gem::Version.new('1.0')"), "a 1.0"},
           Case{"VERSION = '1.0'\n" + with("s.name = 'a'\ns.version = A::VERSION.dup"), "a 1.0"},
           Case{with("s.name = 'a'\ns.version = A::VERSION"), "a"},
           Case{with("s.name = 'a'\ns.version = \"1.#{minor}\""), "a"},
           Case{"# stub: a 1.0 x86_64-linux lib\n" + with("s.version = A::VERSION"), "a 1.0"},
           Case{with("s.name = 'a'\ns.version == '1.0'"), "a"},
           Case{"a = 1\n", " !no gem specification: no Gem::Specification"},
       }) {
    EXPECT_EQ(dump(read_kind("gemspec", each.text)), each.want) << each.text;
  }
}

TEST(Gemspec, ReadsLicencesAndPlatform) {
  const auto reading =
      read_kind("gemspec", "# stub: a 1.0 x86_64-linux lib\n" +
                               with("s.licenses = [\"MIT\".freeze, 'Ruby'] # \"x\""));
  ASSERT_EQ(reading.packages.size(), 1U);
  EXPECT_EQ(reading.packages[0].licenses, (std::vector<std::string>{"MIT", "Ruby"}));
  EXPECT_EQ(reading.packages[0].architecture, "x86_64-linux");
}

TEST(GemfileLock, ReadsSpecsOfEverySource) {
  EXPECT_EQ(dump(read_kind("gemfile-lock",
                           "GIT\n  remote: https://x\n  specs:\n    a (1.0)\n      b (~> 2)\n\n"
                           "GEM\n  remote: https://y\n  specs:\n    b (2.0-x86_64-linux)\r\n"
                           "    b (2.0)\n\nPLATFORMS\n    ruby\n\nDEPENDENCIES\n  a!\n\n"
                           "BUNDLED WITH\n   2.2\n")),
            "a 1.0, b 2.0, b 2.0");
  EXPECT_EQ(dump(read_kind("gemfile-lock", "hello\n")), " !no Gemfile.lock: no section in it");
}

}  // namespace
}  // namespace plimsoll::image
