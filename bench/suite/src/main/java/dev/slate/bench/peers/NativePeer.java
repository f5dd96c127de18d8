package dev.slate.bench.peers;

import dev.slate.kernel.Metric;
import java.util.List;
import java.util.Locale;

/** The peers that run in a process of their own: the programs of {@code bench/peers}. */
public enum NativePeer implements Rival {
  /** The flat index of FAISS, through its Python. */
  FAISS_FLAT("faiss flat (native)", "flat", "apt install python3-faiss"),
  /** A k-d tree in C++ headers, compiled for this machine. */
  NANOFLANN("nanoflann (native)", "tree", "apt install g++ libnanoflann-dev"),
  /** The k-d tree of SciPy, through its Python. */
  SCIPY_KD_TREE("scipy tree (native)", "tree", "apt install python3-scipy");

  private final String title;
  private final String strategy;
  private final String installation;

  NativePeer(String title, String strategy, String installation) {
    this.title = title;
    this.strategy = strategy;
    this.installation = installation;
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String strategy() {
    return strategy;
  }

  @Override
  public boolean batches() {
    return this == FAISS_FLAT;
  }

  @Override
  public String missing() {
    return Installation.find(this).isPresent() ? "" : installation;
  }

  @Override
  public long heap(long n, int d) {
    long floats = n * d * Float.BYTES;
    return switch (this) {
      case FAISS_FLAT -> 2 * floats;
      case NANOFLANN -> floats + 16 * n;
      case SCIPY_KD_TREE -> 4 * floats + 32 * n;
    };
  }

  @Override
  public String refusal(Metric metric, long n, int d) {
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
