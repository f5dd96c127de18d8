package dev.slate.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that runs the main method of a test: to be killed, starved, or measured by itself. */
final class TestProcess {
  private TestProcess() {}

  /**
   * Starts one.
   *
   * @param main the class whose main method runs
   * @param shell what the command is given to; none for none
   * @param heap of the JVM, such as {@code 64m}
   */
  static Process start(Class<?> main, List<String> shell, String heap, String... args)
      throws IOException {
    List<String> options =
        List.of("-XX:TieredStopAtLevel=1", "-Xmx" + heap, "-Dslate.simd=scalar", "-ea");
    return start(shell, options, main, args);
  }

  /** Starts one with vectors, and options of the JVM. */
  static Process vectorised(List<String> options, Class<?> main, String... args)
      throws IOException {
    List<String> all = new ArrayList<>(options);
    all.add("--add-modules=jdk.incubator.vector");
    return start(List.of(), all, main, args);
  }

  private static Process start(
      List<String> shell, List<String> options, Class<?> main, String... args) throws IOException {
    List<String> command = new ArrayList<>(shell);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
