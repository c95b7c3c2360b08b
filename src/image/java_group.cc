#include "image/java_group.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::image {
namespace {

struct KnownGroup {
  std::string_view artifact;  ///< "kotlin-*": all that begin so
  std::string_view group;
  unsigned before = 0;  ///< only of versions below this one; 0: of all
};

/// What Gradle, Ant and Bazel build has no pom.properties. The first row that fits counts.
constexpr KnownGroup kGroups[] = {
    {"HikariCP", "com.zaxxer"},
    {"ant", "org.apache.ant"},
    {"ant-*", "org.apache.ant"},
    {"antlr", "antlr"},
    {"antlr-runtime", "org.antlr"},
    {"aopalliance", "aopalliance"},
    {"asm", "asm", 4},
    {"asm", "org.ow2.asm"},
    {"asm-analysis", "org.ow2.asm"},
    {"asm-commons", "org.ow2.asm"},
    {"asm-tree", "org.ow2.asm"},
    {"asm-util", "org.ow2.asm"},
    {"axis", "axis"},
    {"bcmail-*", "org.bouncycastle"},
    {"bcpg-*", "org.bouncycastle"},
    {"bcpkix-*", "org.bouncycastle"},
    {"bcprov-*", "org.bouncycastle"},
    {"bctls-*", "org.bouncycastle"},
    {"bcutil-*", "org.bouncycastle"},
    {"bsh", "org.beanshell"},
    {"byte-buddy*", "net.bytebuddy"},
    {"cglib", "cglib"},
    {"cglib-nodep", "cglib"},
    {"checker-qual", "org.checkerframework"},
    {"commons-beanutils", "commons-beanutils"},
    {"commons-cli", "commons-cli"},
    {"commons-codec", "commons-codec"},
    {"commons-collections", "commons-collections"},
    {"commons-configuration", "commons-configuration"},
    {"commons-digester", "commons-digester"},
    {"commons-fileupload", "commons-fileupload"},
    {"commons-httpclient", "commons-httpclient"},
    {"commons-io", "commons-io"},
    {"commons-jxpath", "commons-jxpath"},
    {"commons-lang", "commons-lang"},
    {"commons-logging", "commons-logging"},
    {"commons-net", "commons-net"},
    {"commons-validator", "commons-validator"},
    {"derby", "org.apache.derby"},
    {"derbyclient", "org.apache.derby"},
    {"derbynet", "org.apache.derby"},
    {"derbytools", "org.apache.derby"},
    {"dom4j", "dom4j", 2},
    {"dom4j", "org.dom4j"},
    {"ecj", "org.eclipse.jdt"},
    {"groovy", "org.codehaus.groovy", 4},
    {"groovy", "org.apache.groovy"},
    {"groovy-*", "org.codehaus.groovy", 4},
    {"groovy-*", "org.apache.groovy"},
    {"guice", "com.google.inject"},
    {"h2", "com.h2database"},
    {"hibernate-core", "org.hibernate", 6},
    {"hibernate-core", "org.hibernate.orm"},
    {"hsqldb", "org.hsqldb"},
    {"htmlunit", "net.sourceforge.htmlunit", 3},
    {"htmlunit", "org.htmlunit"},
    {"icu4j", "com.ibm.icu"},
    {"jackson-core-asl", "org.codehaus.jackson"},
    {"jackson-mapper-asl", "org.codehaus.jackson"},
    {"java-jwt", "com.auth0"},
    {"jdom", "org.jdom"},
    {"jdom2", "org.jdom"},
    {"jedis", "redis.clients"},
    {"jjwt", "io.jsonwebtoken"},
    {"jjwt-*", "io.jsonwebtoken"},
    {"jruby-complete", "org.jruby"},
    {"json-path", "com.jayway.jsonpath"},
    {"json-simple", "com.googlecode.json-simple"},
    {"json-smart", "net.minidev"},
    {"jsoup", "org.jsoup"},
    {"jstl", "javax.servlet"},
    {"junit", "junit"},
    {"jython", "org.python"},
    {"jython-standalone", "org.python"},
    {"kafka_*", "org.apache.kafka"},
    {"kotlin-*", "org.jetbrains.kotlin"},
    {"kotlinx-*", "org.jetbrains.kotlinx"},
    {"ktor-*", "io.ktor"},
    {"logging-interceptor", "com.squareup.okhttp3"},
    {"lz4-java", "org.lz4"},
    {"mssql-jdbc", "com.microsoft.sqlserver"},
    {"mysql-connector-j", "com.mysql"},
    {"mysql-connector-java", "mysql"},
    {"ojdbc*", "com.oracle.database.jdbc"},
    {"okhttp", "com.squareup.okhttp", 3},
    {"okhttp", "com.squareup.okhttp3"},
    {"okhttp-*", "com.squareup.okhttp", 3},
    {"okhttp-*", "com.squareup.okhttp3"},
    {"okio", "com.squareup.okio"},
    {"okio-*", "com.squareup.okio"},
    {"reactive-streams", "org.reactivestreams"},
    {"retrofit", "com.squareup.retrofit", 2},
    {"retrofit", "com.squareup.retrofit2"},
    {"rhino", "org.mozilla"},
    {"spring-amqp", "org.springframework.amqp"},
    {"spring-aop", "org.springframework"},
    {"spring-aspects", "org.springframework"},
    {"spring-batch-*", "org.springframework.batch"},
    {"spring-beans", "org.springframework"},
    {"spring-boot", "org.springframework.boot"},
    {"spring-boot-*", "org.springframework.boot"},
    {"spring-cloud-*", "org.springframework.cloud"},
    {"spring-context", "org.springframework"},
    {"spring-context-indexer", "org.springframework"},
    {"spring-context-support", "org.springframework"},
    {"spring-core", "org.springframework"},
    {"spring-data-*", "org.springframework.data"},
    {"spring-expression", "org.springframework"},
    {"spring-graphql", "org.springframework.graphql"},
    {"spring-hateoas", "org.springframework.hateoas"},
    {"spring-instrument", "org.springframework"},
    {"spring-integration-*", "org.springframework.integration"},
    {"spring-jcl", "org.springframework"},
    {"spring-jdbc", "org.springframework"},
    {"spring-jms", "org.springframework"},
    {"spring-kafka", "org.springframework.kafka"},
    {"spring-ldap-*", "org.springframework.ldap"},
    {"spring-messaging", "org.springframework"},
    {"spring-orm", "org.springframework"},
    {"spring-oxm", "org.springframework"},
    {"spring-r2dbc", "org.springframework"},
    {"spring-rabbit", "org.springframework.amqp"},
    {"spring-restdocs-*", "org.springframework.restdocs"},
    {"spring-retry", "org.springframework.retry"},
    {"spring-security-oauth2", "org.springframework.security.oauth"},
    {"spring-security-*", "org.springframework.security"},
    {"spring-session-*", "org.springframework.session"},
    {"spring-test", "org.springframework"},
    {"spring-tx", "org.springframework"},
    {"spring-web", "org.springframework"},
    {"spring-webflow", "org.springframework.webflow"},
    {"spring-webflux", "org.springframework"},
    {"spring-webmvc", "org.springframework"},
    {"spring-websocket", "org.springframework"},
    {"spring-ws-*", "org.springframework.ws"},
    {"tomcat-embed-*", "org.apache.tomcat.embed"},
    {"tomcat-*", "org.apache.tomcat"},
    {"unboundid-ldapsdk", "com.unboundid"},
    {"velocity", "org.apache.velocity"},
    {"xalan", "xalan"},
    {"xercesImpl", "xerces"},
    {"xml-apis", "xml-apis"},
    {"xml-apis-ext", "xml-apis"},
};

bool fits(const KnownGroup& row, std::string_view artifact, std::string_view version) {
  const bool is_named = row.artifact.ends_with('*')
                            ? artifact.starts_with(row.artifact.substr(0, row.artifact.size() - 1))
                            : artifact == row.artifact;
  if (!is_named || row.before == 0) return is_named;
  const std::string_view first = version.substr(0, version.find_first_not_of("0123456789"));
  if (first.empty() || first.size() > 6) return false;
  unsigned major = 0;
  for (const char digit : first) major = major * 10 + static_cast<unsigned>(digit - '0');
  return major < row.before;
}

/// "lucenecore" of "lucene-core".
std::string without_marks(std::string_view artifact) {
  std::string out = ascii::lower(artifact);
  std::erase_if(out, [](char c) { return !ascii::is_alnum(c); });
  return out;
}

/// Whose projects have groups of their own below.
bool is_house(std::string_view group) {
  return group == "org.apache" || group == "org.eclipse" || group.find('.') == group.npos;
}

}  // namespace

