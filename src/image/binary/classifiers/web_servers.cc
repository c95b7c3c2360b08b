#include "image/binary/classifier.h"

namespace plimsoll::image::classifiers {
namespace {

using namespace std::string_view_literals;

constexpr Evidence kNginx[] = {{.before = "nginx version: nginx/"}};
constexpr Evidence kOpenresty[] = {{.before = "nginx version: openresty/", .most_dots = 3}};
constexpr Evidence kHttpd[] = {{.before = "Apache/"}};
constexpr Evidence kLighttpd[] = {{.before = "lighttpd/", .behind = "\0"sv},
                                  {.before = "lighttpd/", .behind = " ("}};
constexpr Evidence kHaproxy[] = {{.before = " version ", .behind = ", released 20"},
                                 {.before = " version ", .behind = "-", .suffixes = "-dev -rc"},
                                 {.before = "HA-Proxy version "}};
constexpr Evidence kVarnish[] = {{.before = "varnish-", .behind = " revision "}};
constexpr Evidence kSquid[] = {{.before = "squid/", .behind = "\0"sv, .least_dots = 1}};
constexpr Evidence kTor[] = {{.before = "(tor ", .behind = ")", .least_dots = 3, .most_dots = 3}};

constexpr Classifier kAll[] = {
    {.name = "nginx", .files = "nginx nginx-debug", .evidence = kNginx},
    {.name = "openresty", .files = "nginx openresty", .evidence = kOpenresty},
    {.name = "httpd", .files = "httpd apache2", .evidence = kHttpd},
    {.name = "lighttpd", .files = "lighttpd", .evidence = kLighttpd},
    {.name = "haproxy", .files = "haproxy", .evidence = kHaproxy},
    {.name = "varnish", .files = "varnishd", .evidence = kVarnish},
    {.name = "squid", .files = "squid", .evidence = kSquid},
    {.name = "tor", .files = "tor", .evidence = kTor},
};

}  // namespace

const ClassifierFamily& web_servers() {
  static constexpr ClassifierFamily kFamily{kAll};
  return kFamily;
}

}  // namespace plimsoll::image::classifiers
