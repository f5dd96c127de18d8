package dev.slate.data.format;

import dev.slate.data.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of vectors as the user names it: {@code items.npy}, {@code items.csv.gz}, {@code
 * glove.hdf5:train}, {@code items.parquet:embedding}.
 *
 * @param spec as the user wrote it; errors begin with it
 * @param path the file
 * @param ending the format that the name stands for
 * @param gzip whether the name ends in {@code .gz}
 * @param dataset the HDF5 data set, the member of an npz archive or the column of a Parquet file,
 *     or null
 */
public record FileSpec(
    String spec, Path path, Ending ending, boolean gzip, @Nullable String dataset) {
  private static final Pattern HDF5 = Pattern.compile("(?i)(.+\\.(?:hdf5|h5))(?::(.*))?");
  private static final Pattern PARQUET = Pattern.compile("(?i)(.+\\.parquet)/?(?::(.*))?");
  private static final Pattern NPZ = Pattern.compile("(?i)(.+\\.npz)(?::(.*))?");

  /** Formats that pack themselves. */
  private static final Set<String> PACKED = Set.of("hdf5", "h5", "npz", "parquet");

  private static final String ENDINGS =
      ".npy, .fvecs, .bvecs, .ivecs, .fbin, .u8bin, .i8bin, .ibin, .csv, .tsv, .txt, .vec"
          + " (each also with .gz), .npz:NAME, .hdf5:DATASET and .parquet:COLUMN";

  /**
   * Reads the name of a file that is to be written.
   *
   * @param spec as the user wrote it
   * @return what it means; the file need not exist
   * @throws InputException if the ending is unknown
   */
  public static FileSpec ofOutput(String spec) {
    FileSpec known = known(spec);
    if (known == null) {
      throw unknown(spec);
    }
    return known;
  }

  /**
   * Reads the name of a file that is to be read.
   *
   * @param spec as the user wrote it
   * @return what it means; the file need not exist
   * @throws InputException if the ending is unknown; it says what the file looks like and, where
   *     there is a command, what converts it
   */
  public static FileSpec ofInput(String spec) {
    FileSpec known = known(spec);
    if (known != null) {
      return known;
    }
    Path path = path(spec);
    if (!Files.isRegularFile(path)) {
      throw unknown(spec);
    }
    byte[] head = head(spec, path);
    Magic magic = Magic.of(head);
    if (magic == Magic.NPY || magic == Magic.HDF5 || magic == Magic.PARQUET) {
      throw new InputException(
          spec,
          "looks like "
              + magic.label()
              + ", but the name does not end in ."
              + magic.label().toLowerCase(Locale.ROOT));
    }
    if (magic == null || magic == Magic.GZIP) {
      throw unknown(spec);
    }
    throw new InputException(
        spec,
        "looks like " + magic.label() + ", which Slate does not read" + magic.conversion(spec));
  }

  /**
   * Tells whether a name stands for a format.
   *
   * @param spec as the user wrote it
   * @param ending the format
   * @return false also where the name stands for none
   */
  public static boolean isNamed(String spec, Ending ending) {
    FileSpec known = known(spec);
    return known != null && known.ending == ending;
  }

  private static @Nullable FileSpec known(String spec) {
    Matcher hdf5 = HDF5.matcher(spec);
    if (hdf5.matches()) {
      return new FileSpec(
          spec, path(spec, hdf5.group(1)), Ending.HDF5, false, emptyToNull(hdf5.group(2)));
    }
    Matcher parquet = PARQUET.matcher(spec);
    if (parquet.matches()) {
      return new FileSpec(
          spec, path(spec, parquet.group(1)), Ending.PARQUET, false, emptyToNull(parquet.group(2)));
    }
    Matcher npz = NPZ.matcher(spec);
    if (npz.matches()) {
      return new FileSpec(
          spec, path(spec, npz.group(1)), Ending.NPZ, false, emptyToNull(npz.group(2)));
    }
    String name = spec.toLowerCase(Locale.ROOT);
    boolean gzip = name.endsWith(".gz");
    String bare = gzip ? name.substring(0, name.length() - 3) : name;
    String ending = bare.substring(bare.lastIndexOf('.') + 1);
    Path path = path(spec, spec);
    for (Ending known : Ending.values()) {
      if (!known.hasParts() && known.ends(bare)) {
        return new FileSpec(spec, path, known, gzip, null);
      }
    }
    if (gzip && PACKED.contains(ending)) {
      throw new InputException(spec, ending + " is not read through gzip; gunzip it first");
    }
    if (ending.equals("slate")) {
      throw new InputException(
          spec,
          "a .slate holds an index, not vectors: slate build makes it, slate search takes it as"
              + " items, and slate data describe tells about it");
    }
    return null;
  }

  private static InputException unknown(String spec) {
    return new InputException(
        spec,
        Files.isDirectory(path(spec))
            ? "is a directory"
            : "the name does not end in a known format; Slate knows " + ENDINGS);
  }

  /**
   * Refuses a file whose first bytes show a format other than plain text. One that is not there, a
   * pipe and gzip are left to their reader.
   *
   * @param spec its name
   * @throws InputException with a command that converts the file, if there is one
   */
  public static void requireText(String spec) {
    Path path = path(spec);
    if (Files.isRegularFile(path)) {
      Magic magic = Magic.of(head(spec, path));
      if (magic != null && magic != Magic.GZIP) {
        throw magic.refusal(spec, "text");
      }
    }
  }

  /**
   * Makes sure that there is a readable file with something in it.
   *
   * @return this
   * @throws InputException if the file is missing, a directory, unreadable or empty, or if its
   *     first bytes show another format than its name
   */
  public FileSpec requireReadable() {
    if (Files.isDirectory(path)) {
      if (ending == Ending.PARQUET) {
        return this;
      }
      throw new InputException(spec, "is a directory");
    }
    if (!Files.exists(path)) {
      throw new InputException(spec, "no such file");
    }
    if (!Files.isRegularFile(path)) {
      // A pipe gives its bytes once, so they are not looked at in advance.
      if (ending.isText() && !gzip) {
        return this;
      }
      throw new InputException(spec, "is not a regular file");
    }
    byte[] head = head(spec, path);
    if (head.length == 0) {
      throw new InputException(spec, "is empty");
    }
    requireLooks(head);
    return this;
  }

  /**
   * Turns a failure to read into bad input.
   *
   * @param failure the system's error
   * @return the exception to throw
   */
  public InputException unreadable(IOException failure) {
    return unreadable(spec, failure);
  }

  private static InputException unreadable(String spec, IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return new InputException(spec, "permission denied", failure);
    }
    if (failure instanceof EOFException) {
      return new InputException(spec, "is cut off", failure);
    }
    String reason = failure.getMessage();
    return new InputException(
        spec, "cannot be read: " + (reason == null ? failure.toString() : reason), failure);
  }

  private static byte[] head(String spec, Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(Magic.HEAD);
    } catch (IOException e) {
      throw unreadable(spec, e);
    }
  }

  private void requireLooks(byte[] head) {
    Magic magic = Magic.of(head);
    Magic wanted =
        gzip
            ? Magic.GZIP
            : switch (ending) {
              case NPY -> Magic.NPY;
              case HDF5 -> Magic.HDF5;
              case NPZ -> Magic.ZIP;
              case PARQUET -> Magic.PARQUET;
              default -> null;
            };
    if (wanted == null && magic != null && (ending.isText() || !magic.isWeak())) {
      throw magic.refusal(spec, ending.toString());
    }
    if (ending.isText() && !gzip && Magic.isBinary(head)) {
      throw new InputException(spec, "is not text: it holds zero bytes");
    }
    if (wanted == null || wanted == magic) {
      return;
    }
    // An HDF5 file may start with a block of the user's own: its reader knows better.
    if (wanted == Magic.HDF5 && (magic == null || magic.isUserBlock())) {
      return;
    }
    if (magic != null) {
      throw magic.refusal(spec, wanted.label());
    }
    throw new InputException(
        spec,
        Magic.isText(head) ? "looks like text, not " + wanted.label() : "is not " + wanted.label());
  }

  /**
   * The path of a file.
   *
   * @param spec its name, as the user wrote it
   * @return the path
   * @throws InputException if it is no name of a file
   */
  public static Path path(String spec) {
    return path(spec, spec);
  }

  private static Path path(String spec, String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new InputException(spec, "is not a file name: " + e.getReason(), e);
    }
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