std::string_view known_java_group(std::string_view artifact, std::string_view version) {
  const auto* const found =
      std::find_if(std::begin(kGroups), std::end(kGroups),
                   [&](const KnownGroup& row) { return fits(row, artifact, version); });
  return found == std::end(kGroups) ? std::string_view() : found->group;
}

std::string java_group_of_package(std::string_view package, std::string_view artifact) {
  constexpr std::size_t kShortest = 3;
  const std::string whole = without_marks(artifact);
  const std::string first = without_marks(artifact.substr(0, artifact.find_first_of("-_.")));
  std::size_t start = package.find('.');
  while (start != std::string_view::npos && ++start < package.size()) {
    const std::size_t end = std::min(package.find('.', start), package.size());
    const std::string_view part = package.substr(start, end - start);
    const bool is_shared = part.size() >= kShortest && first.size() >= kShortest &&
                           (part.starts_with(first) || whole.starts_with(part));
    if (is_shared) {
      // "com.beust.jcommander" holds the artifact jcommander of com.beust.
      const std::string_view above = package.substr(0, start - 1);
      return std::string(part == whole && !is_house(above) ? above : package.substr(0, end));
    }
    start = end == package.size() ? std::string_view::npos : end;
  }
  return {};
}

}  // namespace plimsoll::image
