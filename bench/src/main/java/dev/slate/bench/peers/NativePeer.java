package dev.slate.bench.peers;

import dev.slate.kernel.Metric;
import java.util.List;
import java.util.Locale;

/** The peers that run in a process of their own: the programs of {@code bench/peers}. */
public enum NativePeer {
  /** The flat index of FAISS, through its Python. */
  FAISS_FLAT("faiss IndexFlat (native)", "flat", "apt install python3-faiss"),
  /** A k-d tree in C++ headers, compiled for this machine. */
  NANOFLANN("nanoflann k-d tree (native)", "tree", "apt install g++ libnanoflann-dev"),
  /** The k-d tree of SciPy, through its Python. */
  SCIPY_KD_TREE("scipy cKDTree (native)", "tree", "apt install python3-scipy");

  private final String title;
  private final String strategy;
  private final String installation;

  NativePeer(String title, String strategy, String installation) {
    this.title = title;
    this.strategy = strategy;
    this.installation = installation;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /** Its name in options and parameters. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How it finds the answer: {@code flat} looks at every item. */
  public String strategy() {
    return strategy;
  }

  /** Whether it answers many queries in one call faster than one by one. */
  public boolean batches() {
    return this == FAISS_FLAT;
  }

  /** What installs it, on Debian. */
  public String installation() {
    return installation;
  }

  /** Memory that it takes for n items of d attributes, in bytes. */
  public long memory(long n, int d) {
    long floats = n * d * Float.BYTES;
    return switch (this) {
      case FAISS_FLAT -> 2 * floats;
      case NANOFLANN -> floats + 16 * n;
      case SCIPY_KD_TREE -> 4 * floats + 32 * n;
    };
  }

  /** Why it cannot serve, or an empty string. */
  public String refusal(Metric metric) {
    return this == FAISS_FLAT || metric == Metric.EUCLIDEAN ? "" : "finds the nearest only";
  }

  /** The module of Python that has it; empty where it has none. */
  String module() {
    return switch (this) {
      case FAISS_FLAT -> "faiss";
      case SCIPY_KD_TREE -> "scipy";
      case NANOFLANN -> "";
    };
  }

  /** Its sources, the program first. */
  List<String> sources() {
    return switch (this) {
      case FAISS_FLAT -> List.of("faiss_flat.py", "timing.py");
      case SCIPY_KD_TREE -> List.of("scipy_tree.py", "timing.py");
      case NANOFLANN -> List.of("nanoflann.cpp", "npy.hpp");
    };
  }
}
