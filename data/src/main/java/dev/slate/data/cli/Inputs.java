package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorFile;
import dev.slate.data.VectorStream;
import dev.slate.data.Vectors;
import java.io.PrintWriter;

/** Opens what the command line names; {@code -} is standard input, as CSV. */
public final class Inputs {
  private static final String STANDARD_INPUT = "-";

  private Inputs() {}

  static boolean isStandard(String spec) {
    return spec.equals(STANDARD_INPUT);
  }

  /**
   * Opens a file; where that reads it into memory, tells how far it is.
   *
   * @param spec its name, or {@code -}
   * @param options how it is read
   * @param err is told, and of what was guessed
   * @return the vectors
   * @throws InputException as {@link Vectors#open}
   */
  public static VectorFile open(String spec, ReadOptions options, PrintWriter err) {
    try (RowProgress progress = new RowProgress(err, "read", -1)) {
      ReadOptions told = options.withProgress(progress::update).withNotices(Notices.of(err, spec));
      return isStandard(spec) ? Vectors.open(spec, System.in, told) : Vectors.open(spec, told);
    }
  }

  static VectorStream stream(String spec, ReadOptions options) {
    return isStandard(spec)
        ? Vectors.stream(spec, System.in, options)
        : Vectors.stream(spec, options);
  }
}
