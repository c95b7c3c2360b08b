#include "check/data_store.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "check/pulled_image.h"

namespace plimsoll::check {
namespace {

constexpr std::string_view kDataStores[] = {
    "arangodb",
    "cassandra",
    "clickhouse",
    "clickhouse-server",
    "cockroach",
    "couchbase",
    "couchdb",
    "documentdb",
    "documentdb-local",
    "ferretdb",
    "dragonfly",
    "edgedb",
    "elasticsearch",
    "etcd",
    "influxdb",
    "kafka",
    "keydb",
    "mariadb",
    "memcached",
    "minio",
    "mongo",
    "mongodb",
    "mssql",
    "mysql",
    "mysql-server",
    "nats",
    "neo4j",
    "opensearch",
    "percona",
    "pgvector",
    "postgis",
    "postgres",
    "postgresql",
    "qdrant",
    "rabbitmq",
    "redis",
    "redis-stack",
    "redis-stack-server",
    "rethinkdb",
    "scylla",
    "surrealdb",
    "timescaledb",
    "timescaledb-ha",
    "tidb",
    "typesense",
    "valkey",
    "weaviate",
    "zookeeper",
};

}  // namespace

bool is_data_store(const Workload& workload) {
  const std::string_view name = image_base_name(workload);
  // mcr.microsoft.com/mssql/server is the one whose last component says nothing.
  if (name == "server") return workload.image.value.find("mssql/") != std::string::npos;
  return std::find(std::begin(kDataStores), std::end(kDataStores), name) != std::end(kDataStores);
}

}  // namespace plimsoll::check
