#include "image/binary/classifier.h"

namespace plimsoll::image::classifiers {
namespace {

using namespace std::string_view_literals;

constexpr Evidence kOpenssl[] = {
    {.before = "OpenSSL ", .suffixes = "-alpha -beta", .letter = true, .highest = 9}};
constexpr Evidence kGnutls[] = {{.before = "Enabled GnuTLS ", .behind = " logging"}};
constexpr Evidence kZlib[] = {
    {.before = " deflate ", .behind = " Copyright", .least_dots = 1, .most_dots = 3}};
constexpr Evidence kExpat[] = {{.before = "expat_"}};
constexpr Evidence kLibpng[] = {{.before = "libpng version "}};
constexpr Evidence kLibjpegTurbo[] = {{.before = "libjpeg-turbo version "}};
constexpr Evidence kLibtiff[] = {{.before = "LIBTIFF, Version "}};
constexpr Evidence kLibarchive[] = {{.before = "libarchive ", .behind = "\0"sv}};
constexpr Evidence kLibssh2[] = {{.before = "SSH-2.0-libssh2_"}};
constexpr Evidence kLibgcrypt[] = {{.before = "This is Libgcrypt ", .behind = " - "}};
constexpr Evidence kFfmpeg[] = {
    {.before = "FFmpeg version ", .least_dots = 1},
    {.before = "FFmpeg version ", .behind = "-static", .least_dots = 1}};
constexpr Evidence kImagemagick[] = {{.before = "ImageMagick ", .behind = " Q", .suffixes = "-"}};
constexpr Evidence kNcurses[] = {{.before = "ncurses ", .behind = "\0"sv}};
constexpr Evidence kPcre2[] = {{.behind = " 20", .least_dots = 1, .most_dots = 1, .highest = 10}};
constexpr Evidence kPcre[] = {{.behind = " 20", .least_dots = 1, .most_dots = 1, .highest = 8}};
constexpr Evidence kCyrusSasl[] = {{.before = "Cyrus SASL\0"sv}};
constexpr Evidence kNghttp2[] = {{.before = "nghttp2/"}};

constexpr Classifier kAll[] = {
    {.name = "openssl",
     .files = "libcrypto.so* libcrypto-*.so* libssl.so* libssl-*.so*",
     .evidence = kOpenssl},
    {.name = "gnutls", .files = "libgnutls.so* libgnutls-*.so*", .evidence = kGnutls},
    {.name = "zlib", .files = "libz.so* libz-*.so*", .evidence = kZlib},
    {.name = "expat", .files = "libexpat.so* libexpat-*.so*", .evidence = kExpat},
    {.name = "libpng", .files = "libpng1*.so*", .evidence = kLibpng},
    {.name = "libjpeg-turbo",
     .files = "libjpeg.so* libjpeg-*.so* libturbojpeg.so*",
     .evidence = kLibjpegTurbo},
    {.name = "libtiff", .files = "libtiff.so* libtiff-*.so*", .evidence = kLibtiff},
    {.name = "libarchive", .files = "libarchive.so* libarchive-*.so*", .evidence = kLibarchive},
    {.name = "libssh2", .files = "libssh2.so* libssh2-*.so*", .evidence = kLibssh2},
    {.name = "libgcrypt", .files = "libgcrypt.so* libgcrypt-*.so*", .evidence = kLibgcrypt},
    {.name = "ffmpeg",
     .files = "ffmpeg ffprobe ffmpeg-* libavutil.so* libavutil-*.so*",
     .evidence = kFfmpeg},
    {.name = "imagemagick", .files = "magick libMagickCore-*.so*", .evidence = kImagemagick},
    {.name = "ncurses",
     .files = "libncursesw.so* libncurses.so* libtinfo.so*",
     .evidence = kNcurses},
    {.name = "pcre2", .files = "libpcre2-8.so* libpcre2-8-*.so*", .evidence = kPcre2},
    {.name = "pcre", .files = "libpcre.so* libpcre-*.so*", .evidence = kPcre},
    {.name = "cyrus-sasl", .files = "libsasl2.so* libsasl2-*.so*", .evidence = kCyrusSasl},
    {.name = "nghttp2", .files = "nghttpd nghttpx nghttp", .evidence = kNghttp2},
};

}  // namespace

const ClassifierFamily& libraries() {
  static constexpr ClassifierFamily kFamily{kAll};
  return kFamily;
}

}  // namespace plimsoll::image::classifiers
