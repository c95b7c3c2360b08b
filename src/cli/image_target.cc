#include "cli/image_target.h"

#include <cstdlib>
#include <utility>

#include "base/detect.h"
#include "cli/database.h"
#include "cli/option_heading.h"
#include "cli/peer_options.h"
#include "cli/progress.h"
#include "cli/time_limit.h"
#include "core/ascii.h"
#include "core/control.h"
#include "core/file_system.h"
#include "core/limits.h"
#include "core/version.h"
#include "image/find_image.h"
#include "scan/image_audit.h"
#include "scan/layer_lines.h"

namespace plimsoll::cli {
namespace {

std::string variable(std::string_view name) {
  const char* const value = std::getenv(std::string(name).c_str());
  return value == nullptr ? "" : value;
}

/// "" where there is no place for one.
std::string cache_folder(const ImageFlags& flags) {
  if (flags.no_cache) return {};
  if (!flags.cache_folder.empty()) return flags.cache_folder;
  if (const std::string cache = variable("XDG_CACHE_HOME"); cache.starts_with('/')) {
    return cache + "/plimsoll";
  }
  const std::string home = variable("HOME");
  return home.starts_with('/') ? home + "/.cache/plimsoll" : std::string();
}

image::LayerCache layers_of(const ImageTarget& target) {
  return {target.cache + "/layers", image::analysis_version(target.settings)};
}

/// The sources that the user names, else those that the name means.
Result<image::FoundImage> ask(const ImageFlags& flags, image::ImageRequest request) {
  if (flags.sources.empty()) {
    request.name = flags.target;
    return image::find_image(request);
  }
  std::string failures;
  for (const std::string& source : flags.sources) {
    request.name = source + ':' + flags.target;
    auto found = image::find_image(request);
    if (found) return found;
    failures += (failures.empty() ? "" : "; ") + source + ": " + found.error().message;
  }
  return fail(ErrorCode::kEnvironment, failures, flags.target);
}

}  // namespace

void declare_target(CLI::App& app, ImageFlags& flags, const std::string& help) {
  CLI::Option* const target = app.add_option("image", flags.target, help);
  target->required()->type_name("IMAGE");
  app.add_option_function<std::string>(
         "--input",
         [&flags, target](const std::string& path) {
           flags.target = path;
           target->required(false);
         },
         "The same as IMAGE, as other tools name a saved image")
      ->excludes(target)
      ->type_name("FILE");
}

void declare(CLI::App& app, ImageFlags& flags) {
  const OptionHeading heading(app, "Reading the image");
  app.add_option("--ref", flags.reference, "Of an archive of several images, this one")
      ->type_name("NAME:TAG");
  app.add_option("--image-src,--from", flags.sources,
                 "Ask only these for an image of this name, in this order")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(
          CLI::IsMember({"docker", "podman", "containerd", "remote", "registry"}).description(""))
      ->type_name("docker|podman|containerd|remote,...");
  app.add_option("--platform", flags.platform, "Of an image for several, this one")
      ->type_name("OS/ARCH");
  app.add_flag("--insecure", flags.insecure,
               "Ask registries over plain HTTP too, and take certificates that nobody vouches for");
  app.add_option("--cache-dir", flags.cache_folder,
                 "Keep what layers told here instead of in the user's cache")
      ->type_name("FOLDER");
  app.add_flag("--no-cache", flags.no_cache, "Read every layer, and keep nothing");
  app.add_flag("--require-sandbox", flags.require_sandbox,
               "Refuse to run where the kernel cannot shut in the processes that parse the image");
  app.add_option("--timeout", flags.timeout, "Give up with 4 after this time: `30s`, `5m`, `1h30m`")
      ->check([](const std::string& text) {
        return parse_duration(text) ? std::string() : "'" + text + "' is no time such as 5m";
      })
      ->type_name("TIME");
  app.add_option("--jobs,--parallel", flags.jobs,
                 "Use this many threads; 0 means one per processor")
      ->capture_default_str()
      ->type_name("N");
  declare_needless(app);
}

void declare_secrets(CLI::App& app, ImageFlags& flags) {
  flags.secrets = true;
  app.add_flag("!--no-secrets", flags.secrets, "Do not look for secrets");
  app.add_option("--secret-config", flags.secret_configuration,
                 "Detectors of one's own, which built-in ones are on and what is allowed: a "
                 "`trivy-secret.yaml` or a `.gitleaks.toml`")
      ->type_name("FILE");
}

Result<ImageTarget> find_target(const ImageFlags& flags) {
  if (!flags.timeout.empty()) end_after(*parse_duration(flags.timeout));
  image::ImageRequest request{.insecure = flags.insecure};
  request.variable = variable;
  request.choice.name = flags.reference;
  if (!flags.platform.empty()) {
    const auto platform = image::parse_platform(flags.platform);
    if (!platform) return tl::unexpected(platform.error());
    request.choice.platform = *platform;
  }
  auto found = ask(flags, std::move(request));
  if (!found) return tl::unexpected(std::move(found.error()));
  image::AnalysisSettings settings{.secrets = flags.secrets};
  if (!flags.secret_configuration.empty()) {
    auto text = DiskFileSystem().read(flags.secret_configuration, limits::kConfigurationBytes);
    if (!text) return tl::unexpected(std::move(text.error()));
    settings.secret_configuration = *std::move(text);
    settings.secret_configuration_path = flags.secret_configuration;
  }
  if (auto problem = image::Analysers(settings).problem()) {
    problem->code = ErrorCode::kUsage;
    return tl::unexpected(*std::move(problem));
  }
  return ImageTarget{.found = *std::move(found),
                     .choice = request.choice,
                     .settings = std::move(settings),
                     .cache = cache_folder(flags)};
}

bool is_proven(const ImageTarget& target) {
  return image::is_proven(*target.found.store, target.found.image, layers_of(target));
}

Result<ReadImage> read_target(ImageTarget target, const ImageFlags& flags, bool quiet) {
  image::Workers workers("/proc/self/exe", target.settings, flags.jobs);
  auto sandbox = workers.sandbox();
  if (!sandbox) return tl::unexpected(std::move(sandbox.error()));
  if (flags.require_sandbox && !ascii::contains(*sandbox, "seccomp")) {
    return fail(ErrorCode::kEnvironment, "the kernel has no sandbox: " + *sandbox);
  }
  const image::LayerCache cache = layers_of(target);
  // Not sooner: what asks a network is loaded while there is one thread.
  image::Progress progress;
  const ProgressLine line([&progress] { return progress_text(progress); }, quiet);
  auto inventory = image::take_inventory(std::move(target.found), target.choice,
                                         {.jobs = flags.jobs,
                                          .progress = &progress,
                                          .settings = target.settings,
                                          .workers = &workers,
                                          .cache = target.cache.empty() ? nullptr : &cache});
  if (!inventory) return tl::unexpected(std::move(inventory.error()));
  return ReadImage{*std::move(inventory), *std::move(sandbox)};
}

Result<ReadImage> read_image(const ImageFlags& flags, bool quiet) {
  auto target = find_target(flags);
  if (!target) return tl::unexpected(std::move(target.error()));
  return read_target(*std::move(target), flags, quiet);
}

report::Document document_of(const std::vector<Error>& problems) {
  report::Document document{.version = std::string(kVersion)};
  for (const Error& problem : problems) {
    document.incomplete.push_back(
        {"packages", problem.path, std::string(to_string(problem.code)), problem.message, true});
  }
  for (const ControlInfo& info : controls()) {
    document.score.controls.push_back({.control = info.control});
  }
  return document;
}

Result<void> locate_layers(const std::string& path, image::Inventory& inventory) {
  if (path.empty()) return {};
  auto text = DiskFileSystem().read(path, limits::kDockerfileBytes);
  if (!text) return tl::unexpected(std::move(text.error()));
  const SourceFile source(path, *std::move(text));
  scan::locate_layers(dockerfile::parse(source), inventory);
  return {};
}

void describe_image(image::Inventory& inventory, const image::Waste& waste,
                    const std::string& target, report::Document& document) {
  // A bill is about an image that has a name of its own.
  const bool has_name = inventory.is_of_sbom && !inventory.image.names.empty();
  document.image =
      scan::summary_of(inventory, waste, has_name ? inventory.image.names.front() : target);
  // Layers of a base that the user made known say it better than a label or the history.
  (void)base::detect_base(base::Index::open(default_bases()),
                          base::id_of(inventory.image.config_digest), *document.image);
  document.packages = std::move(inventory.packages);
}

Exit exit_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::kUsage: return Exit::kUsage;
    case ErrorCode::kLimit: return Exit::kIncomplete;
    case ErrorCode::kEnvironment: return Exit::kEnvironment;
    default: return Exit::kRejected;
  }
}

}  // namespace plimsoll::cli
