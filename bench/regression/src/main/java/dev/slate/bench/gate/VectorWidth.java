package dev.slate.bench.gate;

import dev.slate.bench.results.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What vectors a JVM compiles for under given flags, as its final flags tell. */
final class VectorWidth {
  private static final Pattern FLAG = Pattern.compile("\\bMaxVectorSize\\s*=\\s*(\\d+)");
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int BITS = 8;

  private VectorWidth() {}

  /**
   * Asks the JVM.
   *
   * @param java the program that starts it
   * @param flags of the JVM
   * @param processes to run it
   * @param scratch for its answer
   * @return bits; 0 if it does not say
   * @throws BadInputException if the program is not a JVM
   */
  static int bits(String java, List<String> flags, Processes processes, Path scratch) {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(flags);
    command.addAll(List.of("-XX:+PrintFlagsFinal", "-version"));
    Path log = scratch.resolve("flags.log");
    try {
      int code = processes.run(command, Map.of(), scratch, log, log, LIMIT);
      if (code != 0) {
        throw new BadInputException("--java", java + " does not start: " + Logs.reason(log));
      }
      Matcher flag = FLAG.matcher(Files.readString(log, StandardCharsets.ISO_8859_1));
      return flag.find() ? Integer.parseInt(flag.group(1)) * BITS : 0;
    } catch (IOException e) {
      throw new BadInputException("--java", java + " cannot be started", e);
    }
  }
}
