package dev.slate.maven;

import dev.slate.bench.results.BadInputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * A goal that runs a command of Slate in Maven's JVM. A regression fails the build; a row that is
 * undecided or missing does so if {@code slate.strict} says it.
 */
abstract class CommandMojo extends AbstractMojo {
  private static final int REGRESSION = 3;
  private static final int UNDECIDED = 4;
  private static final int INTERRUPTED = 130;

  /** Chance of one false alarm in the whole run; 0.01 where nothing is said. */
  @Parameter(property = "slate.alpha")
  private @Nullable String alpha;

  /** Smallest change that matters, such as 5%, which holds where nothing is said. */
  @Parameter(property = "slate.minEffect")
  private @Nullable String minEffect;

  /** Only the benchmarks whose name contains a match of this regular expression. */
  @Parameter(property = "benchmarks")
  private @Nullable String benchmarks;

  /** Further options of the command, as on the command line, each an element of the list. */
  @Parameter(property = "slate.options")
  private @Nullable List<String> options;

  /** Whether an undecided or missing row fails the build. */
  @Parameter(property = "slate.strict", defaultValue = "false")
  private boolean strict;

  /** Whether to do nothing. */
  @Parameter(property = "slate.skip", defaultValue = "false")
  private boolean skip;

  /** For Maven. */
  CommandMojo() {}

  /**
   * The command.
   *
   * @return annotated for picocli
   */
  abstract Callable<Integer> command();

  /**
   * The arguments that this goal's own parameters make.
   *
   * @return a new list
   */
  abstract List<String> arguments();

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("skipped, as slate.skip says");
      return;
    }
    List<String> arguments = new ArrayList<>(arguments());
    add(arguments, "--alpha", alpha);
    add(arguments, "--min-effect", minEffect);
    add(arguments, "--benchmarks", benchmarks);
    if (options != null) {
      arguments.addAll(options);
    }
    StringWriter out = new StringWriter();
    StringBuilder problem = new StringBuilder();
    int exitCode =
        new CommandLine(command())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(new LogWriter(getLog()), true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setParameterExceptionHandler(
                (failure, any) -> {
                  problem.append(failure.getMessage());
                  return CommandLine.ExitCode.USAGE;
                })
            .setExecutionExceptionHandler(
                (failure, any, parsed) -> {
                  if (!(failure instanceof BadInputException)) {
                    throw failure;
                  }
                  problem.append(failure.getMessage());
                  return CommandLine.ExitCode.USAGE;
                })
            .execute(arguments.toArray(String[]::new));
    out.toString().lines().forEach(line -> getLog().info(line));
    conclude(exitCode, problem.toString());
  }

  private void conclude(int exitCode, String problem)
      throws MojoExecutionException, MojoFailureException {
    switch (exitCode) {
      case 0 -> {}
      case REGRESSION -> throw new MojoFailureException("a benchmark regressed");
      case UNDECIDED -> {
        if (strict) {
          throw new MojoFailureException("a benchmark is undecided or missing");
        }
        getLog().warn("a benchmark is undecided or missing; -Dslate.strict would fail the build");
      }
      case INTERRUPTED -> throw new MojoExecutionException("interrupted");
      default ->
          throw new MojoExecutionException(
              problem.isEmpty() ? "Slate failed" : PropertyNames.in(problem));
    }
  }

  /**
   * Adds an option that has a value.
   *
   * @param arguments take it
   * @param option its name
   * @param value null or empty to add nothing
   */
  static void add(List<String> arguments, String option, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      arguments.add(option);
      arguments.add(value);
    }
  }
}
