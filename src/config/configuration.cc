#include "config/configuration.h"

#include <algorithm>
#include <utility>

#include "config/find.h"
#include "core/limits.h"
#include "core/path.h"

namespace plimsoll::config {
namespace {

constexpr Severity kUsualThreshold = Severity::kHigh;  // what --fail-on is when nobody says

/// What one file of a repository says and may not.
class Refused {
 public:
  void add(std::string_view what) {
    if (std::find(whats_.begin(), whats_.end(), what) == whats_.end()) whats_.emplace_back(what);
  }
  void add_rule(std::string_view what, std::string_view slug) {
    constexpr std::size_t kNamed = 3;
    auto& [count, names] = rules_[std::string(what)];
    if (++count > kNamed) return;
    names += (names.empty() ? "" : ", ") + std::string(slug);
  }
  void tell(const std::string& path, std::vector<std::string>& notes) const {
    std::vector<std::string> all = whats_;
    for (const auto& [what, named] : rules_) {
      const auto& [count, names] = named;
      all.push_back(what + " (" + names + (count > 3 ? ", …)" : ")"));
    }
    if (all.empty()) return;
    std::string line = path + ": not applied without --trust-repo-config: ";
    for (std::size_t i = 0; i < all.size(); ++i) line += (i == 0 ? "" : ", ") + all[i];
    notes.push_back(std::move(line));
  }

 private:
  std::vector<std::string> whats_;
  std::map<std::string, std::pair<std::size_t, std::string>> rules_;
};

class Combining {
 public:
  explicit Combining(Configuration& into) : into_(into) {}

  void add(const Layer& layer) {
    layer_ = &layer;
    settings_ = &layer.settings;
    trusted_ = layer.trusted;
    refused_ = {};
    into_.files.push_back(settings_->source->path());
    into_.notes.insert(into_.notes.end(), settings_->notes.begin(), settings_->notes.end());
    add_selection();
    add_rules();
    add_thresholds();
    add_paths();
    add_options();
    add_ignores();
    refused_.tell(settings_->source->path(), into_.notes);
  }

 private:
  template <class T>
  Value<T> value(const Said<T>& said) const {
    return {said.value, place_of(*settings_, said.span)};
  }
  template <class T>
  void take(const std::optional<Said<T>>& said, std::optional<Value<T>>& into) const {
    if (said) into = value(*said);
  }

  void add_selection() { take(settings_->all_rules, into_.all_rules); }

  void add_rules() {
    for (const RuleSetting& setting : settings_->rules) {
      const check::Meta& meta = setting.rule->meta;
      const std::string from = place_of(*settings_, setting.span);
      if (setting.enabled == false && !trusted_) {
        refused_.add_rule("rules switched off", meta.slug);
      } else if (setting.enabled) {
        into_.rules[meta.slug].enabled = {{*setting.enabled, from}};
      }
      if (setting.severity && *setting.severity < meta.severity && !trusted_) {
        refused_.add_rule("lower severities", meta.slug);
      } else if (setting.severity) {
        into_.rules[meta.slug].severity = {{*setting.severity, from}};
      }
    }
  }

  void add_thresholds() {
    const auto& fail_on = settings_->fail_on;
    const bool laxer = fail_on && (!fail_on->value || *fail_on->value > kUsualThreshold);
    if (laxer && !trusted_) {
      refused_.add("a laxer fail-on");
    } else {
      take(fail_on, into_.fail_on);
    }
    if (settings_->severity && !trusted_) {
      refused_.add("severity");
    } else {
      take(settings_->severity, into_.severity);
    }
  }

  void add_paths() {
    if (settings_->targets && !trusted_) {
      refused_.add("targets");
    } else if (settings_->targets) {
      take(settings_->targets, into_.targets);
      for (std::string& target : into_.targets->value) target = path::join(layer_->root, target);
    }
    // Like ignores they hold without trust, because every report counts what they leave out.
    for (const auto& one : settings_->exclude) {
      into_.exclude.push_back({one.value, layer_->root, place_of(*settings_, one.span)});
    }
  }

