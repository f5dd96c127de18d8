// Times nanoflann's exact k nearest neighbours, one query at a time on one thread, and writes its answers.
//
//   g++ -O3 -march=native -DNDEBUG -std=c++17 -DDIMENSIONS=5 -o nanoflann nanoflann.cpp
//                                                                              (Debian: apt install g++ libnanoflann-dev)
//   ./nanoflann --items items.npy --queries queries.npy [-k 10] [--leaf 32] [--warmup 1] [--seconds 2]
//               [--answers FILE.ivecs [--checked N]] [--samples FILE]
//
// One line of JSON goes to standard output. Queries are taken in turn until the time is over; the samples are the
// nanoseconds of each search, int64.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <map>
#include <nanoflann.hpp>
#include <string>
#include <vector>

#include "npy.hpp"

#ifndef DIMENSIONS
#define DIMENSIONS -1
#endif

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Options {
  std::string items, queries, answers, samples;
  size_t checked = SIZE_MAX;
  size_t k = 10;
  size_t leaf = 32;
  double warmup = 1;
  double seconds = 2;
};

struct Cloud {
  const Npy& npy;

  size_t kdtree_get_point_count() const { return npy.rows; }
  float kdtree_get_pt(size_t i, size_t j) const { return npy.data[i * npy.columns + j]; }
  template <class Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }
};

// D is the number of dimensions where it is known to the compiler, else -1.
template <int D>
void run(const Npy& items, const Npy& queries, const Options& options) {
  using Distance = typename std::conditional<(D > 0 && D <= 8), nanoflann::L2_Simple_Adaptor<float, Cloud>,
                                             nanoflann::L2_Adaptor<float, Cloud>>::type;
  using Tree = nanoflann::KDTreeSingleIndexAdaptor<Distance, Cloud, D, uint32_t>;

  Cloud cloud{items};
  auto start = Clock::now();
  Tree tree(static_cast<int>(items.columns), cloud, nanoflann::KDTreeSingleIndexAdaptorParams(options.leaf));
  tree.buildIndex();
  double build = seconds_since(start);

  size_t k = std::min(options.k, items.rows);
  std::vector<uint32_t> ordinals(k);
  std::vector<float> distances(k);
  auto search = [&](size_t query) {
    return tree.knnSearch(queries.row(query), k, ordinals.data(), distances.data());
  };

  if (!options.answers.empty()) {
    std::ofstream out(options.answers, std::ios::binary);
    for (size_t q = 0; q < std::min(options.checked, queries.rows); q++) {
      int32_t found = static_cast<int32_t>(search(q));
      out.write(reinterpret_cast<const char*>(&found), sizeof found);
      out.write(reinterpret_cast<const char*>(ordinals.data()), found * sizeof(int32_t));
    }
  }

  size_t next = 0;
  for (start = Clock::now(); seconds_since(start) < options.warmup;) search(next++ % queries.rows);
  std::vector<int64_t> samples;
  for (start = Clock::now(); seconds_since(start) < options.seconds || samples.empty();) {
    auto begin = Clock::now();
    search(next++ % queries.rows);
    samples.push_back(std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - begin).count());
  }
  if (!options.samples.empty()) {
    std::ofstream(options.samples, std::ios::binary)
        .write(reinterpret_cast<const char*>(samples.data()), samples.size() * sizeof(int64_t));
  }
  std::sort(samples.begin(), samples.end());
  auto percentile = [&](double p) { return samples[static_cast<size_t>(p * (samples.size() - 1))] / 1e3; };
  std::printf(
      "{\"peer\":\"nanoflann\",\"version\":\"%x.%x.%x\",\"detail\":\"leaf %zu\",\"build_s\":%.3f,\"bytes\":%zu,"
      "\"samples\":%zu,\"p50_us\":%.3f,\"p99_us\":%.3f}\n",
      NANOFLANN_VERSION >> 8, NANOFLANN_VERSION >> 4 & 15, NANOFLANN_VERSION & 15, options.leaf, build,
      tree.usedMemory(tree), samples.size(), percentile(.5), percentile(.99));
}

Options parse(int argc, char** argv) {
  std::map<std::string, std::string> given;
  for (int i = 1; i + 1 < argc; i += 2) given[argv[i]] = argv[i + 1];
  if (argc % 2 == 0 || !given.count("--items") || !given.count("--queries")) {
    throw std::runtime_error("needs --items FILE.npy --queries FILE.npy");
  }
  Options options;
  for (const auto& [name, value] : given) {
    if (name == "--items") options.items = value;
    else if (name == "--queries") options.queries = value;
    else if (name == "--answers") options.answers = value;
    else if (name == "--samples") options.samples = value;
    else if (name == "--checked") options.checked = std::stoul(value);
    else if (name == "--metric" && value == "euclidean") continue;
    else if (name == "-k") options.k = std::stoul(value);
    else if (name == "--leaf") options.leaf = std::stoul(value);
    else if (name == "--warmup") options.warmup = std::stod(value);
    else if (name == "--seconds") options.seconds = std::stod(value);
    else throw std::runtime_error(name + ": unknown option");
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Options options = parse(argc, argv);
    Npy items = Npy::map(options.items);
    Npy queries = Npy::map(options.queries);
    if (items.columns != queries.columns || queries.rows == 0) {
      throw std::runtime_error(options.queries + ": queries need the dimensions of the items");
    }
    if (DIMENSIONS > 0 && items.columns != DIMENSIONS) {
      throw std::runtime_error("was compiled for " + std::to_string(DIMENSIONS) + " dimensions");
    }
    run<DIMENSIONS>(items, queries, options);
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "nanoflann: %s\n", e.what());
    return 2;
  }
}
