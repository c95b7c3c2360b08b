#include <algorithm>

#include "check/two_stage/stack.h"
#include "core/path.h"
#include "parse/image_reference.h"
#include "workload/newer_release.h"

/// Pages that a build leaves in a folder, and that a server for development or of a script shows.
namespace plimsoll::check::two_stage::stacks {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;

constexpr std::string_view kPort = "8080";

constexpr WordList kPrograms =
    "npm npx yarn pnpm corepack node tsc vite astro gatsby ng webpack mkdocs jekyll hugo bundle "
    "bundler gem pip pip3";

bool builds(const SingleStage&, const shell::Command& command) {
  return has_word(kPrograms, command.name());
}

/// A server of files, and how it is told what to do.
struct Server {
  std::string_view program;
  std::string_view verb;    ///< "preview" of `vite preview`; "" when there is none
  std::string_view folder;  ///< that it serves when none is named; "" when it has to be
  std::string_view port;    ///< that it listens at when none is named
  WordList port_flags;
  WordList value_flags;       ///< others with a value that changes nothing about what is served
  WordList plain_flags;       ///< without one
  bool names_folder = false;  ///< as its argument
  bool one_page = false;      ///< answers what is not there with index.html
  WordList one_page_flags = {};
};
constexpr Server kServers[] = {
    {"serve", "", "", "3000", "-l --listen -p --port", "",
     "-n --no-clipboard -L --no-request-logging -d --debug -u --no-compression", true, false,
     "-s --single"},
    {"http-server", "", "", "8080", "-p --port", "-a -c", "-s --silent", true},
    {"vite", "preview", "dist", "4173", "--port", "", "--host --strictPort", false, true},
    {"astro", "preview", "dist", "4321", "--port", "", "--host"},
    {"gatsby", "serve", "public", "9000", "-p --port", "-H --host", ""},
    {"mkdocs", "serve", "site", "8000", "", "-a --dev-addr", "-q --quiet"},
    {"jekyll", "serve", "_site", "4000", "-P --port", "-H --host", "--skip-initial-build"},
    {"hugo", "server", "public", "1313", "-p --port", "--bind -b --baseURL", "--disableLiveReload"},
    {"hugo", "serve", "public", "1313", "-p --port", "--bind -b --baseURL", "--disableLiveReload"},
    {"http.server", "", "", "8000", "", "-b --bind", "", false},
};

/// What the server is asked to do.
struct Request {
  const Server* server = nullptr;
  std::string_view folder;  ///< as written; "" when it is not certain
  std::string_view port;
  bool one_page = false;
  std::string unknown;  ///< an argument that is not understood
};

/// The command without what only looks for the program: npx, bundle exec, python -m.
Words without_launcher(const Words& start) {
  Words words = start;
  const auto drop = [&words](std::size_t count) {
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
  };
  const std::string_view program = path::name(words.front());
  if (program == "npx" || program == "pnpx") {
    drop(1);
    while (!words.empty() && (words.front() == "-y" || words.front() == "--yes")) drop(1);
  } else if (words.size() > 2 && (program == "bundle" || program == "bundler") &&
             words[1] == "exec") {
    drop(2);
  } else if (words.size() > 2 && program.starts_with("python") && words[1] == "-m") {
    drop(2);
  }
  return words;
}

const Server* find_server(const Words& words) {
  if (words.empty()) return nullptr;
  const std::string_view program = path::name(words.front());
  const auto* const found =
      std::find_if(std::begin(kServers), std::end(kServers), [&](const Server& each) {
        return each.program == program &&
               (each.verb.empty() || (words.size() > 1 && words[1] == each.verb));
      });
  return found == std::end(kServers) ? nullptr : found;
}

Request read_request(const Words& start) {
  const Words words = without_launcher(start);
  Request request;
  request.server = find_server(words);
  if (request.server == nullptr) return request;
  const Server& server = *request.server;
  request.folder = server.folder;
  request.port = server.port;
  request.one_page = server.one_page;
  const bool python = server.program == "http.server";
  for (std::size_t i = server.verb.empty() ? 1 : 2; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const std::size_t equals = word.find('=');
    const std::string_view flag = word.starts_with('-') ? word.substr(0, equals) : "";
    const std::string_view own = equals == std::string_view::npos ? "" : word.substr(equals + 1);
    const auto value = [&] {
      if (!own.empty()) return own;
      return i + 1 < words.size() ? words[++i] : std::string_view();
    };
    if (has_word(server.port_flags, flag)) {
      request.port = value();
    } else if (has_word(server.one_page_flags, flag)) {
      request.one_page = true;
    } else if (has_word(server.value_flags, flag)) {
      value();
    } else if (python && (flag == "-d" || flag == "--directory")) {
      request.folder = value();
    } else if (has_word(server.plain_flags, flag)) {
      if (flag == "--host" && i + 1 < words.size() && !words[i + 1].starts_with('-')) ++i;
    } else if (flag.empty() && server.names_folder && request.folder.empty()) {
      request.folder = word;
    } else if (python && ascii::is_number(word)) {
      request.port = word;
    } else {
      request.unknown = std::string(word);
    }
  }
  // tcp://0.0.0.0:3000
  const std::size_t colon = request.port.rfind(':');
  if (colon != std::string_view::npos) request.port.remove_prefix(colon + 1);
  return request;
}

/// `npm run build`, `yarn build`, `mkdocs build`, `hugo`.
bool makes_pages(const shell::Command& command) {
  const std::string_view name = command.name();
  if (name == "hugo") return command.subcommand() != "server" && command.subcommand() != "serve";
  if (!has_word(kPrograms, name)) return false;
  return std::any_of(command.begin(), command.end(), [](const shell::Word& word) {
    return word.value == "build" || word.value.starts_with("build:") || word.value == "generate" ||
           word.value == "export";
  });
}

/// The folder is named by an option of the build itself, which may be another one.
bool goes_elsewhere(const shell::Command& command) {
  static constexpr WordList kFlags =
      "-d --site-dir --destination --outDir --out-dir --output-path --output -o --prefix -f "
      "--config-file -s --source --config";
  return makes_pages(command) &&
         std::any_of(command.begin(), command.end(), [](const shell::Word& word) {
           return has_word(kFlags, word.value.substr(0, word.value.find('=')));
         });
}

bool any_command(const SingleStage& stage, bool (*test)(const shell::Command&)) {
  bool found = false;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    found = found || test(command);
  });
  return found;
}

