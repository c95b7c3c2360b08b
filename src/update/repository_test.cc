#include "update/repository.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "archive/sha256.h"
#include "core/path.h"
#include "update/sample_site.h"
#include "update/update.h"

namespace plimsoll::update {
namespace {

namespace fs = std::filesystem;

using Names = std::vector<std::string>;

constexpr const char* kList = "https://a.example/b/mirror.list";

/// An updateinfo.xml with one update of this day.
std::string updates_of(const std::string& day) {
  return R"(<updates><update type="security"><id>ALAS2-2030-1</id><updated date=")" + day +
         R"("/><pkglist><collection><package name="anvil" version="1" release="1.amzn2"/>)"
         "</collection></pkglist></update></updates>";
}

/// A repomd.xml whose advisories are there and have this digest.
std::string repomd_of(const std::string& href, const std::string& digest) {
  return R"(<?xml version="1.0"?><repomd xmlns="http://linux.duke.edu/metadata/repo">
    <data type="primary"><checksum type="sha256">00</checksum><location href="p.xml"/></data>
    <data type="updateinfo"><checksum type="sha256">)" +
         digest + R"(</checksum><location href=")" + href + R"("/></data></repomd>)";
}

std::string digits_of(const std::string& bytes) {
  return archive::sha256_of(bytes).substr(7);
}

TEST(Repository, IsTheFirstOfAList) {
  for (const auto& [text, want] : std::vector<std::pair<const char*, const char*>>{
           {"https://a.example/r/1\nhttps://a.example/r/2\n", "https://a.example/r/1/"},
           {"https://A.example:443/r/\r\n", "https://a.example/r/"},
           {"https://a.example/r/?x", ""},
           {"r/1", ""},
           {"\nhttps://a.example/r/", ""},
           {"", ""}}) {
    EXPECT_EQ(repository_of_list(kList, text).value_or(""), want) << text;
  }
}

TEST(Repository, IsOnTheServerOfItsList) {
  for (const char* text :
       {"https://b.example/r/", "http://a.example/r/", "https://a.example:8443/r/"}) {
    const auto repository = repository_of_list(kList, text);
    ASSERT_FALSE(repository) << text;
    EXPECT_TRUE(repository.error().message.starts_with("it leads to another server")) << text;
  }
}

TEST(Repomd, NamesTheAdvisoriesAndTheirDigest) {
  const std::string digest = digits_of("x");
  const auto file = updateinfo_of(repomd_of("repodata/0a-updateinfo.xml.zst", digest));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->path, "repodata/0a-updateinfo.xml.zst");
  EXPECT_EQ(file->digest, "sha256:" + digest);
}

TEST(Repomd, LeadsNowhereElse) {
  for (const char* href :
       {"../../x", "repodata/../../x", "/x", "//b.example/x", "https://b.example/x", "", "a//b",
        "./x", "x?y", "x#y", "%2e%2e/x", "..\\x", "a b"}) {
    const auto file = updateinfo_of(repomd_of(href, digits_of("x")));
    ASSERT_FALSE(file) << href;
    EXPECT_TRUE(file.error().message.starts_with("its repomd.xml leads out")) << href;
  }
}

TEST(Repomd, HasADigestToCheck) {
  for (const std::string& digest : {std::string(), std::string(64, 'x'), digits_of("x") + '0'}) {
    EXPECT_FALSE(updateinfo_of(repomd_of("a", digest))) << digest;
  }
  EXPECT_FALSE(updateinfo_of("<repomd/>"));
  EXPECT_EQ(updateinfo_of("<html/>").error().message, "it is no repomd.xml");
  EXPECT_FALSE(updateinfo_of(""));
}

/// A publisher with a list of mirrors, a repository and advisories in it.
class RepositoryUpdate : public testing::Test {
 protected:
  RepositoryUpdate()
      : folder_(fs::temp_directory_path() / ("plimsoll-repository-" + std::to_string(::getpid()))),
        addresses_(site_.url("/")) {
    site_.put("/mirror.list", {.body = site_.url("/r/1") + '\n'});
    publish("2030-01-02");
  }
  ~RepositoryUpdate() override { fs::remove_all(folder_); }

  void publish(const std::string& day) { publish_as(day, digits_of(updates_of(day))); }
  void publish_as(const std::string& day, const std::string& digest) {
    site_.put("/r/1/repodata/repomd.xml",
              {.body = repomd_of("repodata/u.xml", digest), .etag = '"' + day + '"'});
    site_.put("/r/1/repodata/u.xml", {.body = updates_of(day)});
  }

