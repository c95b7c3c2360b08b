#include "image/package_files.h"

#include <gtest/gtest.h>

namespace plimsoll::image {
namespace {

TEST(PackageFiles, AreToldByTheirPaths) {
  struct Case {
    const char *path, *kind;
  };
  const PackageFiles& files = image_package_files();
  for (const Case& each :
       {Case{"lib/apk/db/installed", "apk-installed"},
        Case{"app.jar", "java-archive"},
        Case{"opt/tomcat/webapps/a.b.war", "java-archive"},
        Case{"srv/App.deps.json", "dotnet-deps-json"},
        Case{"var/www/vendor/composer/installed.json", "composer-installed"},
        Case{"usr/lib/node_modules/npm/package.json", "npm-package-json"},
        Case{"app/node_modules/@s/a/node_modules/b/package.json", "npm-package-json"},
        Case{"app/node_modules/.store/a-npm-1.0.0-0123/package/package.json", "npm-package-json"},
        Case{"usr/lib/ruby/gems/3.3.0/specifications/default/json-2.7.gemspec", "gemspec"},
        Case{"var/lib/gems/3.1.0/specifications/rake-13.0.gemspec", "gemspec"},
        Case{"opt/bitnami/redis/.spdx-redis.spdx", "sbom-spdx"},
        Case{"usr/share/a.cdx.json", "sbom-cyclonedx"},
        Case{"root/.opam/5.1/.opam-switch/packages/a.1.0/opam", "opam"},
        Case{"usr/local/lib/perl5/.meta/URI-5.34/MYMETA.json", "cpan"},
        Case{"etc/passwd", ""},
        Case{"app/package.json", ""},
        Case{"app/node_modules/a/test/b/package.json", ""},
        Case{"app/yarn.lock", "yarn-lock"},
        Case{"app/go.sum", ""},
        Case{"app/pom.xml", ""},
        Case{"jar", ""},
        Case{"a.json", ""}}) {
    const PackageReader* reader = files.reader_of(each.path);
    EXPECT_EQ(reader == nullptr ? "" : reader->kind, each.kind) << each.path;
  }
}

}  // namespace
}  // namespace plimsoll::image
