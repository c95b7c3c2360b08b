#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "parse/image_reference.h"

namespace plimsoll {

enum class ImageFamily : std::uint8_t {
  kUnknown,
  kDebian,
  kAlpine,
  kUbuntu,
  kRedhat,  ///< anything with rpm and dnf, yum or microdnf: Fedora, UBI, Rocky, Oracle, Amazon
            ///< Linux
  kDistroless,
  kScratch,
  kBusybox,
  kWolfi,
  kWindows,
  kOther,
};
[[nodiscard]] std::string_view to_string(ImageFamily family);

enum class ImageKind : std::uint8_t {
  kUnknown,
  kOs,
  kLanguage,  ///< a language's run time, usually with its tools
  kSdk,       ///< for build stages
  kServer,
  kTool,
  kDistroless,
  kMinimal,
};
[[nodiscard]] std::string_view to_string(ImageKind kind);

/// What an image that starts as root does about it.
enum class DropsRoot : std::uint8_t {
  kUnknown,
  kNone,
  kEntrypoint,  ///< gosu, su-exec, setpriv, s6: the server itself never is root
  kWorkers,     ///< the master stays root, its children do not
};

/// What is known of a published image (data/image-facts.tsv). Every view has static storage.
/// An empty string or nullopt means "not known", an empty list "known to be none".
struct ImageFacts {
  using Words = std::optional<std::vector<std::string_view>>;

  std::string_view image;            ///< familiar name, or a prefix with "/*"
  std::string_view tags;             ///< blank separated globs this row is about
  std::string_view user;             ///< as the image's config names it: "root", "101", "jenkins"
  std::string_view nonroot_user;     ///< ships with the image and can run it
  std::optional<std::uint32_t> uid;  ///< of nonroot_user, or one that the image is known to work as
  std::optional<std::uint32_t> gid;
  DropsRoot drops_root = DropsRoot::kUnknown;
  Words ports;  ///< "80", "53/udp"
  Words volumes;
  Words writable_paths;                 ///< needed with a read-only root file system
  Words caps;                           ///< needed with cap_drop ALL when started as root: "CHOWN"
  Words caps_nonroot;                   ///< the same when started as another user
  std::string_view healthcheck;         ///< shell command that fits; not declared by the image
  std::optional<bool> has_healthcheck;  ///< the image declares HEALTHCHECK itself
  std::optional<bool> needs_init;       ///< its main process is a bad PID 1
  ImageFamily family = ImageFamily::kUnknown;
  ImageKind kind = ImageKind::kUnknown;
  std::optional<bool> has_shell;
  std::string_view minimal_alternative;  ///< "node:*-slim": '*' stands for the version
  Words file_env;                        ///< variables that also exist as <NAME>_FILE
  bool from_sources = false;  ///< read from the image's Dockerfile, not from documentation
  std::string_view notes;

  [[nodiscard]] bool is_root() const { return user == "root" || user == "0"; }
};

/// Facts about the image, or null. Mirrors of the Hub (public.ecr.aws/docker/library,
/// mirror.gcr.io) and its per-architecture users (arm64v8/…) count as the Hub. The table is read on
/// first use; any thread may ask. No allocation.
[[nodiscard]] const ImageFacts* find_image_facts(const ImageReference& reference);

/// What the tag says ("-alpine3.19", "-bookworm"), else the facts, else the repository's own name.
[[nodiscard]] ImageFamily family_of(const ImageReference& reference);
/// Small by construction: distroless, scratch, Alpine, Wolfi, BusyBox, or a -slim, -minimal, -micro
/// variant. Says nothing about what was built on top.
[[nodiscard]] bool is_minimal(const ImageReference& reference);
/// Nothing when not known, also when only the tag could tell and there is none but a digest.
[[nodiscard]] std::optional<bool> has_shell(const ImageReference& reference);
/// "root", "65532", "jenkins"; "" under the same conditions.
[[nodiscard]] std::string_view default_user(const ImageReference& reference);

}  // namespace plimsoll
