// Runs a fuzz target over its corpus and over deterministic mutations of it, without libFuzzer.
// usage: fuzz_<target> [FOLDER|FILE…]

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

constexpr int kMutationsPerInput = 20;

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

/// A handful of byte-level edits: enough to walk off the happy path, the same in every run.
std::string mutate(std::string input, std::mt19937& random) {
  const auto below = [&random](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  for (std::size_t edits = 1 + below(4); edits > 0 && !input.empty(); --edits) {
    const std::size_t at = below(input.size());
    switch (below(4)) {
      case 0: input[at] = static_cast<char>(random() & 0xFFU); break;
      case 1: input.erase(at, 1 + below(8)); break;
      case 2: input.insert(at, input.substr(below(input.size()), 1 + below(16))); break;
      default: input.resize(at); break;
    }
  }
  return input;
}

std::vector<fs::path> inputs_of(int argc, char** argv) {
  std::vector<fs::path> inputs;
  for (int i = 1; i < argc; ++i) {
    const fs::path path = argv[i];
    if (!fs::is_directory(path)) {
      if (fs::exists(path)) inputs.push_back(path);
      continue;
    }
    for (const auto& entry : fs::directory_iterator(path)) {
      if (entry.is_regular_file()) inputs.push_back(entry.path());
    }
  }
  std::sort(inputs.begin(), inputs.end());
  return inputs;
}

}  // namespace

int main(int argc, char** argv) {
  std::mt19937 random(1);
  const std::vector<fs::path> inputs = inputs_of(argc, argv);
  if (inputs.empty()) {
    std::fprintf(stderr, "no inputs: a fuzz target needs a corpus in fuzz/corpus/<target>\n");
    return 1;
  }
  run("");
  for (const fs::path& path : inputs) {
    std::ifstream file(path, std::ios::binary);
    const std::string input{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    run(input);
    for (int i = 0; i < kMutationsPerInput; ++i) run(mutate(input, random));
  }
  std::printf("replayed %zu inputs\n", inputs.size());
  return 0;
}
