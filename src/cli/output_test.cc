#include "cli/output.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace plimsoll::cli {
namespace {

namespace fs = std::filesystem;

class WriteOutputTest : public testing::Test {
 protected:
  WriteOutputTest() {
    std::string pattern = (fs::temp_directory_path() / "plimsoll-output-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~WriteOutputTest() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string at(const std::string& name) const { return folder_ + '/' + name; }
  [[nodiscard]] std::string text(const std::string& name) const {
    std::ifstream file(at(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  [[nodiscard]] std::ptrdiff_t entries() const {
    return std::distance(fs::directory_iterator(folder_), {});
  }

  std::string folder_;
};

TEST_F(WriteOutputTest, ReplacesAFileAndLeavesNothingBesideIt) {
  ASSERT_TRUE(write_output("a longer text", at("report")));
  ASSERT_TRUE(write_output("short", at("report")));
  EXPECT_EQ(text("report"), "short");
  EXPECT_EQ(entries(), 1);
}

TEST_F(WriteOutputTest, OthersMayReadTheReport) {
  ASSERT_TRUE(write_output("x", at("report")));
  EXPECT_EQ(fs::status(at("report")).permissions(), fs::perms(0644));
}

TEST_F(WriteOutputTest, AFailureLeavesWhatWasThere) {
  fs::create_directory(at("folder"));
  const auto written = write_output("x", at("folder"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::kEnvironment);
  EXPECT_TRUE(fs::is_directory(at("folder")));
  EXPECT_FALSE(write_output("x", at("none/report")));
  EXPECT_EQ(entries(), 1);
}

TEST_F(WriteOutputTest, ALinkToADeviceStaysALink) {
  fs::create_symlink("/dev/null", at("null"));
  EXPECT_TRUE(write_output("x", at("null")));
  EXPECT_TRUE(fs::is_symlink(at("null")));
}

TEST_F(WriteOutputTest, AFullDeviceIsAnError) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  fs::create_symlink("/dev/full", at("full"));  // through a link, so that a failure harms nothing
  EXPECT_FALSE(write_output("x", at("full")));
}

/// Sets a variable and puts the old value back.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    set(value);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { set(old_ ? old_->c_str() : nullptr); }

 private:
  void set(const char* value) {
    if (value == nullptr) {
      ::unsetenv(name_);
    } else {
      ::setenv(name_, value, 1);
    }
  }
  const char* name_;
  std::optional<std::string> old_;
};

TEST(Complain, WritesOneEscapedLine) {
  testing::internal::CaptureStderr();
  complain("bad\n\x1b[2J");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "plimsoll: bad\\n\\x1b[2J\n");
}

TEST(Complain, KeepsToTheTerminalsCharset) {
  const Variable all("LC_ALL", "C");
  testing::internal::CaptureStderr();
  complain("é…");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "plimsoll: \\u{00e9}...\n");
}

struct Locale {
  const char* all;
  const char* type;
  const char* lang;
  bool unicode;
};
class LocaleTest : public testing::TestWithParam<Locale> {};
TEST_P(LocaleTest, TheFirstThatIsSetDecides) {
  const Variable all("LC_ALL", GetParam().all);
  const Variable type("LC_CTYPE", GetParam().type);
  const Variable lang("LANG", GetParam().lang);
  EXPECT_EQ(appearance_of_stdout(false).unicode, GetParam().unicode);
}
INSTANTIATE_TEST_SUITE_P(Locales, LocaleTest,
                         testing::Values(Locale{nullptr, nullptr, nullptr, true},
                                         Locale{"C", nullptr, nullptr, false},
                                         Locale{"C.UTF-8", nullptr, "C", true},
                                         Locale{"", "de_DE.utf8", "C", true},
                                         Locale{nullptr, nullptr, "de_DE.ISO-8859-1", false},
                                         Locale{"POSIX", "C.UTF-8", "C.UTF-8", false}));

}  // namespace
}  // namespace plimsoll::cli
