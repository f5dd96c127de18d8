package dev.slate.bench.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Which of the native libraries that bench/peers can measure are installed. */
final class PeerFindings {
  private static final long SECONDS = 20;
  private static final String HEADER = "nanoflann.hpp";

  private PeerFindings() {}

  static List<Finding> all() {
    return List.of(python("faiss", "python3-faiss"), nanoflann(), python("scipy", "python3-scipy"));
  }

  private static Finding python(String module, String pack) {
    String program = "import %1$s; print(%1$s.__version__)".formatted(module);
    return Stream.of("python3", "/usr/bin/python3")
        .flatMap(python -> output(python, "-c", program).stream().map(v -> v + " in " + python))
        .findFirst()
        .map(found -> new Finding(module, found))
        .orElseGet(() -> missing(module, pack));
  }

  private static Finding nanoflann() {
    Optional<Path> header =
        Stream.of("/usr/include", "/usr/local/include", "/opt/homebrew/include")
            .map(folder -> Path.of(folder, HEADER))
            .filter(Files::isReadable)
            .findFirst();
    if (header.isEmpty()) {
      return missing("nanoflann", "g++ libnanoflann-dev");
    }
    return output("g++", "-dumpfullversion")
        .map(version -> new Finding("nanoflann", header.get() + ", g++ " + version))
        .orElseGet(() -> missing("nanoflann", "g++ libnanoflann-dev"));
  }

  private static Finding missing(String peer, String packs) {
    return new Finding(peer, "not found", "apt install " + packs);
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
