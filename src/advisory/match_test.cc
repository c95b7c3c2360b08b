#include "advisory/match.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "advisory/database_builder.h"
#include "core/fingerprint.h"

namespace plimsoll::advisory {
namespace {

/// A database of these advisories.
class Sample {
 public:
  explicit Sample(std::vector<Advisory> advisories, std::vector<KnownExploited> exploited = {}) {
    DatabaseBuilder builder;
    builder.begin("osv", "sample");
    for (Advisory& each : advisories) builder.add(std::move(each));
    for (KnownExploited& each : exploited) builder.add(std::move(each));
    bytes_ = builder.bytes("2026-01-01");
  }
  [[nodiscard]] Matches match(const std::vector<Package>& packages,
                              const Distribution& distribution = {}) const {
    const auto database = Database::over(bytes_, "sample");
    EXPECT_TRUE(database);
    Matches matches = advisory::match(*database, packages, distribution);
    add_texts(*database, matches);
    return matches;
  }
  /// "CVE-1 fixed 2, CVE-2" of one package.
  [[nodiscard]] std::string of(const Package& package,
                               const Distribution& distribution = {}) const {
    std::string text;
    for (const Vulnerability& each : match({package}, distribution).vulnerabilities) {
      text += (text.empty() ? "" : ", ") + each.id;
      if (!each.fixed.empty()) text += " fixed " + each.fixed;
    }
    return text;
  }

