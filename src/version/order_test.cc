#include "version/order.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

#include "version/order_laws.h"

namespace plimsoll::version {
namespace {

struct Name {
  std::string_view name;
  std::string_view order;
};

TEST(FindOrder, KnowsSchemesAndEcosystemsOfOsv) {
  constexpr Name kNames[] = {
      {"deb", "deb"},
      {"Debian", "deb"},
      {"Debian:12", "deb"},
      {"ubuntu:22.04:lts", "deb"},
      {"Ubuntu:Pro:18.04:LTS", "deb"},
      {"Alpine:v3.19", "apk"},
      {"Wolfi", "apk"},
      {"Chainguard", "apk"},
      {"MinimOS", "apk"},
      {"Alpaquita:stream", "apk"},
      {"BellSoft Hardened Containers:23", "apk"},
      {"Red Hat:enterprise_linux:9::baseos", "rpm"},
      {"Rocky Linux:9", "rpm"},
      {"AlmaLinux:8", "rpm"},
      {"SUSE:Linux Enterprise Server 15 SP5", "rpm"},
      {"openSUSE:Leap 15.6", "rpm"},
      {"Azure Linux:3", "rpm"},
      {"Photon OS:5.0", "rpm"},
      {"Mageia:9", "rpm"},
      {"openEuler:24.03-LTS", "rpm"},
      {"PyPI", "pep440"},
      {"npm", "npm-semver"},
      {"Maven", "maven"},
      {"RubyGems", "gem"},
      {"NuGet", "nuget"},
      {"Packagist", "composer"},
      {"Go", "go"},
      {"crates.io", "cargo"},
      {"Hex", "hex"},
      {"Pub", "pub"},
      {"ConanCenter", "conan"},
      {"CRAN", "cran"},
      {"Bioconductor", "cran"},
      {"Julia", "julia"},
      {"Hackage", "hackage"},
      {"GHC", "hackage"},
      {"SwiftURL", "semver"},
      {"Bitnami", "semver"},
      {"GitHub Actions", "semver"},
      {"Echo", "deb"},
      {"Echo:PyPI", "pep440"},
      {"Root:Alpine:3.18", "apk"},
      {"Root:Debian:12", "deb"},
      {"npm-semver-loose", "npm-semver-loose"},
  };
  for (const Name& each : kNames) {
    const Order* order = find_order(each.name);
    ASSERT_NE(order, nullptr) << each.name;
    EXPECT_EQ(order->name, each.order) << each.name;
  }
}

TEST(FindOrder, KnowsNoOther) {
  for (const char* name : {"", " ", ":", "Debianoid", "de", "Root:Nothing:1", ":deb"}) {
    EXPECT_EQ(find_order(name), nullptr) << name;
  }
}

TEST(Orders, NoEcosystemIsOfTwo) {
  std::set<std::string> seen;
  for (const Order* order : all_orders()) {
    EXPECT_EQ(find_order(order->name), order);
    EXPECT_NE(order->compare, nullptr) << order->name;
    EXPECT_NE(order->is_valid, nullptr) << order->name;
    EXPECT_TRUE(order->source.starts_with("https://")) << order->name;
    std::string_view rest = order->ecosystems;
    while (!rest.empty()) {
      const std::size_t comma = rest.find(", ");
      const std::string ecosystem(rest.substr(0, comma));
      EXPECT_EQ(find_order(ecosystem), order) << ecosystem;
      EXPECT_TRUE(seen.insert(ecosystem).second) << ecosystem;
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 2);
    }
  }
}

/// Texts that are nearly versions: pieces of all schemes, so that many begin alike.
class Texts {
 public:
  std::string next() {
    constexpr std::string_view kPieces[] = {
        "0",   "1",  "2",  "10",   "01", "00", ".",  ".",     ".",     "-",    "-",   "_",
        "~",   "^",  "+",  ":",    "a",  "b",  "rc", "RC",    "alpha", "beta", "pre", "dev",
        "p",   "r",  "-r", "post", "!",  "ga", "sp", "cr",    "m",     "v",    "*",   "x",
        "foo", "cr", "#",  " ",    "zz", "_p", "=",  "final", "git",   "\xff", "1",   "snapshot"};
    std::string text;
    for (std::size_t left = random_() % 7; left > 0; --left) {
      text += kPieces[random_() % std::size(kPieces)];
    }
    return text;
  }

 private:
  std::mt19937 random_{20240607};  // NOLINT: the same texts each time
};

TEST(Orders, AreWeakOrdersOfAnyTexts) {
  Texts texts;
  for (int i = 0; i < 8'000; ++i) {
    const std::string a = texts.next();
    const std::string b = i % 2 == 0 ? texts.next() : a + texts.next();
    const std::string c = i % 3 == 0 ? texts.next() : b + texts.next();
    for (const Order* order : all_orders()) {
      const std::string_view law = broken_law(*order, {a, b, c});
      ASSERT_TRUE(law.empty()) << order->name << ": " << law << ": '" << a << "' '" << b << "' '"
                               << c << "'";
    }
  }
}

TEST(Orders, OnlyThatOfPacmanHasEqualsThatAreNotEach) {
  for (const Order* order : all_orders()) EXPECT_EQ(order->is_weak, order->name != "alpm");
}

TEST(Orders, CompareNumbersOfAnyLength) {
  const std::string nines(1'000'000, '9');
  const std::string more = "1" + std::string(1'000'000, '0');
  for (const Order* order : all_orders()) {
    EXPECT_TRUE(order->compare(nines, more) < 0) << order->name;
    EXPECT_TRUE(order->compare("1." + more, "1." + nines) > 0) << order->name;
  }
}

TEST(Orders, TakeTimeInStepWithTheLength) {
  constexpr std::size_t kBytes = 1U << 17U;
  for (const std::string_view piece : {".", "-", "1.", "a", "a1", "~", "0.", "_p", "||", "1-", " ",
                                       "-a", ">=1 ", "^1||", "[1,", "1 - ", "+", "x."}) {
    std::string text;
    while (text.size() < kBytes) text += piece;
    const std::string other = text + "1";
    for (const Order* order : all_orders()) {
      EXPECT_TRUE(order->compare(text, text) == 0);
      (void)order->compare(text, other);
      (void)order->is_valid(text);
      (void)is_range(*order, text);
      (void)contains(*order, text, "1.2.3");
      (void)contains(*order, ">=1.0", text);
    }
  }
}

TEST(IsRange, NeedsWhatNoVersionHas) {
  struct Case {
    std::string_view scheme;
    std::string_view text;
    bool want;
  };
  constexpr Case kCases[] = {
      {"deb", "1.0~rc1", false},
      {"deb", "~~", false},
      {"deb", ">= 1.0", true},
      {"rpm", "1.0^git1", false},
      {"npm", "^1.2", true},
      {"npm", "1.2.3", false},
      {"npm", "1.x", true},
      {"npm", "*", true},
      {"npm", "1.2.3 - 2", true},
      {"npm-semver-loose", "=1.2.3", false},
      {"npm", "", true},
      {"maven", "[1.0,2.0)", true},
      {"maven", "1.0-x", false},
      {"pep440", "1!2.0", false},
      {"pep440", "!=2.*", true},
      {"gem", "~> 1.2", true},
      {"conan", "1.1.*", false},
      {"pub", "any", true},
      {"apk", "1.0~abc-r1", false},
      {"generic", "1.0", false},
  };
  for (const Case& each : kCases) {
    EXPECT_EQ(is_range(*find_order(each.scheme), each.text), each.want)
        << each.scheme << " '" << each.text << "'";
  }
}

}  // namespace
}  // namespace plimsoll::version
