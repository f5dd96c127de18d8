package dev.slate.bench.provenance;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What repeats a run in a shell. */
public final class ShellLine {
  /** Read by the launcher, which hands them to the JVM. */
  private static final String JVM_OPTIONS = "SLATE_JAVA_OPTS";

  private static final Pattern PLAIN = Pattern.compile("[\\w./,:=@%+-]+");

  private ShellLine() {}

  /**
   * Renders a command line, with the JVM's options that the launcher was given.
   *
   * @param arguments of Slate
   * @return one line, quoted where a shell needs it
   */
  public static String of(List<String> arguments) {
    String options = System.getenv().getOrDefault(JVM_OPTIONS, "").strip();
    return (options.isEmpty() ? "" : JVM_OPTIONS + "=" + quoted(options) + " ")
        + arguments.stream().map(ShellLine::quoted).collect(Collectors.joining(" ", "slate ", ""));
  }

  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
