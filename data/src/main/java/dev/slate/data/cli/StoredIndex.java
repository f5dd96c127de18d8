package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.OutputFile;
import dev.slate.data.format.FileSpec;
import dev.slate.kernel.Index;
import dev.slate.kernel.IndexListener;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Opening;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * An index in a {@code .slate} file, with attachments of the command line: the names of the items,
 * the point that {@code --center} subtracted, and the size of the smallest attributes. Attachments
 * are big-endian. A file that a program saved has none of them.
 */
public final class StoredIndex {
  private static final String ENDING = ".slate";
  private static final String METRIC = "--metric";
  private static final String NAMES = "slate.names";
  private static final String ORIGIN = "slate.origin";
  private static final String SMALLEST = "slate.smallest";

  private final Index index;
  private final List<String> names;
  private final double @Nullable [] origin;
  private final float smallest;

  /**
   * What there is to save.
   *
   * @param index the items
   * @param names of the items, or none
   * @param origin the point that was subtracted from each item, or null
   * @param smallest the smallest magnitude of an attribute that is not 0
   */
  StoredIndex(Index index, List<String> names, double @Nullable [] origin, float smallest) {
    this.index = index;
    this.names = names;
    this.origin = origin;
    this.smallest = smallest;
  }

  /**
   * Tells whether a name is that of an index.
   *
   * @param spec the name of a file
   * @return whether it ends in {@code .slate}
   */
  public static boolean isNamed(String spec) {
    return spec.toLowerCase(Locale.ROOT).endsWith(ENDING);
  }

