package dev.slate.bench.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Whether the native library that bench/peers measures by hand is installed. */
final class PeerFindings {
  private static final long SECONDS = 20;
  private static final String HEADER = "nanoflann.hpp";

  private PeerFindings() {}

  static List<Finding> all() {
    return List.of(nanoflann());
  }

  private static Finding nanoflann() {
    Optional<Path> header =
        Stream.of("/usr/include", "/usr/local/include", "/opt/homebrew/include")
            .map(folder -> Path.of(folder, HEADER))
            .filter(Files::isReadable)
            .findFirst();
    if (header.isEmpty()) {
      return missing();
    }
    return output("g++", "-dumpfullversion")
        .map(
            version ->
                new Finding(
                    "nanoflann",
                    header.get() + ", g++ " + version + "; bench/peers/README.md measures it"))
        .orElseGet(PeerFindings::missing);
  }

  private static Finding missing() {
    return new Finding(
        "nanoflann",
        "not found",
        "a peer that is measured by hand: apt install g++ libnanoflann-dev, then"
            + " bench/peers/README.md");
  }

  /** What a program prints, or empty where it is missing, fails or takes too long. */
  private static Optional<String> output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
