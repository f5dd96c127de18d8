package dev.slate.bench;

import static dev.slate.bench.RandomCommandLines.pick;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Damages a text as disks, editors and enemies do: JSON, CSV and whatever else is read in lines.
 */
final class DamagedText {
  private static final int MOST = 4;
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?(?![\\w.])");
  private static final Pattern STRING = Pattern.compile("\"[^\"\n]*\"");
  private static final Pattern CELL = Pattern.compile("(?<=[,\n])[^,\n]*(?=[,\n])");

  private static final List<String> NUMBERS =
      List.of(
          "1e999",
          "-1e999",
          "1e-999",
          "-1",
          "-0.0",
          "0",
          "1.5",
          "2147483647",
          "2147483648",
          "-2147483648",
          "9223372036854775808",
          "9".repeat(400),
          "9".repeat(2_000),
          "NaN",
          "Infinity",
          "007",
          "0x10",
          "");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "7",
          "\"\"",
          "\"x\"",
          "\"1\"",
          "[]",
          "[[]]",
          "[null]",
          "{}",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"a\\nb\"",
          "\"" + "x".repeat(70_000) + "\"");

  private static final List<String> SIGNS =
      List.of(
          "\0",
          "\"",
          ",",
          ",,",
          ";",
          "\n",
          "\r",
          "\t",
          "{",
          "}",
          "[",
          "]",
          ":",
          "#",
          "\\",
          "'",
          "\u001b[31m",
          "\ufeff",
          "\u0663",
          "é",
          "[".repeat(3_000),
          "{\"a\":".repeat(1_200));

  private DamagedText() {}

  /**
   * Damages a text in one place or a few.
   *
   * @param text as it should be
   * @param random decides; the same one does the same damage
   * @return what may lie on a disk
   */
  static byte[] of(String text, Random random) {
    String damaged = text;
    for (int i = random.nextInt(MOST); i >= 0; i--) {
      damaged = once(damaged, random);
    }
    byte[] bytes = damaged.getBytes(StandardCharsets.UTF_8);
    switch (random.nextInt(12)) {
      case 0 -> {
        for (int i = 0; i < MOST && bytes.length > 0; i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      case 1 -> bytes = damaged.getBytes(StandardCharsets.UTF_16);
      default -> {}
    }
    return bytes;
  }

  private static String once(String text, Random random) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + 1 + random.nextInt(40));
    return switch (random.nextInt(12)) {
      case 0 -> text.substring(0, from);
      case 1 -> text.substring(0, from) + text.substring(to);
      case 2 -> text.substring(0, to) + text.substring(from);
      case 3, 4 -> text.substring(0, from) + pick(random, SIGNS) + text.substring(from);
      case 5, 6 -> replaced(text, NUMBER, pick(random, NUMBERS), random);
      case 7 -> replaced(text, NUMBER, pick(random, VALUES), random);
      case 8 -> replaced(text, STRING, pick(random, VALUES), random);
      case 9 -> replaced(text, CELL, pick(random, random.nextBoolean() ? NUMBERS : SIGNS), random);
      case 10 -> lines(text, random);
      default -> random.nextInt(10) == 0 ? "" : text.replace("\n", "\r\n");
    };
  }

  /** Replaces one of the matches. */
  private static String replaced(String text, Pattern what, String by, Random random) {
    List<MatchResult> places = what.matcher(text).results().toList();
    if (places.isEmpty()) {
      return text;
    }
    MatchResult place = pick(random, places);
    return text.substring(0, place.start()) + by + text.substring(place.end());
  }

  /** Loses, doubles or moves a line. */
  private static String lines(String text, Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    int line = random.nextInt(lines.size());
    switch (random.nextInt(3)) {
      case 0 -> lines.remove(line);
      case 1 -> lines.add(line, lines.get(line));
      default -> Collections.swap(lines, line, random.nextInt(lines.size()));
    }
    return String.join("\n", lines);
  }
}
