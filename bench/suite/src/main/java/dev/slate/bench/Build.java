package dev.slate.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;

/** Which Slate this is. */
public final class Build {
  /** The folder of the sources, set by the launcher in a checkout. */
  private static final String CHECKOUT = "slate.checkout";

  private static final int DIGEST_BYTES = 8;

  private Build() {}

  /**
   * The version of the project.
   *
   * @return such as {@code 0.1.0}
   */
  public static String version() {
    return resource("version");
  }

  /**
   * The commit that was built, or that is checked out where Slate runs from its sources.
   *
   * @return abbreviated, with {@code -dirty} where files differ from it; empty where it is not
   *     known
   */
  public static String commit() {
    String checkout = System.getProperty(CHECKOUT, "");
    return checkout.isEmpty() ? resource("commit") : describe(new File(checkout));
  }

  /**
   * Tells this build from any other, whatever is committed: a digest of all code that this JVM
   * runs, libraries included. Reads every file of the class path.
   *
   * @return hexadecimal digits
   */
  public static String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        if (!Files.exists(Path.of(entry))) {
          continue; // the JVM passes over it, too
        }
        try (Stream<Path> files = Files.walk(Path.of(entry))) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String describe(File checkout) {
    ProcessBuilder git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10", "--exclude=*")
            .directory(checkout)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try (InputStream output = git.start().getInputStream()) {
      return text(output);
    } catch (IOException e) {
      return resource("commit");
    }
  }

  private static String resource(String name) {
    try (InputStream input = Objects.requireNonNull(Build.class.getResourceAsStream(name), name)) {
      return text(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(InputStream input) throws IOException {
    return new String(input.readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
