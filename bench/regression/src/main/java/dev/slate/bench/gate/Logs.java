package dev.slate.bench.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a process said, where that is a reason. */
final class Logs {
  private static final Pattern REASON =
      Pattern.compile(
          "^(ERROR|\\[ERROR\\]|Error|Exception in|Caused by|fatal|No matching|java\\.|Unrecognized|<failure>).*");

  /** After it JMH says in a line of its own what is wrong, and how it is called. */
  private static final String HEADING = "Error parsing command line:";

  private Logs() {}

  /**
   * The line that most likely says why.
   *
   * @param log a file, in any charset
   * @return one line; the last if none looks like a reason
   */
  static String reason(Path log) {
    List<String> lines = lines(log);
    int heading = lines.indexOf(HEADING);
    if (heading >= 0 && heading + 1 < lines.size()) {
      return lines.get(heading + 1).strip();
    }
    return lines.stream()
        .filter(line -> REASON.matcher(line).matches())
        .findFirst()
        .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1))
        .replaceFirst("^\\[?ERROR\\]?:? *", "");
  }

  /**
   * The end of a log.
   *
   * @param log a file, in any charset
   * @param most how many lines
   * @return the last lines that are not blank
   */
  static List<String> tail(Path log, int most) {
    List<String> lines = lines(log);
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }

  private static List<String> lines(Path log) {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
