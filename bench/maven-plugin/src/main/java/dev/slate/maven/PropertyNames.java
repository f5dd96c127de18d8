package dev.slate.maven;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a message of the command line says, in the words of somebody who runs Maven. */
final class PropertyNames {
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("--baseline", "baseline"),
          Map.entry("--candidate", "candidate"),
          Map.entry("--budget", "budget"),
          Map.entry("--benchmarks", "benchmarks"),
          Map.entry("--store-baseline", "slate.storeBaseline"),
          Map.entry("--store", "slate.store"),
          Map.entry("--build", "slate.build"),
          Map.entry("--jar", "slate.jar"),
          Map.entry("--java", "slate.java"),
          Map.entry("--jvm-args", "slate.jvmArgs"),
          Map.entry("--jmh-args", "slate.jmhArgs"),
          Map.entry("--out", "slate.out"),
          Map.entry("--alpha", "slate.alpha"),
          Map.entry("--min-effect", "slate.minEffect"));
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z]+(-[a-z]+)*");

  private PropertyNames() {}

  /**
   * Names properties in place of options.
   *
   * @param message of a command
   * @return the same with {@code -Dslate.jar} for {@code --jar}; options without a property stay
   */
  static String in(String message) {
    String goals = message.replace("slate gate -", "mvn slate:gate -");
    return OPTION
        .matcher(goals)
        .replaceAll(
            option -> {
              String property = PROPERTIES.get(option.group());
              return Matcher.quoteReplacement(property == null ? option.group() : "-D" + property);
            });
  }

  /**
   * Names properties in a note, which advises options.
   *
   * @param note of a report
   * @return as {@link #in}, and where to say an option that has no property
   */
  static String inNote(String note) {
    String named = in(note);
    Matcher option = OPTION.matcher(named);
    return option.find() ? named + "; -Dslate.options takes " + option.group() : named;
  }
}