  void add_options() {
    take(settings_->trusted_registries, into_.trusted_registries);
    take(settings_->label_schema, into_.label_schema);
    take(settings_->strict_labels, into_.strict_labels);
    for (const auto& [name, said] : settings_->fix) {
      into_.fix[name] = {said.value, place_of(*settings_, said.span)};
    }
  }

  void add_ignores() {
    for (const Ignore& ignore : settings_->ignores) {
      std::string from = place_of(*settings_, ignore.span);
      if (ignore.expired) {
        tell_end(ignore, from);
      } else {
        into_.ignores.push_back(
            {ignore, layer_->root, layer_->given_by_user, layer_->of_peer, std::move(from)});
      }
    }
  }

  void tell_end(const Ignore& ignore, const std::string& from) {
    const std::string what = ignore.rules.empty() ? ignore.vulnerabilities.front()
                                                  : std::string(ignore.rules.front()->meta.slug);
    std::string line = from + ": the ignore of " + what + " ended on " + ignore.suppression.until;
    if (!ignore.owner.empty()) line += "; ask " + ignore.owner;
    into_.notes.push_back(std::move(line));
  }

  Configuration& into_;
  const Layer* layer_ = nullptr;
  const Settings* settings_ = nullptr;
  bool trusted_ = false;
  Refused refused_;
};

class Loading {
 public:
  Loading(const FileSystem& files, const LoadOptions& options) : files_(files), options_(options) {}

  Loaded run() {
    const std::string target = options_.targets.empty() ? "." : options_.targets.front();
    Found found = find_files(files_, target, options_.working_folder);
    std::vector<std::string> notes;
    if (options_.read_repository) {
      notes = std::move(found.notes);
      for (const FoundFile& file : found.files) {
        read(file.path, file.reader,
             {.root = std::string(path::folder(file.path)),
              .trusted = options_.trust_repository,
              .of_peer = file.reader != read_own},
             notes);
      }
      note_other_roots(found, notes);
    }
    if (!options_.explicit_file.empty()) {
      read(options_.explicit_file, read_own,
           {.root = found.root, .trusted = true, .given_by_user = true}, notes);
    }
    loaded_.configuration = combine(layers_, options_.working_folder);
    notes.insert(notes.end(), loaded_.configuration.notes.begin(),
                 loaded_.configuration.notes.end());
    loaded_.configuration.notes = std::move(notes);
    return std::move(loaded_);
  }

 private:
  void read(const std::string& path, Reader reader, Layer layer, std::vector<std::string>& notes) {
    auto text = files_.read(path, limits::kConfigurationBytes);
    if (!text) {
      Error error = std::move(text).error();
      error.code = ErrorCode::kUsage;
      error.path = path;
      if (reader == read_own) {
        loaded_.problems.push_back(std::move(error));
      } else {
        notes.push_back(error.to_line());
      }
      return;
    }
    layer.settings = reader(path, std::move(*text), options_.today);
    const std::vector<Error>& problems = layer.settings.problems;
    loaded_.problems.insert(loaded_.problems.end(), problems.begin(), problems.end());
    layers_.push_back(std::move(layer));
  }

  /// One run has one configuration; that of other repositories among the targets is not read.
  void note_other_roots(const Found& found, std::vector<std::string>& notes) const {
    std::vector<std::string> told;
    for (const FoundFile& file : found.files) told.push_back(file.path);
    for (std::size_t i = 1; i < options_.targets.size(); ++i) {
      for (const FoundFile& file :
           find_files(files_, options_.targets[i], options_.working_folder).files) {
        if (std::find(told.begin(), told.end(), file.path) != told.end()) continue;
        told.push_back(file.path);
        notes.push_back(file.path + ": not read, the first target's configuration holds");
      }
    }
  }

  const FileSystem& files_;
  const LoadOptions& options_;
  std::vector<Layer> layers_;
  Loaded loaded_;
};

}  // namespace

Configuration combine(const std::vector<Layer>& layers, std::string working_folder) {
  Configuration configuration;
  configuration.working_folder = std::move(working_folder);
  Combining combining(configuration);
  for (const Layer& layer : layers) combining.add(layer);
  return configuration;
}

Loaded load(const FileSystem& files, const LoadOptions& options) {
  return Loading(files, options).run();
}

}  // namespace plimsoll::config