  /**
   * Refuses options that say how vectors are read or laid out: an index has that behind it.
   *
   * @param command which may have been given them
   * @param spec the file of the index
   * @param options their names
   * @throws InputException if one was given
   */
  public static void refuse(CommandSpec command, String spec, List<String> options) {
    for (String option : options) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw fixed(option, spec, "");
      }
    }
  }

  /**
   * Refuses a metric that was asked for and is not the index's.
   *
   * @param command which may have been given {@code --metric}
   * @param spec the file of the index
   * @param asked the value of that option
   * @throws InputException if it was given and differs
   */
  public void requireMetric(CommandSpec command, String spec, Metric asked) {
    Metric built = index.metric();
    if (asked != built && command.commandLine().getParseResult().hasMatchedOption(METRIC)) {
      throw fixed(METRIC, spec, ", as " + built.name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Bad input: an option that contradicts an index.
   *
   * @param what the index has in its place, beginning with a blank; or nothing
   */
  private static InputException fixed(String option, String spec, String what) {
    return new InputException(
        option,
        "is fixed in " + spec + what + "; leave it out, or make another file with slate build");
  }

  /**
   * Starts a file for an index.
   *
   * @throws InputException if the name does not end in {@code .slate} or cannot be written
   */
  static OutputFile create(String spec) {
    if (!isNamed(spec)) {
      throw new InputException(spec, "the name of an index ends in " + ENDING);
    }
    Path path = FileSpec.path(spec);
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new InputException(
          spec, Files.isDirectory(path) ? "is a directory" : "is not a regular file");
    }
    return OutputFile.create(spec);
  }

  /**
   * Writes the file, forces it to the disk and gives it its name.
   *
   * @return its bytes
   */
  long save(OutputFile file) {
    Index whole = index.attach(SMALLEST, ByteBuffer.allocate(4).putFloat(smallest).array());
    if (!names.isEmpty()) {
      whole = whole.attach(NAMES, bytes(file.name(), names));
    }
    if (origin != null) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(8, origin.length));
      bytes.asDoubleBuffer().put(origin);
      whole = whole.attach(ORIGIN, bytes.array());
    }
    try {
      whole.save(file.channel());
      file.channel().force(true);
      long bytes = file.channel().size();
      file.commit();
      return bytes;
    } catch (IOException e) {
      throw OutputFile.unwritable(file.name(), e);
    }
  }

  private static byte[] bytes(String spec, List<String> names) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (String name : names) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        all.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        all.writeBytes(bytes);
      }
    } catch (OutOfMemoryError e) {
      if (all.size() < Integer.MAX_VALUE / 2) {
        throw e;
      }
      throw new InputException(spec, "the names of the items have more than 2 GB", e);
    }
    return all.toByteArray();
  }

  /**
   * Opens a file.
   *
   * @param opening at once, or as it is needed: then searches throw what {@link #damaged} explains
   * @throws InputException if there is no such file, or if it is damaged, newer or no index
   */
  static StoredIndex open(String spec, Opening opening) {
    return open(spec, opening, null);
  }

  /**
   * Opens a file.
   *
   * @param spec its name
   * @param opening at once, or as it is needed: then searches throw what {@link #damaged} explains
   * @param listener is told of it, and of what the index does; null for none
   * @return the index
   * @throws InputException if there is no such file, or if it is damaged, newer or no index
   */
  public static StoredIndex open(String spec, Opening opening, @Nullable IndexListener listener) {
    Path path = FileSpec.path(spec);
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new InputException(
          spec, Files.isDirectory(path) ? "is a directory" : "is not a regular file");
    }
    try {
      Index index =
          listener == null ? Index.open(path, opening) : Index.open(path, opening, listener);
      return new StoredIndex(index, names(index), origin(index), smallest(index));
    } catch (IOException e) {
      throw unreadable(spec, path, e);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new InputException(spec, "has attachments that slate build did not write", e);
    }
  }

  /**
   * Bad input, where a search needed a part of a file that is damaged; else the same.
   *
   * @param spec the file
   * @param e what the search threw
   * @return the exception to throw
   */
  public static RuntimeException damaged(String spec, UncheckedIOException e) {
    Path path = FileSpec.path(spec);
    IOException cause = e.getCause();
    return cause != null && String.valueOf(cause.getMessage()).startsWith(path + ": ")
        ? unreadable(spec, path, cause)
        : e;
  }

  private static InputException unreadable(String spec, Path path, IOException e) {
    String said = String.valueOf(e.getMessage());
    String problem =
        switch (e) {
          case NoSuchFileException none -> "no such file";
          case AccessDeniedException denied -> "permission denied";
          default ->
              said.startsWith(path + ": ")
                  ? said.substring(path.toString().length() + 2)
                  : "cannot be read: " + said;
        };
    return new InputException(spec, problem, e);
  }

  private static List<String> names(Index index) {
    byte[] attached = index.attachment(NAMES);
    if (attached == null) {
      return List.of();
    }
    ByteBuffer bytes = ByteBuffer.wrap(attached);
    List<String> names = new ArrayList<>(index.size());
    for (int i = 0; i < index.size(); i++) {
      int length = bytes.getInt();
      if (length < 0 || length > bytes.remaining()) {
        throw new BufferUnderflowException();
      }
      names.add(new String(attached, bytes.position(), length, StandardCharsets.UTF_8));
      bytes.position(bytes.position() + length);
    }
    return names;
  }

  private static double @Nullable [] origin(Index index) {
    byte[] attached = index.attachment(ORIGIN);
    if (attached == null) {
      return null;
    }
    double[] origin = new double[index.dimensions()];
    ByteBuffer.wrap(attached).asDoubleBuffer().get(origin);
    return origin;
  }

  private static float smallest(Index index) {
    byte[] attached = index.attachment(SMALLEST);
    return attached == null ? Float.POSITIVE_INFINITY : ByteBuffer.wrap(attached).getFloat();
  }

  /**
   * The index.
   *
   * @return never null
   */
  public Index index() {
    return index;
  }

  /**
   * Names of the items.
   *
   * @return by ordinal, or none
   */
  public List<String> names() {
    return names;
  }

  /**
   * The point that was subtracted from each item, and has to be from a query.
   *
   * @return d numbers, or null
   */
  public double @Nullable [] origin() {
    return origin;
  }

  /** The smallest magnitude of an attribute that is not 0; infinity where that is not known. */
  float smallest() {
    return smallest;
  }
}
