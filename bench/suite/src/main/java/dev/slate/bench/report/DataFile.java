package dev.slate.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of vectors that was measured.
 *
 * @param name of the file
 * @param sha256 of its bytes, in hexadecimal digits
 * @param command that writes the same bytes
 */
public record DataFile(String name, String sha256, String command) {
  /** Reads a file to its end. */
  public static DataFile of(Path file, String command) throws IOException {
    return new DataFile(String.valueOf(file.getFileName()), sha256(file), command);
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      byte[] buffer = new byte[1 << 20];
      while (in.read(buffer) >= 0) {}
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
