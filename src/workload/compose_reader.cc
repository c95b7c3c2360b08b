#include "workload/compose_reader.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "core/ascii.h"

namespace plimsoll::compose {
namespace {

/// So that a long text costs what it weighs.
constexpr std::size_t kBytesPerValue = 64;

std::string quoted_key(const Layer& layer) {
  const std::string_view key = layer.key != nullptr ? layer.key->str() : "entry";
  return "'" + std::string(key.substr(0, 64)) + "'";
}

/// Where bytes [offset, size) of a scalar's text stand. Escapes and folded lines break the tie to
/// the file's bytes; then it is the whole scalar.
Place part_place(const Layer& layer, std::size_t offset) {
  const std::string_view file = layer.scope->file->text();
  const std::string_view text = layer.node->text;
  const bool is_slice = text.data() >= file.data() && text.data() <= file.data() + file.size();
  if (!is_slice) return layer.place();
  const auto begin = static_cast<std::uint32_t>(text.data() - file.data());
  return {layer.scope->file, Span{begin + static_cast<std::uint32_t>(offset),
                                  begin + static_cast<std::uint32_t>(text.size())}};
}

}  // namespace

std::optional<bool> parse_bool(std::string_view text) {
  for (const std::string_view word : {"true", "yes", "on", "y"}) {
    if (ascii::iequals(text, word)) return true;
  }
  for (const std::string_view word : {"false", "no", "off", "n"}) {
    if (ascii::iequals(text, word)) return false;
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || stop != end) return std::nullopt;
  return value;
}

Origin origin_of(const Layer& layer, bool known) {
  if (!known) return Origin::kUnknown;
  return layer.inherited ? Origin::kInherited : Origin::kSet;
}

bool Reader::add_file(const SourceFile* file) {
  std::vector<const SourceFile*>& files = project_.files;
  if (std::find(files.begin(), files.end(), file) != files.end()) return false;
  files.push_back(file);
  return true;
}

bool Reader::spend(std::size_t values) {
  if (values <= left_) {
    left_ -= values;
    return true;
  }
  left_ = 0;
  if (!exhausted_) {
    exhausted_ = true;
    problem({project_.file, {}},
            "the project says more than " + std::to_string(limits::kComposeSettings) + " values",
            ErrorCode::kLimit);
  }
  return false;
}

bool Reader::afford(const Setting& setting) {
  std::vector<const Node*> pending;
  for (const Layer& layer : setting.layers()) pending.push_back(layer.node);
  while (!pending.empty()) {
    const Node* const node = pending.back();
    pending.pop_back();
    if (!spend(1 + node->entries.size() + node->items.size())) return false;
    for (const Node::Entry& entry : node->entries) {
      if (!entry.value->is_scalar()) pending.push_back(entry.value);
    }
    for (const Node* item : node->items) {
      if (!item->is_scalar()) pending.push_back(item);
    }
  }
  return true;
}

void Reader::problem(const Place& place, std::string message, ErrorCode code) {
  if (place.file == project_.file) {
    project_.problems.push_back({code, place.span, std::move(message)});
    return;
  }
  Error elsewhere;
  elsewhere.code = code;
  elsewhere.message = std::move(message);
  elsewhere.path = place.file->path();
  elsewhere.position = place.file->position(place.span.begin);
  elsewhere.has_position = true;
  error(std::move(elsewhere));
}

Text Reader::text(std::string_view raw, const Scope& scope) {
  if (!spend(1 + raw.size() / kBytesPerValue)) return {{}, false, {}};
  Text text = expand(raw, *scope.variables);
  if (!spend(text.value.size() / kBytesPerValue)) return {{}, false, text.source};
  return text;
}

Text Reader::text(const Layer& layer) {
  return text(layer.node->str(), *layer.scope);
}

std::optional<Text> Reader::scalar(const Layer& layer, std::string_view wanted) {
  if (layer.node->is_scalar()) return text(layer);
  problem(layer.place(), quoted_key(layer) + " must be " + std::string(wanted));
  return std::nullopt;
}

Value<std::string> Reader::string(const Setting& setting) {
  Value<std::string> value;
  const Layer* const layer = setting.strongest();
  if (layer == nullptr) return value;
  std::optional<Text> text = scalar(*layer, "a string");
  if (!text) return value;
  mark(value, *layer, text->known);
  value.value = std::move(text->value);
  return value;
}

Value<bool> Reader::boolean(const Setting& setting) {
  Value<bool> value;
  const Layer* const layer = setting.strongest();
  if (layer == nullptr) return value;
  const std::optional<Text> text = scalar(*layer, "true or false");
  if (!text) return value;
  const std::optional<bool> parsed = parse_bool(text->value);
  if (text->known && !parsed) {
    problem(layer->place(), quoted_key(*layer) + " must be true or false");
    return value;
  }
  mark(value, *layer, text->known);
  value.value = text->known && *parsed;
  return value;
}

Value<std::int64_t> Reader::integer(const Setting& setting) {
  Value<std::int64_t> value;
  const Layer* const layer = setting.strongest();
  if (layer == nullptr) return value;
  const std::optional<Text> text = scalar(*layer, "a whole number");
  if (!text) return value;
  std::optional<std::int64_t> parsed = layer->node->as_int();  // YAML's 0x and 0o
  if (!parsed) parsed = parse_integer(text->value);
  if (text->known && !parsed) {
    problem(layer->place(), quoted_key(*layer) + " must be a whole number");
    return value;
  }
  mark(value, *layer, text->known);
  value.value = parsed.value_or(0);
  return value;
}

std::vector<Layer> Reader::elements(const Setting& setting) {
  if (!spend(weight(setting))) return {};
  return compose::elements(setting);
}

std::vector<Member> Reader::members(const Setting& setting) {
  if (!spend(weight(setting))) return {};
  return compose::members(setting);
}

Items Reader::items(const Setting& setting) {
  Items items;
  const Layer* const strongest = setting.strongest();
  if (strongest == nullptr) return items;
  if (strongest->node->is_mapping()) {
    problem(strongest->place(), quoted_key(*strongest) + " must be a list");
    return items;
  }
  items.place = strongest->place();
  items.origin = origin_of(*strongest);
  for (const Layer& element : elements(setting)) {
    if (!element.node->is_scalar()) {
      problem(element.place(), "an entry of " + quoted_key(*strongest) + " must be a string");
      continue;
    }
    Text text = this->text(element);
    if (!text.known) items.origin = Origin::kUnknown;
    items.items.push_back({std::move(text.value), element.place()});
  }
  return items;
}

std::vector<Pair> Reader::pairs(const Setting& setting, std::string_view separators) {
  std::vector<Pair> pairs;
  std::unordered_map<std::string, std::size_t> index;
  const auto put = [&](Pair pair) {
    const auto [at, is_new] = index.try_emplace(pair.name, pairs.size());
    if (is_new) {
      pairs.push_back(std::move(pair));
    } else {
      pairs[at->second] = std::move(pair);
    }
  };
  if (!spend(weight(setting))) return pairs;
  const std::vector<Layer>& layers = setting.layers();
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    for (const Node::Entry& entry : layer->node->entries) put(entry_pair(child(*layer, entry)));
    for (const Layer& element : compose::elements(Setting(*layer))) {
      put(element_pair(element, separators));
    }
  }
  std::erase_if(pairs, [](const Pair& pair) { return pair.layer.node->tag == "!reset"; });
  return pairs;
}