 private:
  std::string bytes_;
};

Advisory advisory(std::string id, std::string ecosystem, std::string package, Range range) {
  return {.id = std::move(id),
          .affected = {{.ecosystem = std::move(ecosystem),
                        .package = std::move(package),
                        .ranges = {std::move(range)}}}};
}

Package deb(std::string name, std::string version) {
  return {.name = std::move(name),
          .version = std::move(version),
          .ecosystem = "Debian",
          .purl = "pkg:deb/debian/x@1"};
}

Package npm(std::string name, std::string version) {
  return {.name = std::move(name), .version = std::move(version), .ecosystem = "npm"};
}

const Distribution kBookworm{"debian", "12"};

TEST(Match, AVersionBeforeTheFix) {
  const Sample sample(
      {advisory("CVE-2024-1", "npm", "a", {.introduced = "1.0.0", .fixed = "1.2.3"})});
  EXPECT_EQ(sample.of(npm("a", "1.2.2")), "CVE-2024-1 fixed 1.2.3");
  EXPECT_EQ(sample.of(npm("a", "1.2.3")), "");
  EXPECT_EQ(sample.of(npm("a", "0.9.0")), "");
  EXPECT_EQ(sample.of(npm("b", "1.2.2")), "");
}

TEST(Match, WhatIsListedThoughNoRangeHasIt) {
  Advisory one = advisory("CVE-2024-1", "PyPI", "a", {.introduced = "1.0", .fixed = "1.1"});
  one.affected[0].versions = {"1.0.1", "0.9-eevee"};
  const Sample sample({one});
  EXPECT_EQ(sample.of({.name = "a", .version = "0.9-eevee", .ecosystem = "PyPI"}),
            "CVE-2024-1 fixed 1.1");
  EXPECT_EQ(sample.of({.name = "a", .version = "0.9-other", .ecosystem = "PyPI"}), "");
  EXPECT_EQ(sample.of({.name = "a", .version = "1.0.1", .ecosystem = "PyPI"}),
            "CVE-2024-1 fixed 1.1");
}

TEST(Match, NamesAsTheEcosystemComparesThem) {
  const Sample sample({advisory("CVE-2024-1", "PyPI", "Foo.Bar_baz", {.fixed = "2"}),
                       advisory("CVE-2024-2", "NuGet", "Some.Package", {.fixed = "2"})});
  EXPECT_EQ(sample.of({.name = "foo_bar-Baz", .version = "1", .ecosystem = "PyPI"}),
            "CVE-2024-1 fixed 2");
  EXPECT_EQ(sample.of({.name = "some.package", .version = "1.0", .ecosystem = "NuGet"}),
            "CVE-2024-2 fixed 2");
}

Package program(std::string name, std::string version) {
  return {.name = std::move(name), .version = std::move(version), .ecosystem = "generic"};
}

TEST(Match, ProgramsByTheNamesThatPublishersHaveForThem) {
  const Sample sample({advisory("CVE-2024-1", "Bitnami", "apache", {.fixed = "2.4.50"}),
                       advisory("CVE-2024-2", "CPE", "apache:http_server", {.fixed = "2.4.60"}),
                       advisory("CVE-2024-3", "CPE", "openssl:openssl", {.fixed = "1.0.2zb"}),
                       advisory("CVE-2024-4", "CPE", "openbsd:openssh", {.last_affected = "9.6"}),
                       advisory("CVE-2024-5", "CPE", "other:curl", {.fixed = "9"})});
  EXPECT_EQ(sample.of(program("httpd", "2.4.49")), "CVE-2024-1 fixed 2.4.50")
      << "NVD is asked where no publisher knows the program";
  EXPECT_EQ(sample.of(program("openssl", "1.0.2k")), "CVE-2024-3 fixed 1.0.2zb");
  EXPECT_EQ(sample.of(program("openssl", "1.0.2zc")), "");
  EXPECT_EQ(sample.of(program("openssh", "9.6p1")), "CVE-2024-4");
  EXPECT_EQ(sample.of(program("openssh", "9.7p1")), "");
  EXPECT_EQ(sample.match({program("curl", "8.0.0")}).unjudged.size(), 1U)
      << "another vendor's product of the same name";
}

TEST(Match, AProgramWithoutTheFunctionsOfTheFaultIsNotInItsPath) {
  Advisory one = advisory("GO-1", "Go", "example.org/lib", {.fixed = "1.1.0"});
  one.affected[0].symbols = {"example.org/lib/a.Decode", "example.org/lib/a.Type.Read"};
  Advisory all = advisory("GO-2", "Go", "example.org/lib", {.fixed = "1.1.0"});
  all.affected[0].symbols = {"example.org/lib/a.*"};
  const Sample sample({one, all});
  const auto tiers_of = [&sample](const std::vector<std::string>& functions) {
    Package package{.name = "example.org/lib", .version = "v1.0.0", .ecosystem = "Go"};
    for (const std::string& each : functions) {
      package.functions.push_back(short_fingerprint(each));
    }
    std::sort(package.functions.begin(), package.functions.end());
    std::string text;
    for (const Vulnerability& each : sample.match({package}).vulnerabilities) {
      text += each.id + ' ' + each.tier + ' ' + each.justification + '\n';
    }
    return text;
  };
  EXPECT_EQ(tiers_of({"example.org/lib/b.Other"}),
            "GO-1 not-in-execute-path vulnerable_code_not_present\n"
            "GO-2 not-in-execute-path vulnerable_code_not_present\n");
  EXPECT_EQ(tiers_of({"example.org/lib/a.*", "example.org/lib/a.Other"}),
            "GO-1 not-in-execute-path vulnerable_code_not_present\nGO-2 present \n");
  EXPECT_EQ(tiers_of({"example.org/lib/a.*", "example.org/lib/a.Type.Read"}),
            "GO-1 present \nGO-2 present \n");
  EXPECT_EQ(tiers_of({}), "GO-1 present \nGO-2 present \n") << "where the program does not tell";
}

TEST(Match, OneVulnerabilityUnderSeveralNamesIsOne) {
  Advisory first = advisory("GHSA-aaaa", "npm", "a", {.fixed = "1.5.0"});
  first.aliases = {"CVE-2024-1"};
  first.summary = "Bad thing";
  Advisory second = advisory("SNYK-1", "npm", "a", {.fixed = "1.6.0"});
  second.aliases = {"CVE-2024-1"};
  const Matches matches = Sample({first, second}).match({npm("a", "1.0.0")});
  ASSERT_EQ(matches.vulnerabilities.size(), 1U);
  EXPECT_EQ(matches.vulnerabilities[0].id, "CVE-2024-1");
  EXPECT_EQ(matches.vulnerabilities[0].aliases, (std::vector<std::string>{"GHSA-aaaa", "SNYK-1"}));
  EXPECT_EQ(matches.vulnerabilities[0].fixed, "1.6.0");  // what mends all that is said
  EXPECT_EQ(matches.vulnerabilities[0].title, "Bad thing");
  EXPECT_EQ(matches.vulnerabilities[0].why.size(), 2U);
}

TEST(Match, AnUpdateOfADistributionMendsSeveral) {
  Advisory update = advisory("DSA-1", "Debian:12", "openssl", {.fixed = "3.0.13-1"});
  update.upstream = {"CVE-2024-1", "CVE-2024-2"};
  const Sample sample({update});
  EXPECT_EQ(sample.of(deb("openssl", "3.0.11-1"), kBookworm),
            "CVE-2024-1 fixed 3.0.13-1, CVE-2024-2 fixed 3.0.13-1");
  EXPECT_EQ(sample.of(deb("openssl", "3.0.11-1"), {"debian", "11"}), "");
  EXPECT_EQ(sample.of(deb("openssl", "3.0.13-1"), kBookworm), "");
}

TEST(Match, DebianIsJudgedByTheSourcePackageAndItsVersion) {
  const Sample sample({advisory("CVE-2024-1", "Debian:12", "glibc", {.fixed = "2.36-9+deb12u4"})});
  Package libc = deb("libc6", "2.36-9+deb12u3+b1");
  libc.source_name = "glibc";
  libc.source_version = "2.36-9+deb12u3";
  EXPECT_EQ(sample.of(libc, kBookworm), "CVE-2024-1 fixed 2.36-9+deb12u4");
  libc.source_version = "2.36-9+deb12u4";
  EXPECT_EQ(sample.of(libc, kBookworm), "");
}

TEST(Match, AnEpochThatOneSideLeavesOutIsNotCompared) {
  const Sample sample({advisory("CVE-2024-1", "AlmaLinux:9", "bind", {.fixed = "9.16.23-5"}),
                       advisory("CVE-2024-2", "AlmaLinux:9", "curl", {.fixed = "1:7.0-2"})});
  const auto rpm = [](std::string name, std::string version) {
    return Package{.name = std::move(name),
                   .version = std::move(version),
                   .ecosystem = "AlmaLinux",
                   .purl = "pkg:rpm/almalinux/x@1"};
  };
  const Distribution alma{"almalinux", "9.3"};
  EXPECT_EQ(sample.of(rpm("bind", "32:9.16.23-4"), alma), "CVE-2024-1 fixed 9.16.23-5");
  EXPECT_EQ(sample.of(rpm("bind", "32:9.16.23-5"), alma), "");
  EXPECT_EQ(sample.of(rpm("curl", "0:7.0-9"), alma), "CVE-2024-2 fixed 1:7.0-2");
}

TEST(Match, SomeSourcesNameTheSourcePackageOfRpms) {
  Advisory one = advisory("CVE-2024-1", "Azure Linux:3", "glibc", {.fixed = "2.38-8"});
  one.affected[0].architectures = {"src"};
  const Sample sample({one});
  Package package{.name = "glibc-devel",
                  .version = "2.38-7",
                  .ecosystem = "Azure Linux",
                  .purl = "pkg:rpm/azurelinux/x@1",
                  .source_name = "glibc",
                  .source_version = "2.38-7"};
  EXPECT_EQ(sample.of(package, {"azurelinux", "3.0"}), "CVE-2024-1 fixed 2.38-8");
  package.source_name = "other";
  EXPECT_EQ(sample.of(package, {"azurelinux", "3.0"}), "");
}

TEST(Match, PackagesOfAmazonAndFedoraByWhatIsInstalled) {
  const Sample sample({advisory("ALAS2-1", "Amazon Linux:2", "anvil", {.fixed = "0:1.2-10.amzn2"}),
                       advisory("ALAS2-2", "Amazon Linux:2", "kernel",
                                {.introduced = "0:5.10", .fixed = "0:5.10.50-44.amzn2"}),
                       advisory("FEDORA-1", "Fedora:43", "anvil", {.fixed = "0:1.2-3.fc43"})});
  const auto rpm = [](const char* name, const char* version) {
    return Package{.name = name,
                   .version = version,
                   .ecosystem = "RPM",
                   .purl = "pkg:rpm/x/" + std::string(name) + "@1"};
  };
  EXPECT_EQ(sample.of(rpm("anvil", "1.2-9.amzn2"), {"amzn", "2"}), "ALAS2-1 fixed 0:1.2-10.amzn2");
  EXPECT_EQ(sample.of(rpm("anvil", "1.2-10.amzn2.0.1"), {"amzn", "2"}), "");
  EXPECT_EQ(sample.of(rpm("kernel", "4.14.336-1.amzn2"), {"amzn", "2"}), "") << "another stream";
  EXPECT_EQ(sample.of(rpm("kernel", "5.10.49-1.amzn2"), {"amzn", "2"}),
            "ALAS2-2 fixed 0:5.10.50-44.amzn2");
  EXPECT_EQ(sample.of(rpm("anvil", "1.2-2.fc43"), {"fedora", "43"}), "FEDORA-1 fixed 0:1.2-3.fc43");
  EXPECT_EQ(sample.of(rpm("anvil", "1.2-2.fc42"), {"fedora", "42"}), "");
}

TEST(Match, AModulesPackagesAreMendedByThatStreamOnly) {
  Advisory one =
      advisory("CVE-2024-1", "Rocky Linux:8", "nodejs", {.fixed = "1:18.20-1.module+el8"});
  one.affected[0].module = "nodejs:18";
  const Sample sample({one});
  const auto node = [](std::string version, std::string label) {
    return Package{.name = "nodejs",
                   .version = std::move(version),
                   .ecosystem = "Rocky Linux",
                   .purl = "pkg:rpm/rocky/x@1",
                   .module_label = std::move(label)};
  };
  const Distribution rocky{"rocky", "8.9"};
  EXPECT_EQ(sample.of(node("1:18.19-1.module+el8", "nodejs:18:809:abc"), rocky),
            "CVE-2024-1 fixed 1:18.20-1.module+el8");
  EXPECT_EQ(sample.of(node("1:16.20-1.module+el8", "nodejs:16:809:abc"), rocky), "");
  EXPECT_EQ(sample.of(node("1:10.0-1.el8", ""), rocky), "");
}

TEST(Match, AFixForSubscribersIsSaidAndCountsWhereItIsInstalled) {
  Advisory open = advisory("CVE-2024-1", "Ubuntu:16.04:LTS", "bash", {});
  open.affected[0].status = Status::kWillNotFix;
  open.affected[0].note = "out of standard support";
  Advisory pro = advisory("UBUNTU-CVE-2024-1", "Ubuntu:Pro:16.04:LTS", "bash",
                          {.fixed = "4.3-14ubuntu1.4+esm1"});
  pro.upstream = {"CVE-2024-1"};
  const Sample sample({open, pro});
  const Distribution xenial{"ubuntu", "16.04"};
  const auto bash = [](std::string version) {
    return Package{.name = "bash",
                   .version = std::move(version),
                   .ecosystem = "Ubuntu",
                   .purl = "pkg:deb/ubuntu/bash@1"};
  };
  const Matches matches = sample.match({bash("4.3-14ubuntu1.4")}, xenial);
  ASSERT_EQ(matches.vulnerabilities.size(), 1U);
  EXPECT_EQ(matches.vulnerabilities[0].fixed, "");
  EXPECT_EQ(matches.vulnerabilities[0].status, "will_not_fix");
  EXPECT_EQ(sample.of(bash("4.3-14ubuntu1.4+esm1"), xenial), "");
}

TEST(Match, AFixOfAnExtendedStreamCountsForWhatWasBuiltForItsRelease) {
  Advisory main =
      advisory("RHSA-1", "Red Hat:enterprise_linux:9", "k", {.fixed = "5.14.0-400.1.el9"});
  main.upstream = {"CVE-2024-1"};
  Advisory extended =
      advisory("RHSA-2", "Red Hat:rhel_eus:9.2", "k", {.fixed = "5.14.0-284.30.1.el9_2"});
  extended.upstream = {"CVE-2024-1"};
  const Sample sample({main, extended});
  const Distribution rhel{"rhel", "9.2"};
  const auto package = [](std::string version) {
    return Package{.name = "k",
                   .version = std::move(version),
                   .ecosystem = "RPM",
                   .purl = "pkg:rpm/redhat/k@1"};
  };
  EXPECT_EQ(sample.of(package("5.14.0-284.30.1.el9_2"), rhel), "");
  EXPECT_EQ(sample.of(package("5.14.0-284.25.1.el9_2"), rhel), "CVE-2024-1 fixed 5.14.0-400.1.el9");
  EXPECT_EQ(sample.of(package("5.14.0-362.8.1.el9_3"), rhel), "CVE-2024-1 fixed 5.14.0-400.1.el9");
  EXPECT_EQ(sample.of(package("5.14.0-284.30.1.el9_2"), {"rhel", "9.3"}),
            "CVE-2024-1 fixed 5.14.0-400.1.el9");
}

TEST(Match, WhatADistributionClearsIsNotTold) {
  Advisory open = advisory("DSA-1", "Debian:12", "a", {.fixed = "9"});
  open.upstream = {"CVE-2024-1"};
  Advisory clear = advisory("CVE-2024-1", "Debian:12", "a", {});
  clear.affected[0].status = Status::kNotAffected;
  clear.affected[0].ranges.clear();
  EXPECT_EQ(Sample({open, clear}).of(deb("a", "1"), kBookworm), "");
}

TEST(Match, WhatTheDistributionShipsItJudges) {
  const Sample sample({advisory("CVE-2024-1", "PyPI", "requests", {.fixed = "2.31"}),
                       advisory("CVE-2024-2", "Debian:12", "other", {.fixed = "2"})});
  Package owned{
      .name = "requests", .version = "2.28", .ecosystem = "PyPI", .owner = "python3-requests"};
  const Matches judged = sample.match({owned}, kBookworm);
  EXPECT_TRUE(judged.vulnerabilities.empty());
  EXPECT_EQ(judged.by_owner, 1U);
  // Without advisories of the distribution, those of the language are better than none.
  EXPECT_EQ(sample.of(owned, {"debian", "13"}), "CVE-2024-1 fixed 2.31");
}

TEST(Match, WhatOthersBuildIsNotTheDistributions) {
  const Sample sample({advisory("CVE-2024-1", "Debian:12", "nodejs", {}),
                       advisory("CVE-2024-2", "Debian:12", "yarnpkg", {}),
                       advisory("CVE-2024-3", "Bitnami", "node", {.fixed = "20.11.2"}),
                       advisory("CVE-2024-4", "Bitnami", "postgresql", {.fixed = "15.7"})});
  EXPECT_EQ(sample.of(deb("nodejs", "18.19.0+dfsg-6"), kBookworm), "CVE-2024-1");
  const Package node = deb("nodejs", "20.11.1-1nodesource1");
  EXPECT_EQ(sample.of(node, kBookworm), "CVE-2024-3 fixed 20.11.2");
  EXPECT_EQ(sample.of(deb("postgresql-15", "15.6-1.pgdg120+2"), kBookworm),
            "CVE-2024-4 fixed 15.7");
  EXPECT_EQ(sample.of(deb("postgresql-15-postgis-3", "3.4.2-1.pgdg120+1"), kBookworm), "");
  // The program beside it says more exactly what is there.
  const Matches both = sample.match(
      {node, {.name = "node", .version = "20.11.2", .ecosystem = "generic"}}, kBookworm);
  EXPECT_TRUE(both.vulnerabilities.empty());
  const Matches other = sample.match({deb("yarnpkg", "1.22-1nodesource1")}, kBookworm);
  EXPECT_TRUE(other.vulnerabilities.empty());
  ASSERT_EQ(other.unjudged.size(), 1U);
  EXPECT_EQ(other.unjudged[0].ecosystem, "NodeSource");
  EXPECT_FALSE(other.unjudged[0].is_of_system) << "it fails no run";
}

TEST(Match, ALibraryOfScalaIsFoundUnderItsPlainName) {
  const Sample sample(
      {advisory("CVE-2024-1", "Maven", "com.typesafe.akka:akka-http", {.fixed = "2"}),
       advisory("CVE-2024-2", "Maven", "com.typesafe.akka:akka-http_2.12", {.fixed = "2"})});
  const auto of = [&](const std::string& name) {
    return sample.of({.name = "com.typesafe.akka:" + name, .version = "1", .ecosystem = "Maven"});
  };
  EXPECT_EQ(of("akka-http_2.12"), "CVE-2024-1 fixed 2, CVE-2024-2 fixed 2");
  EXPECT_EQ(of("akka-http_2.13"), "CVE-2024-1 fixed 2");
  EXPECT_EQ(of("akka-http_3"), "CVE-2024-1 fixed 2");
  EXPECT_EQ(of("akka-http_x"), "");
}

TEST(Match, ACommitThatIsLaterThanTheAdvisoryHasItsFix) {
  Advisory mended = advisory("CVE-2022-1", "Go", "example.com/a", {.fixed = "1.9.17"});
  mended.published = "2022-04-20";
  Advisory open = advisory("CVE-2022-2", "Go", "example.com/a", {});
  open.published = "2022-04-20";
  const Sample sample({mended, open});
  const auto at = [](const char* version) {
    return Package{.name = "example.com/a", .version = version, .ecosystem = "Go"};
  };
  EXPECT_EQ(sample.of(at("v0.0.0-20240101000000-abcdefabcdef")), "CVE-2022-2");
  EXPECT_EQ(sample.match({at("v0.0.0-20240101000000-abcdefabcdef")}, {}).by_commit, 1U);
  EXPECT_EQ(sample.of(at("v0.0.0-20220101000000-abcdefabcdef")),
            "CVE-2022-1 fixed 1.9.17, CVE-2022-2");
}

TEST(Match, ALibraryOfAnotherDistributionIsNotOfThisOne) {
  const Sample sample({advisory("CVE-2024-1", "Debian:12", "libgomp", {}),
                       advisory("ALSA-1", "AlmaLinux:8", "libgomp", {.fixed = "9"})});
  Package library{.name = "libgomp", .version = "8.5.0-28.el8_10", .ecosystem = "AlmaLinux"};
  library.purl = "pkg:rpm/almalinux/libgomp@8.5.0-28.el8_10?distro=almalinux-8";
  EXPECT_EQ(sample.of(library, kBookworm), "ALSA-1 fixed 9");
  library.purl = "pkg:rpm/almalinux/libgomp@8.5.0-28.el8_10";
  const Matches matches = sample.match({library}, kBookworm);
  EXPECT_TRUE(matches.vulnerabilities.empty());
  ASSERT_EQ(matches.unjudged.size(), 1U);
  EXPECT_EQ(matches.unjudged[0].ecosystem, "AlmaLinux");
  EXPECT_FALSE(matches.unjudged[0].is_of_system) << "it fails no run";
}

TEST(Match, NotToKnowIsNotToBeWithoutFault) {
  const Sample sample({advisory("CVE-2024-1", "Debian:12", "a", {.fixed = "2"})});
  const auto unjudged = [&](const Package& package, const Distribution& distribution) {
    const Matches matches = sample.match({package}, distribution);
    return matches.unjudged.empty()
               ? ""
               : matches.unjudged[0].ecosystem + ": " + matches.unjudged[0].reason;
  };
  EXPECT_EQ(unjudged(deb("a", "1"), {"debian", "13"}),
            "Debian:13: the database has no advisories for them");
  EXPECT_EQ(unjudged(deb("a", "1"), {"hobbyos", "1"}),
            "Debian: the distribution or its release is not known");
  EXPECT_EQ(unjudged(npm("a", "1.0.0"), kBookworm), "npm: the database has no advisories for them");
  EXPECT_EQ(unjudged(deb("a", ""), kBookworm), "Debian: their versions are not known");
  EXPECT_EQ(unjudged(deb("a", "1"), kBookworm), "");
}

TEST(Match, OfProgramsEachIsKnownOrNot) {
  const Sample sample({advisory("CVE-2024-1", "Bitnami", "redis", {.fixed = "7.2.5"})});
  const auto program = [](std::string name) {
    return Package{.name = std::move(name), .version = "7.0.0", .ecosystem = "generic"};
  };
  EXPECT_EQ(sample.of(program("redis")), "CVE-2024-1 fixed 7.2.5");
  const Matches matches = sample.match({program("nginx")});
  ASSERT_EQ(matches.unjudged.size(), 1U);
  EXPECT_EQ(matches.unjudged[0].ecosystem, "programs");
}

TEST(Match, HeadersOfAKernelAreNothingThatRuns) {
  const Sample sample({advisory("CVE-2024-1", "Debian:12", "linux", {.fixed = "6.1.90-1"})});
  Package headers = deb("linux-libc-dev", "6.1.76-1");
  headers.source_name = "linux";
  const Matches matches = sample.match({headers}, kBookworm);
  ASSERT_EQ(matches.vulnerabilities.size(), 1U);
  EXPECT_EQ(matches.vulnerabilities[0].tier, "not-in-execute-path");
}

TEST(Match, TheDistributionSaysHowSevereItIs) {
  Advisory one = advisory("CVE-2024-1", "Debian:12", "a", {.fixed = "2"});
  one.affected[0].severity = "unimportant";
  one.cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
  const Matches matches = Sample({one}).match({deb("a", "1")}, kBookworm);
  ASSERT_EQ(matches.vulnerabilities.size(), 1U);
  EXPECT_EQ(matches.vulnerabilities[0].severity, Severity::kInfo);
  EXPECT_EQ(matches.vulnerabilities[0].severity_source, "Debian");
  EXPECT_EQ(matches.vulnerabilities[0].cvss, 9.8);
}

TEST(Match, AScoreOfAnotherSourceServesWhereThereIsNone) {
  Advisory update = advisory("DSA-1", "Debian:12", "a", {.fixed = "2"});
  update.upstream = {"CVE-2024-1"};
  Advisory scored = advisory("GHSA-1", "npm", "other", {.fixed = "2.0.0"});
  scored.aliases = {"CVE-2024-1"};
  scored.cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
  const Matches matches = Sample({update, scored}).match({deb("a", "1")}, kBookworm);
  ASSERT_EQ(matches.vulnerabilities.size(), 1U);
  EXPECT_EQ(matches.vulnerabilities[0].severity, Severity::kCritical);
  EXPECT_EQ(matches.vulnerabilities[0].severity_source, "CVSS 3.1");
}

TEST(Match, WhatIsExploitedComesFirst) {
  const Sample sample({advisory("CVE-2024-1", "npm", "a", {.fixed = "2.0.0"}),
                       advisory("CVE-2024-2", "npm", "a", {.fixed = "3.0.0"})},
                      {{.id = "CVE-2024-2", .added = "2024-05-01", .due = "2024-05-22"}});
  const Matches matches = sample.match({npm("a", "1.0.0")});
  ASSERT_EQ(matches.vulnerabilities.size(), 2U);
  EXPECT_FALSE(matches.vulnerabilities[0].is_exploited);
  EXPECT_TRUE(matches.vulnerabilities[1].is_exploited);
  EXPECT_GE(matches.vulnerabilities[1].priority, 90);
  EXPECT_LT(matches.vulnerabilities[0].priority, 85);
  // One upgrade mends both.
  EXPECT_EQ(matches.vulnerabilities[0].upgrade, "3.0.0");
}

TEST(Match, WithdrawnIsNotTold) {
  Advisory one = advisory("CVE-2024-1", "npm", "a", {.fixed = "2.0.0"});
  one.is_withdrawn = true;
  EXPECT_EQ(Sample({one, advisory("CVE-2024-9", "npm", "b", {})}).of(npm("a", "1.0.0")), "");
}

TEST(Match, ABillNamesItsDistribution) {
  const Sample sample({advisory("CVE-2024-1", "Debian:12", "a", {.fixed = "2"})});
  Package package = deb("a", "1");
  package.purl = "pkg:deb/debian/a@1?arch=amd64&distro=debian-12";
  EXPECT_EQ(sample.of(package), "CVE-2024-1 fixed 2");
}

}  // namespace
}  // namespace plimsoll::advisory
