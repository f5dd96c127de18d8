package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorFile;
import dev.slate.data.VectorStream;
import dev.slate.data.Vectors;
import dev.slate.data.format.FileSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * Keeps answers from replacing a file that they are computed from. A device or a pipe is written
   * to, not replaced.
   *
   * @param out where they go; null for standard output
   * @param inputs files that are read; null where an option is not given
   * @throws InputException if the output is one of them, by whatever name
   */
  static void requireOther(@Nullable String out, List<@Nullable String> inputs) {
    for (String input : inputs) {
      if (out != null && input != null && !isStandard(input) && isSame(out, input)) {
        throw new InputException(out, "is read by this search: answers would replace it");
      }
    }
  }

  private static boolean isSame(String out, String input) {
    try {
      Path target = FileSpec.path(out);
      Path source = FileSpec.path(input);
      return Files.isRegularFile(target)
          && Files.exists(source)
          && Files.isSameFile(target, source);
    } catch (IOException e) {
      return false; // Whoever reads or writes it says more.
    }
  }

  static VectorStream stream(String spec, ReadOptions options) {
    return isStandard(spec)
        ? Vectors.stream(spec, System.in, options)
        : Vectors.stream(spec, options);
  }
}
