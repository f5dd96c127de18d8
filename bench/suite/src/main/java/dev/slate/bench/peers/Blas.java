package dev.slate.bench.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * The matrix products of the OpenBLAS that this machine has, on one thread and on Java arrays: the
 * calls are critical, which spares the copies. Needs {@code --enable-native-access=ALL-UNNAMED} to
 * pass without a warning.
 */
@SuppressWarnings("restricted")
final class Blas {
  /** What installs it, on Debian. */
  static final String INSTALLATION = "apt install libopenblas0";

  private static final List<String> NAMES =
      List.of(
          "libopenblas.so.0",
          "libopenblas.so",
          "libopenblas.dylib",
          "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
          "/usr/local/opt/openblas/lib/libopenblas.dylib",
          "libopenblas.dll");
  private static final int ROW_MAJOR = 101;
  private static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  private final MethodHandle product;
  private final MethodHandle rowProduct;

  private Blas(SymbolLookup library) {
    Linker linker = Linker.nativeLinker();
    Linker.Option onHeap = Linker.Option.critical(true);
    product =
        linker.downcallHandle(
            library.findOrThrow("cblas_sgemm"),
            FunctionDescriptor.ofVoid(
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT),
            onHeap);
    rowProduct =
        linker.downcallHandle(
            library.findOrThrow("cblas_sgemv"),
            FunctionDescriptor.ofVoid(
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT),
            onHeap);
    call(
        linker.downcallHandle(
            library.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT)),
        1);
  }

  /** Looks for the library; empty where it is not installed. */
  static Optional<SymbolLookup> find() {
    for (String name : NAMES) {
      try {
        return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
      } catch (IllegalArgumentException e) {
        // The next name.
      }
    }
    return Optional.empty();
  }

  /**
   * Opens it.
   *
   * @throws IllegalStateException if it is not installed
   */
  static Blas open() {
    return new Blas(
        find().orElseThrow(() -> new IllegalStateException("OpenBLAS: " + INSTALLATION)));
  }

  /**
   * out = alpha x queries x rows^T + beta x out, all row-major.
   *
   * @param queries m x d
   * @param m number of queries
   * @param rows at least from + n rows of d
   * @param from the first row that is taken
   * @param n how many
   * @param d number of attributes
   * @param out m x stride
   * @param stride floats between the lines of out
   */
  void multiply(
      float alpha,
      float[] queries,
      int m,
      float[] rows,
      int from,
      int n,
      int d,
      float beta,
      float[] out,
      int stride) {
    MemorySegment taken = MemorySegment.ofArray(rows).asSlice((long) from * d * Float.BYTES);
    MemorySegment q = MemorySegment.ofArray(queries);
    MemorySegment to = MemorySegment.ofArray(out);
    try {
      if (m == 1) {
        rowProduct.invokeExact(ROW_MAJOR, AS_IT_IS, n, d, alpha, taken, d, q, 1, beta, to, 1);
      } else {
        product.invokeExact(
            ROW_MAJOR, AS_IT_IS, TRANSPOSED, m, n, d, alpha, q, d, taken, d, beta, to, stride);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void call(MethodHandle function, int argument) {
    try {
      function.invokeExact(argument);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
