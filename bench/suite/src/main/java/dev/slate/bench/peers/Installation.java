package dev.slate.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A native peer that this machine has.
 *
 * @param peer which
 * @param tool what runs or compiles its program
 * @param version of the peer, in words
 */
public record Installation(NativePeer peer, String tool, String version) {
  private static final long SECONDS = 120;
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");
  private static final List<String> COMPILER =
      List.of("g++", "-O3", "-march=native", "-DNDEBUG", "-std=c++17");
  private static final Map<NativePeer, Optional<Installation>> FOUND = new ConcurrentHashMap<>();

  /** Looks for a peer, once; empty where it, or what runs it, is missing. */
  public static Optional<Installation> find(NativePeer peer) {
    return FOUND.computeIfAbsent(peer, Installation::look);
  }

  private static Optional<Installation> look(NativePeer peer) {
    if (peer == NativePeer.NANOFLANN) {
      return Stream.of("/usr/include", "/usr/local/include", "/opt/homebrew/include")
          .map(folder -> Path.of(folder, "nanoflann.hpp"))
          .filter(Files::isReadable)
          .findFirst()
          .flatMap(
              header ->
                  output(List.of("g++", "-dumpfullversion"))
                      .map(gcc -> new Installation(peer, "g++", header + ", g++ " + gcc)));
    }
    String ask = "import " + peer.module() + " as m; print(m.__version__)";
    return PYTHONS.stream()
        .flatMap(
            python ->
                output(List.of(python, "-c", ask))
                    .map(version -> new Installation(peer, python, version + ", " + python))
                    .stream())
        .findFirst();
  }

  /**
   * Makes the program of the peer ready to run.
   *
   * @param directory where it is written, created where it is missing
   * @param d number of attributes that it is compiled for
   * @return the command, to which options may be added
   * @throws IOException if it cannot be written or compiled
   */
  public List<String> command(Path directory, int d) throws IOException {
    Files.createDirectories(directory);
    for (String source : peer.sources()) {
      try (InputStream in = Installation.class.getResourceAsStream(source)) {
        if (in == null) {
          throw new IllegalStateException("resource " + source + " is missing");
        }
        Files.copy(in, directory.resolve(source), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    String program = directory.resolve(peer.sources().getFirst()).toString();
    if (!COMPILER.contains(tool)) {
      return List.of(tool, program);
    }
    Path binary = directory.resolve(peer.id() + "-" + d);
    if (!Files.exists(binary)) {
      List<String> compile = new ArrayList<>(COMPILER);
      compile.addAll(List.of("-DDIMENSIONS=" + d, "-o", binary.toString(), program));
      if (output(compile).isEmpty()) {
        throw new IOException(tool + " does not compile it");
      }
    }
    return List.of(binary.toString());
  }

  /** What a program prints, or empty where it is missing, fails or takes too long. */
  private static Optional<String> output(List<String> command) {
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
