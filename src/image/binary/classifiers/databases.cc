#include "image/binary/classifier.h"

namespace plimsoll::image::classifiers {
namespace {

using namespace std::string_view_literals;

constexpr Evidence kRedis[] = {{.behind = "\0c11-builtin"sv},
                               {.behind = "\0atomic-builtin"sv},
                               {.behind = "\0sync-builtin"sv},
                               {.behind = "buildkitsandbox-"}};
constexpr Evidence kValkey[] = {{.behind = "buildkitsandbox-"}};
constexpr Evidence kMemcached[] = {{.before = "memcached ", .behind = "\0"sv}};
constexpr Evidence kPostgresql[] = {
    {.before = "postgres (PostgreSQL) ", .least_dots = 1, .suffixes = "alpha beta rc"}};
constexpr Evidence kMariadb[] = {{.behind = "-MariaDB"}};
constexpr Evidence kMysql[] = {{.before = "/mysql-", .behind = "/", .highest = 20}};

constexpr Classifier kAll[] = {
    {.name = "redis",
     .files = "redis-server redis-check-rdb redis-check-aof redis-sentinel",
     .evidence = kRedis},
    {.name = "valkey", .files = "valkey-server", .evidence = kValkey},
    {.name = "memcached", .files = "memcached", .evidence = kMemcached},
    {.name = "postgresql", .files = "postgres", .evidence = kPostgresql},
    {.name = "mariadb", .files = "mariadbd mariadb mysqld mysql", .evidence = kMariadb},
    {.name = "mysql", .files = "mysqld mysql", .evidence = kMysql},
};

}  // namespace

const ClassifierFamily& databases() {
  static constexpr ClassifierFamily kFamily{kAll};
  return kFamily;
}

}  // namespace plimsoll::image::classifiers
