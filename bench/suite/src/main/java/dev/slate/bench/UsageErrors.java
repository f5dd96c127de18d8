package dev.slate.bench;

import dev.slate.data.InputException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line, the option first, why picocli refuses a command line. */
final class UsageErrors {
  /** picocli names the option again in front of what a converter says. */
  private static final Pattern PREAMBLE =
      Pattern.compile("^(Invalid value|Could not convert '.*') for [^:]*: ", Pattern.DOTALL);

  /** It lists the constants of an enum besides what they are called. */
  private static final Pattern NONE_OF =
      Pattern.compile(
          "expected one of \\[.*] \\(case-insensitive\\) but was '(.*)'", Pattern.DOTALL);

  /** Of an option that takes a name and a value. */
  private static final Pattern NO_PAIR =
      Pattern.compile("Value for .* should be in KEY=VALUE format but was (.*)", Pattern.DOTALL);

  /** Characters of a message; an argument that it quotes may be of any length. */
  private static final int MAX_LINE = 2_000;

  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

  private UsageErrors() {}

  /**
   * The complaint about a command line.
   *
   * @param failure from picocli, or from a command that checks its options together
   * @return one line, {@code <option>: <what is wrong>}
   */
  static String describe(ParameterException failure) {
    return oneLine(complaint(failure));
  }

  private static String complaint(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (failure instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      List<String> unknown =
          missing.getCommandLine().getUnmatchedArguments().stream()
              .filter(argument -> argument.startsWith("-"))
              .toList();
      return unknown.isEmpty()
          ? missing(missing)
          : unmatched(new UnmatchedArgumentException(missing.getCommandLine(), unknown));
    }
    if (failure instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + ": given twice";
    }
    return invalid(failure);
  }

  /**
   * Joins lines, and replaces other control characters: what is quoted must not steer a terminal.
   *
   * @param text of one line or several
   * @return on one line
   */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(LINE_BREAK.matcher(text.strip()).replaceAll(" "));
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        line.setCharAt(i, Character.isWhitespace(c) ? ' ' : '\ufffd');
      }
    }
    return line.length() <= MAX_LINE ? line.toString() : line.substring(0, MAX_LINE) + "...";
  }

  private static String unmatched(UnmatchedArgumentException failure) {
    String argument = failure.getUnmatched().getFirst();
    boolean commandWanted =
        !failure.getCommandLine().getSubcommands().isEmpty()
            && failure.getCommandLine().getCommandSpec().positionalParameters().isEmpty();
    String problem =
        argument.startsWith("-")
            ? ": no such option"
            : commandWanted ? ": no such command" : ": one argument too many";
    return failure.getSuggestions().stream()
        .min(Comparator.comparingInt(name -> misspelled(argument, name)))
        .map(name -> argument + problem + "; meant " + name + "?")
        .orElse(argument + problem);
  }

  /** Letters of one word that the other has not at that place, from both of their ends inwards. */
  private static int misspelled(String word, String name) {
    int shorter = Math.min(word.length(), name.length());
    int same = 0;
    while (same < shorter && word.charAt(same) == name.charAt(same)) {
      same++;
    }
    int tail = 0;
    while (tail < shorter - same
        && word.charAt(word.length() - 1 - tail) == name.charAt(name.length() - 1 - tail)) {
      tail++;
    }
    return Math.max(word.length(), name.length()) - same - tail;
  }

  private static String missing(MissingParameterException failure) {
    List<ArgSpec> missing = failure.getMissing();
    String names = missing.stream().map(UsageErrors::name).collect(Collectors.joining(", "));
    boolean valueless = String.valueOf(failure.getMessage()).contains("parameter for option");
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    return names + (valueless ? ": needs a value" : ": missing") + "; see " + command + " --help";
  }

  private static String invalid(ParameterException failure) {
    if (failure.getCause() instanceof InputException input) {
      return String.valueOf(input.getMessage());
    }
    String message = String.valueOf(failure.getMessage());
    ArgSpec argument = failure.getArgSpec();
    Matcher single = NO_PAIR.matcher(message);
    if (argument != null && single.matches()) {
      return name(argument) + ": '" + single.group(1) + "' is no " + argument.paramLabel();
    }
    return argument == null
        ? message
        : name(argument) + ": " + choices(argument, PREAMBLE.matcher(message).replaceFirst(""));
  }

  /** What the help offers is what may be chosen. */
  private static String choices(ArgSpec argument, String problem) {
    Matcher refused = NONE_OF.matcher(problem);
    if (!refused.matches() || argument.completionCandidates() == null) {
      return problem;
    }
    return "'"
        + refused.group(1)
        + "' is none of "
        + String.join(", ", argument.completionCandidates());
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName()
        : argument.paramLabel().replaceAll("[<>]", "");
  }
}