bool applies(const SingleStage& stage) {
  return stage.starts.size() == 1 && read_request(stage.starts.front()).server != nullptr &&
         any_command(stage, makes_pages);
}

/// `npm install -g serve`, alone in its RUN.
std::vector<const Instruction*> installs_of_server(const SingleStage& stage,
                                                   std::string_view server) {
  std::vector<const Instruction*> found;
  for (const Instruction& run : stage.instructions()) {
    if (run.keyword != Keyword::kRun || run.script.commands.size() != 1) continue;
    const shell::Command& command = run.script.commands.front();
    const std::string_view name = command.name();
    if (name != "npm" && name != "yarn" && name != "pnpm") continue;
    bool global = false;
    bool others = false;
    bool named = false;
    for (const shell::Word& word : command) {
      const std::string_view text = word.value;
      if (text == "-g" || text == "--global" || text == "global") {
        global = true;
      } else if (text.substr(0, text.find('@')) == server) {
        named = true;
      } else if (text != "install" && text != "i" && text != "add" && !text.starts_with('-')) {
        others = true;
      }
    }
    if (global && named && !others) found.push_back(&run);
  }
  return found;
}

/// Who runs the image relies on how it starts or where it listens; "" when nobody does.
std::string find_caller(const SingleStage& stage) {
  for (const Workload* workload : stage.view.workloads) {
    if (!workload->command.empty() || !workload->entrypoint.empty()) {
      return "'" + workload->name + "' starts it in a way of its own";
    }
    for (const Port& port : workload->ports) {
      if (port.container_port != kPort) {
        return "'" + workload->name + "' publishes its port " + port.container_port +
               ", and the small image listens at " + std::string(kPort);
      }
    }
    if (!workload->healthcheck.value.test.empty()) {
      return "'" + workload->name + "' has a health check for the server that would go";
    }
  }
  return {};
}

/// "3000" of EXPOSE, else what the server is told.
std::string_view port_of(const SingleStage& stage, const Request& request) {
  std::string_view port = request.port;
  for (const Instruction& each : stage.instructions()) {
    if (each.keyword == Keyword::kExpose && each.words.size() == 1) {
      port = each.words.front().value;
    }
  }
  return port.substr(0, port.find('/'));
}

PlanOrReason plan(const SingleStage& stage) {
  const Request request = read_request(stage.starts.front());
  const std::string server(request.server->program);
  if (!request.unknown.empty()) {
    return Reason("what '" + server + "' does with '" + request.unknown + "' is not known");
  }
  const std::string folder = absolute(stage.workdir, request.folder);
  const bool below = std::none_of(stage.folders.begin(), stage.folders.end(),
                                  [&](const auto& each) { return each == folder; });
  if (folder.empty() || !stage.owns(folder) || !below) {
    return Reason("which folder '" + server + "' serves is not certain");
  }
  if (any_command(stage, goes_elsewhere)) {
    return Reason("the build is told where to put the pages");
  }
  if (copies_file(stage, "serve.json")) return Reason("'serve.json' says how it is served");
  std::string caller = find_caller(stage);
  if (!caller.empty()) return Reason(std::move(caller));
  const auto nginx = parse_image_reference("nginx");
  const auto release = nginx ? current_tag(*nginx, stage.options.today) : std::nullopt;
  if (!release) return Reason("which release of nginx to take is not certain offline");
  Plan plan;
  plan.image = "nginxinc/nginx-unprivileged:" + *release + "-alpine";
  plan.is_nonroot = true;
  plan.port = kPort;
  plan.results = {{folder, "/usr/share/nginx/html"}};
  plan.unneeded = installs_of_server(stage, request.server->program);
  if (request.one_page) {
    plan.setup =
        "sed -i 's|index.html index.htm;|& try_files $uri $uri/ /index.html;|' "
        "/etc/nginx/conf.d/default.conf";
  }
  const std::string port(port_of(stage, request));
  if (port != kPort) {
    plan.advice = "it listens at " + plan.port + " now: publish " + plan.port;
    if (ascii::is_number(port)) plan.advice += ", not " + port;
  } else {
    plan.advice = "compare what nginx answers with what '" + server + "' did";
  }
  return plan;
}

}  // namespace

const Stack& static_site() {
  static constexpr Stack kStack{.applies = applies,
                                .builds = builds,
                                .plan = plan,
                                .provided = {},
                                .programs = {},
                                .special = true};
  return kStack;
}

}  // namespace plimsoll::check::two_stage::stacks