  /// @param repository  the address below the site
  FileReport update(const char* repository = "mirror.list") {
    file_.repository = repository;
    feed_.addresses = addresses_;
    UpdateOptions options{.folder = folder_.string(),
                          .files = {{.feed = &feed_, .file = &file_}},
                          .web = {.variable = [](std::string_view) { return std::string(); },
                                  .sleep = [](std::chrono::seconds) {}}};
    Progress progress;
    site_.forget();
    return update_files(options, progress).at(0);
  }
  [[nodiscard]] std::string kept() const {
    std::ifstream file(folder_ / "amazon/2/updateinfo.xml", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static std::string problem_of(const FileReport& report) {
    return report.problems.empty() ? "" : report.problems.back().message;
  }

  SampleSite site_;

 private:
  fs::path folder_;
  std::string addresses_;
  PublicFile file_{.path = "2/updateinfo.xml"};
  PublicFeed feed_{.name = "amazon", .format = "updateinfo", .files = {&file_, 1}};
};

TEST_F(RepositoryUpdate, FetchesWhatTheFirstMirrorHas) {
  const FileReport report = update();
  ASSERT_EQ(report.outcome, FileOutcome::kFetched) << problem_of(report);
  EXPECT_EQ(kept(), updates_of("2030-01-02"));
  EXPECT_EQ(site_.log(), (Names{"GET /mirror.list 200", "GET /r/1/repodata/repomd.xml 200",
                                "GET /r/1/repodata/u.xml 200"}));
}

TEST_F(RepositoryUpdate, AsksARepositoryThatHasNoListOfMirrors) {
  EXPECT_EQ(update("r/1/").outcome, FileOutcome::kFetched);
  EXPECT_EQ(site_.log(),
            (Names{"GET /r/1/repodata/repomd.xml 200", "GET /r/1/repodata/u.xml 200"}));
}

TEST_F(RepositoryUpdate, FetchesNothingThatStaysTheSame) {
  ASSERT_EQ(update().outcome, FileOutcome::kFetched);
  EXPECT_EQ(update().outcome, FileOutcome::kUnchanged);
  EXPECT_EQ(site_.log(), (Names{"GET /mirror.list 200", "GET /r/1/repodata/repomd.xml 304"}));
}

TEST_F(RepositoryUpdate, KnowsItsCopyInAnotherRepository) {
  ASSERT_EQ(update().outcome, FileOutcome::kFetched);
  const std::string repomd = repomd_of("repodata/u.xml", digits_of(updates_of("2030-01-02")));
  site_.put("/mirror.list", {.body = site_.url("/r/2/")});
  site_.put("/r/2/repodata/repomd.xml", {.body = repomd, .etag = "\"2030-01-02\""});
  EXPECT_EQ(update().outcome, FileOutcome::kUnchanged);
  EXPECT_EQ(site_.log(), (Names{"GET /mirror.list 200", "GET /r/2/repodata/repomd.xml 200"}))
      << "an ETag says nothing of another address";
  EXPECT_EQ(update().outcome, FileOutcome::kUnchanged);
  EXPECT_EQ(site_.log().back(), "GET /r/2/repodata/repomd.xml 304");
}

TEST_F(RepositoryUpdate, FetchesWhatIsNew) {
  ASSERT_EQ(update().outcome, FileOutcome::kFetched);
  publish("2030-01-03");
  EXPECT_EQ(update().outcome, FileOutcome::kFetched);
  EXPECT_EQ(kept(), updates_of("2030-01-03"));
  publish("2030-01-01");
  const FileReport report = update();
  EXPECT_EQ(report.outcome, FileOutcome::kFailed) << "somebody plays back an older one";
  EXPECT_EQ(kept(), updates_of("2030-01-03"));
}

TEST_F(RepositoryUpdate, RefusesAnotherDigest) {
  ASSERT_EQ(update().outcome, FileOutcome::kFetched);
  publish_as("2030-01-03", digits_of("something else"));
  const FileReport report = update();
  EXPECT_EQ(report.outcome, FileOutcome::kFailed);
  EXPECT_EQ(problem_of(report), "it is not what its repository says that its digest is");
  EXPECT_EQ(kept(), updates_of("2030-01-02"));
  EXPECT_FALSE(report.copy.empty()) << "the old one is used";
}

TEST_F(RepositoryUpdate, RefusesToGoElsewhere) {
  ASSERT_EQ(update().outcome, FileOutcome::kFetched);
  SampleSite other;
  const std::string body = updates_of("2030-01-03");
  other.put("/u.xml", {.body = body});
  site_.put("/u.xml", {.body = body});
  for (const std::string& href : {std::string("../../u.xml"), other.url("/u.xml")}) {
    site_.put("/r/1/repodata/repomd.xml", {.body = repomd_of(href, digits_of(body))});
    const FileReport report = update();
    EXPECT_EQ(report.outcome, FileOutcome::kFailed);
    EXPECT_EQ(problem_of(report), "its repomd.xml leads out of the repository: '" + href + '\'');
  }
  site_.put("/mirror.list", {.body = other.url("/r/")});
  EXPECT_EQ(problem_of(update()), "it leads to another server: 127.0.0.1");
  EXPECT_TRUE(other.log().empty());
  EXPECT_EQ(kept(), updates_of("2030-01-02"));
}

}  // namespace
}  // namespace plimsoll::update
