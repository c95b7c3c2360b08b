#include "image/java_name.h"

#include <gtest/gtest.h>

namespace plimsoll::image {
namespace {

std::string dump(const JavaName& name) {
  return name.group + ':' + name.artifact + ':' + name.version;
}

TEST(JavaName, PartsAFilesName) {
  struct Case {
    const char *path, *artifact, *version;
  };
  for (const Case& each : {Case{"lib/guava-31.1-jre.jar", "guava", "31.1-jre"},
                           Case{"log4j-1.2-api-2.17.1.jar", "log4j-1.2-api", "2.17.1"},
                           Case{"a-1.0-beta-2.jar", "a", "1.0-beta-2"},
                           Case{"a-b-1.0-SNAPSHOT.war", "a-b", "1.0-SNAPSHOT"},
                           Case{"a-1.0-20240131.120000-7.jar", "a", "1.0-20240131.120000-7"},
                           Case{"spring-core-5.0.5.RELEASE.jar", "spring-core", "5.0.5.RELEASE"},
                           Case{"scala-library_2.12-2.12.1.jar", "scala-library_2.12", "2.12.1"},
                           Case{"zstd-jni-1.5.2-1.jar", "zstd-jni", "1.5.2-1"},
                           Case{"postgresql-9.4-1206-jdbc42.jar", "postgresql", "9.4-1206-jdbc42"},
                           Case{"app.jar", "app", ""}, Case{"-1.jar", "-1", ""},
                           Case{"a-.jar", "a-", ""}, Case{"a b-1.jar", "", ""}}) {
    const JavaName name = java_name_of_file(each.path);
    EXPECT_EQ(name.artifact, each.artifact) << each.path;
    EXPECT_EQ(name.version, each.version) << each.path;
  }
}

TEST(JavaName, ReadsPomProperties) {
  EXPECT_EQ(dump(parse_pom_properties("#x\r\nversion=1.0\r\ngroupId = org.a\r\nartifactId: b\r\n")),
            "org.a:b:1.0");
  EXPECT_EQ(dump(parse_pom_properties("version=${v}\ngroupId=org.a\nartifactId=b c\n")), "org.a::");
}

TEST(JavaName, JoinsLinesOfTheMainSection) {
  const JavaManifest manifest = parse_java_manifest(
      "Manifest-Version: 1.0\r\nBundle-SymbolicName: org.a\r\n .b;x:=y\r\nA: 1\nA: 2\n\nB: 3\n");
  EXPECT_EQ(manifest.find("Bundle-SymbolicName")->second, "org.a.b;x:=y");
  EXPECT_EQ(manifest.find("A")->second, "1");
  EXPECT_EQ(manifest.count("B"), 0U);
}

TEST(JavaName, GuessesFromManifestAndFile) {
  struct Case {
    const char *manifest, *path, *name;
  };
  for (const Case& each : {
           Case{"Bundle-SymbolicName: org.a.b;singleton:=true\n", "b-1.0.jar", "org.a:b:1.0"},
           Case{"Bundle-SymbolicName: org.apache.commons.lang3\n", "commons-lang3-3.1.jar",
                "org.apache.commons:commons-lang3:3.1"},
           Case{"Implementation-Vendor-Id: org.a\nImplementation-Version: 1.0\n",
                "b-1.0-sources.jar", "org.a:b:1.0"},
           Case{"Automatic-Module-Name: org.a.b\nImplementation-Version: 2 (build 7)\n", "x.jar",
                "org.a:b:2"},
           Case{"Implementation-Title: The App\nBundle-SymbolicName: c-io\nBundle-Version: 3\n",
                "y.jar", "c-io:c-io:3"},
           Case{"Implementation-Version: ${project.version}\n", "z.jar", ":z:"},
           Case{"Short-Name: git\nPlugin-Version: 4.1 (private)\n", "git.hpi",
                "org.jenkins-ci.plugins:git:4.1"},
           Case{"Bundle-SymbolicName: slf4j.api\n", "slf4j-api-1.7.jar", ":slf4j-api:1.7"},
           Case{"Implementation-Vendor-Id: org.x\n", "jakarta.servlet-api-6.0.jar",
                "jakarta.servlet:jakarta.servlet-api:6.0"},
           Case{"", "b-1.0.jar", ":b:1.0"},
           Case{"Implementation-Vendor-Id: org.a\nBundle-SymbolicName: org.a.common.b\n",
                "b-1.0.jar", "org.a.common:b:1.0"},
           Case{"Implementation-Vendor-Id: b\n", "b-1.0.jar", "b:b:1.0"},
           Case{"Implementation-Vendor-Id: The Makers\n", "b-1.0.jar", ":b:1.0"},
           Case{"Bundle-SymbolicName: b\nAutomatic-Module-Name: org.a.b\n", "b-1.0.jar",
                "org.a:b:1.0"},
       }) {
    EXPECT_EQ(dump(guess_java_name(parse_java_manifest(each.manifest), each.path)), each.name);
  }
}

TEST(JavaName, KnowsTheGroupsOfWhatDoesNotTellIt) {
  struct Case {
    const char *path, *name;
  };
  for (const Case& each : {
           Case{"spring-beans-5.3.17.jar", "org.springframework:spring-beans:5.3.17"},
           Case{"spring-boot-starter-web-2.7.10.jar",
                "org.springframework.boot:spring-boot-starter-web:2.7.10"},
           Case{"kotlin-stdlib-jdk8-1.5.31.jar", "org.jetbrains.kotlin:kotlin-stdlib-jdk8:1.5.31"},
           Case{"okhttp-2.7.5.jar", "com.squareup.okhttp:okhttp:2.7.5"},
           Case{"okhttp-4.10.0.jar", "com.squareup.okhttp3:okhttp:4.10.0"},
           Case{"dom4j-1.6.1.jar", "dom4j:dom4j:1.6.1"},
           Case{"dom4j-2.1.3.jar", "org.dom4j:dom4j:2.1.3"},
           Case{"spring-house-1.0.jar", ":spring-house:1.0"},
       }) {
    EXPECT_EQ(dump(guess_java_name({}, each.path)), each.name);
  }
}

TEST(JavaName, ThePackageOfItsClassesTellsTheGroup) {
  struct Case {
    const char *package, *path, *name;
  };
  for (const Case& each : {
           Case{"org.apache.lucene", "lucene-core-9.5.0.jar",
                "org.apache.lucene:lucene-core:9.5.0"},
           Case{"io.grpc.netty.shaded", "grpc-netty-shaded-1.53.0.jar",
                "io.grpc:grpc-netty-shaded:1.53.0"},
           Case{"com.beust.jcommander", "jcommander-1.78.jar", "com.beust:jcommander:1.78"},
           Case{"org.apache.zookeeper", "zookeeper-3.4.jar", "org.apache.zookeeper:zookeeper:3.4"},
           Case{"org.elasticsearch", "elasticsearch-7.1.jar",
                "org.elasticsearch:elasticsearch:7.1"},
           Case{"org.other.thing", "b-1.0.jar", ":b:1.0"},
           Case{"org", "org-1.0.jar", ":org:1.0"},
           Case{"com.example.app", "app-1.0.jar", "com.example:app:1.0"},
       }) {
    EXPECT_EQ(dump(guess_java_name({}, each.path, each.package)), each.name);
  }
}

}  // namespace
}  // namespace plimsoll::image
