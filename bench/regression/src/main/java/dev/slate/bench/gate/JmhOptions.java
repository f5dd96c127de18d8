package dev.slate.bench.gate;

import dev.slate.bench.results.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The user's options for every fork.
 *
 * @param java the program that starts a JVM
 * @param benchmarks a regular expression
 * @param arguments more of JMH's own
 */
record JmhOptions(String java, String benchmarks, List<String> arguments) {
  /** What the gate itself says; another word on it would break the turns or the results. */
  private static final Set<String> OWN =
      Set.of("-f", "-wf", "-rf", "-rff", "-o", "-l", "-lp", "-h");

  private static final Set<String> ITERATION_TIME = Set.of("-w", "-r");
  private static final Set<String> ITERATIONS = Set.of("-w", "-r", "-i");
  private static final Set<String> UNIT = Set.of("-p", "-bm");

  /**
   * Checks the options.
   *
   * @param java the program that starts a JVM
   * @param benchmarks a regular expression
   * @param jmhArguments the text of {@code --jmh-args}
   * @param jvmArguments the text of {@code --jvm-args}
   * @return what to pass on
   * @throws BadInputException if an argument is the gate's own
   */
  static JmhOptions of(String java, String benchmarks, String jmhArguments, String jvmArguments) {
    List<String> arguments = new ArrayList<>(List.of(jmhArguments.strip().split("\\s+", -1)));
    arguments.removeIf(String::isEmpty);
    for (String argument : arguments) {
      if (OWN.contains(argument)) {
        throw new BadInputException("--jmh-args", "the gate sets " + argument + " itself");
      }
    }
    if (!jvmArguments.isBlank()) {
      arguments.add("-jvmArgsAppend");
      arguments.add(jvmArguments.strip());
    }
    return new JmhOptions(java, benchmarks, List.copyOf(arguments));
  }

  /**
   * For a dry run, which makes iterations short.
   *
   * @return the arguments but for the length of iterations
   */
  List<String> forSurvey() {
    return without(ITERATION_TIME);
  }

  /**
   * For a unit, which chooses its own mode and parameters.
   *
   * @return the arguments but for those
   */
  List<String> forUnit() {
    return without(UNIT);
  }

  private List<String> without(Set<String> options) {
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (options.contains(arguments.get(i))) {
        i++;
      } else {
        rest.add(arguments.get(i));
      }
    }
    return rest;
  }

  /**
   * Tells whether the user sets the length or number of iterations.
   *
   * @return true if the gate must not
   */
  boolean setIterations() {
    return arguments.stream().anyMatch(ITERATIONS::contains);
  }
}
