#include "update/public_feed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "advisory/feed.h"
#include "http/url.h"

namespace plimsoll::update {
namespace {

using Names = std::vector<std::string>;

Names paths_of(const Choice& choice) {
  Names paths;
  const auto files = choose(choice);
  if (!files) return {files.error().message};
  for (const FeedFile& file : *files) paths.push_back(file.path());
  return paths;
}

TEST(PublicFeeds, AreAtAddressesThatCanBeAsked) {
  std::set<std::string> paths;
  for (const PublicFeed& feed : public_feeds()) {
    ASSERT_FALSE(feed.files.empty()) << feed.name;
    EXPECT_FALSE(feed.licence.empty()) << feed.name;
    const auto& formats = advisory::all_feed_formats();
    EXPECT_TRUE(std::any_of(formats.begin(), formats.end(), [&feed](const auto* format) {
      return format->name == feed.format;
    })) << feed.format;
    for (const PublicFile& file : feed.files) {
      const FeedFile wanted{.feed = &feed, .file = &file};
      EXPECT_TRUE(paths.insert(wanted.path()).second) << wanted.path() << " stands twice";
      for (const std::string& address : wanted.addresses()) {
        const auto url = http::parse_url(address);
        EXPECT_TRUE(url && url->secure && url->to_string() == address) << address;
      }
    }
  }
}

TEST(PublicFeeds, AreWhatThePageSays) {
  const std::string path = PLIMSOLL_SOURCE_DIR "/docs/advisory-feeds.md";
  std::ifstream file(path, std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  EXPECT_NE(page.find("\n\n" + feeds_as_markdown() + '\n'), std::string::npos)
      << "the table of " << path << " should be\n"
      << feeds_as_markdown();
}

TEST(Choose, TakesTheUsualOnes) {
  const Names all = paths_of({});
  const auto has = [&all](const char* path) {
    return std::find(all.begin(), all.end(), path) != all.end();
  };
  EXPECT_TRUE(has("osv/npm/all.zip"));
  EXPECT_TRUE(has("osv/Red Hat/all.zip"));
  EXPECT_TRUE(has("kev/known_exploited_vulnerabilities.json"));
  EXPECT_FALSE(has("osv/MinimOS/all.zip"));
  EXPECT_FALSE(has("debian-tracker/json"));
}

TEST(Choose, TakesEcosystemsAndWhatIsAboutAll) {
  const Names want{"osv/Red Hat/all.zip", "osv/npm/all.zip",
                   "kev/known_exploited_vulnerabilities.json", "epss/epss_scores-current.csv.gz"};
  EXPECT_EQ(paths_of({.ecosystems = {"NPM", "red-hat"}}), want);
  EXPECT_EQ(paths_of({.feeds = {"osv"}, .ecosystems = {"minimos"}}), Names{"osv/MinimOS/all.zip"});
  EXPECT_EQ(paths_of({.feeds = {"osv"}, .ecosystems = {"all"}}).size(),
            public_feeds()[0].files.size());
}

TEST(Choose, TakesFeedsByName) {
  EXPECT_EQ(paths_of({.feeds = {"debian-tracker", "kev"}}),
            (Names{"kev/known_exploited_vulnerabilities.json", "debian-tracker/json"}));
}

TEST(Choose, SaysWhatIsUnknown) {
  EXPECT_EQ(paths_of({.feeds = {"kew"}}), Names{"no feed is called 'kew' (did you mean 'kev'?)"});
  EXPECT_EQ(paths_of({.ecosystems = {"Debain"}}),
            Names{"no feed that is chosen has the ecosystem 'Debain' (did you mean 'Debian'?)"});
  EXPECT_EQ(
      paths_of({.feeds = {"kev"}, .ecosystems = {"npm"}}),
      Names{
          "no feed that is chosen has the ecosystem 'npm'; `plimsoll db update --list` shows all"});
}

TEST(Addresses, AreEscaped) {
  const auto files = choose({.feeds = {"osv"}, .ecosystems = {"redhat"}});
  ASSERT_EQ(files.value().size(), 1U);
  EXPECT_EQ((*files)[0].addresses(),
            Names{"https://osv-vulnerabilities.storage.googleapis.com/Red%20Hat/all.zip"});
}

}  // namespace
}  // namespace plimsoll::update