Pair Reader::entry_pair(const Layer& entry) {
  Pair pair;
  pair.name = entry.key->str();
  if (entry.node->is_scalar()) pair.value = text(entry);
  pair.has_value = !entry.node->is_null();
  pair.layer = entry;
  pair.place = entry.key_place();
  pair.value_place = entry.place();
  return pair;
}

Pair Reader::element_pair(const Layer& element, std::string_view separators) {
  const std::string_view raw = element.node->str();
  const std::size_t at = find_separator(raw, separators);
  Pair pair;
  pair.name = text(raw.substr(0, at), *element.scope).value;
  pair.has_value = at != std::string_view::npos;
  pair.layer = element;
  pair.place = pair.value_place = element.place();
  if (pair.has_value) {
    pair.value = text(raw.substr(at + 1), *element.scope);
    pair.value_place = part_place(element, at + 1);
  }
  return pair;
}

Items Reader::joined_pairs(const Setting& setting, std::string_view separators, char joint) {
  Items items;
  const Layer* const strongest = setting.strongest();
  if (strongest == nullptr) return items;
  items.place = strongest->place();
  items.origin = origin_of(*strongest);
  for (Pair& pair : pairs(setting, separators)) {
    if (!pair.value.known) items.origin = Origin::kUnknown;
    std::string joined = std::move(pair.name);
    if (pair.has_value) joined += joint + pair.value.value;
    items.items.push_back({std::move(joined), pair.place});
  }
  return items;
}

const std::string* Reader::bind_volume(const std::string& name) const {
  const auto found = bind_volumes_.find(name);
  return found == bind_volumes_.end() ? nullptr : &found->second;
}

void Reader::add_bind_volume(const std::string& name, std::string device) {
  bind_volumes_[name] = std::move(device);
}

bool Reader::may_open() {
  if (opened_ < limits::kComposeFiles) {
    ++opened_;
    return true;
  }
  if (!std::exchange(said_too_many_, true)) {
    problem({project_.file, {}},
            "the project refers to more than " + std::to_string(limits::kComposeFiles) + " files",
            ErrorCode::kLimit);
  }
  return false;
}

const Tree* Reader::load(const std::string& path) {
  if (!may_open()) return nullptr;
  Result<const Tree*> tree = sources_.load(path);
  if (!tree) {
    error(std::move(tree).error());
    return nullptr;
  }
  if (!add_file((*tree)->source)) return *tree;
  for (const TreeProblem& broken : (*tree)->problems) {
    problem({(*tree)->source, broken.span}, broken.message, broken.code);
  }
  return *tree;
}

const SourceFile* Reader::load_text(const std::string& path) {
  if (!may_open()) return nullptr;
  Result<const SourceFile*> file = sources_.load_text(path);
  if (file) return *file;
  // Files with variables are often kept out of the repository on purpose: their absence hides
  // nothing that is in it.
  if (file.error().code != ErrorCode::kNotFound) error(std::move(file).error());
  return nullptr;
}

const std::vector<EnvLine>& Reader::env_lines(const std::string& path, const Variables& variables,
                                              bool raw) {
  const auto [at, is_new] = env_files_.try_emplace(EnvFileUse{path, &variables, raw});
  if (is_new) {
    if (const SourceFile* file = load_text(path)) {
      at->second = read_env_file(*file, variables, raw);
      for (dotenv::Problem& broken : at->second.problems) {
        problem({file, broken.span}, std::move(broken.message));
      }
      if (!at->second.complete) {
        problem({file, {}}, "its variables expand to too much text", ErrorCode::kLimit);
      }
    }
  }
  return at->second.lines;
}

}  // namespace plimsoll::compose
