#include "cli/page/page.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::cli::page {
namespace {

constexpr std::string_view kAbout =
    "plimsoll judges what describes containers: Dockerfiles, Compose files, Kubernetes manifests, "
    "`docker run` lines, Podman Quadlets, the output of `docker inspect` and CI workflows. It "
    "joins "
    "them into what will really run, and names the fact that decided each finding. It needs no "
    "network and no account, and it runs nothing of what it reads.\n"
    "\n"
    "Without a command, `plimsoll` means `plimsoll audit .`, and `plimsoll PATH` means "
    "`plimsoll audit PATH` when the path holds a slash.";

constexpr Sample kSamples[] = {
    {"plimsoll", "Judge the current folder"},
    {"plimsoll audit compose.yaml", "Judge one file, joined with the Dockerfiles that it builds"},
    {"plimsoll rules docker-socket-mounted", "Explain one rule"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "nothing at or above the threshold was found, and everything was read"},
    {Exit::kFindings, "there are findings at or above the threshold"},
    {Exit::kUsage, "the command line is wrong"},
    {Exit::kRejected, "some input was rejected"},
    {Exit::kIncomplete, "some part could not be judged"},
    {Exit::kEnvironment, "the environment failed: nothing could be written, no permission"},
};

Entry entry_of(const CLI::Option& option) {
  Entry entry;
  entry.heading = option.get_group();
  entry.positional = option.get_positional() && !option.nonpositional();
  if (option.get_items_expected_max() > 0) entry.type_name = option.get_type_name();
  entry.values = values_of(entry.type_name);
  entry.many = option.get_items_expected_max() > 1;
  entry.text = option.get_description();
  entry.fallback = option.get_default_str();
  if (entry.positional) {
    entry.names.push_back(entry.type_name);
    return entry;
  }
  for (const std::string& name : option.get_snames()) entry.names.push_back('-' + name);
  for (const std::string& name : option.get_lnames()) entry.names.push_back("--" + name);
  return entry;
}

std::string synopsis_of(const Page& page, const CLI::App& app) {
  if (!page.commands.empty()) return page.name + " [COMMAND] [OPTION...] [ARGUMENT...]";
  std::string synopsis = page.name + " [OPTION...]";
  for (const CLI::Option* option : app.get_options()) {
    const Entry entry = entry_of(*option);
    if (!entry.positional) continue;
    const std::string word = entry.type_name + (entry.many ? "..." : "");
    synopsis += option->get_required() ? ' ' + word : " [" + word + ']';
  }
  return synopsis;
}

std::string words_of(const Values& values) {
  std::string words;
  for (const Word& word : values.words) {
    if (!words.empty()) words += ", ";
    words += '`' + word.text + '`';
    if (!word.title.empty()) words += " (" + word.title + ')';
  }
  return words;
}

}  // namespace

Page page_of(const CLI::App& app) {
  Page page;
  const CLI::App* parent = app.get_parent();
  page.name = (parent == nullptr ? "" : parent->get_name() + ' ') + app.get_name();
  page.title = app.get_description();
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    Entry entry;
    entry.names.push_back(sub->get_name());
    entry.text = sub->get_description();
    page.commands.push_back(std::move(entry));
  }
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    Entry entry = entry_of(*option);
    (entry.positional ? page.arguments : page.options).push_back(std::move(entry));
  }
  // --help is declared first and asked for last.
  std::stable_partition(page.options.begin(), page.options.end(),
                        [](const Entry& entry) { return entry.names.back() != "--help"; });
  page.synopsis = synopsis_of(page, app);
  if (const Command* command = find_command(app.get_name()); command != nullptr) {
    page.about = command->about;
    page.samples = command->samples;
    page.statuses = command->statuses;
  } else if (parent == nullptr) {
    page.about = kAbout;
    page.samples = kSamples;
    page.statuses = kStatuses;
  }
  return page;
}

std::vector<Group> groups_of(const std::vector<Entry>& options) {
  std::vector<Group> groups;
  for (const Entry& option : options) {
    const auto known = std::find_if(groups.begin(), groups.end(), [&option](const Group& each) {
      return each.heading == option.heading;
    });
    Group& group = known != groups.end() ? *known : groups.emplace_back(Group{option.heading, {}});
    group.options.push_back(&option);
  }
  // What is the command's own comes first.
  std::stable_partition(groups.begin(), groups.end(),
                        [](const Group& group) { return group.heading == kOwnOptions; });
  return groups;
}

std::string spelling(const Entry& entry) {
  std::string out;
  for (const std::string& name : entry.names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  if (entry.positional) return out + (entry.many ? "..." : "");
  return entry.type_name.empty() ? out : out + ' ' + entry.type_name;
}

std::string sentence(const Entry& entry) {
  std::string text = entry.text + '.';
  // What the type name spells out needs no second list.
  const bool said = std::all_of(
      entry.values.words.begin(), entry.values.words.end(),
      [&entry](const Word& word) { return ascii::contains(entry.type_name, word.text); });
  if (entry.values.closed && !said) {
    text += (entry.values.list ? " Any of " : " One of ") + words_of(entry.values) + '.';
  }
  if (!entry.fallback.empty()) text += " Default: `" + entry.fallback + "`.";
  return text;
}

std::vector<std::string_view> paragraphs(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = text.find("\n\n");
    out.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
  }
  return out;
}

std::vector<Piece> pieces(std::string_view text) {
  std::vector<Piece> out;
  bool typed = false;
  for (const std::string_view part : ascii::split(text, '`')) {
    if (!part.empty()) out.push_back({part, typed});
    typed = !typed;
  }
  return out;
}

std::string file_stem(const Page& page) {
  std::string stem = page.name;
  std::replace(stem.begin(), stem.end(), ' ', '-');
  return stem;
}

}  // namespace plimsoll::cli::page
