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
       }) {
    EXPECT_EQ(dump(guess_java_name(parse_java_manifest(each.manifest), each.path)), each.name);
  }
}

}  // namespace
}  // namespace plimsoll::image
