package dev.slate.bench;

import dev.slate.bench.results.BadInputException;
import dev.slate.data.InputException;
import dev.slate.data.cli.Remedies;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into an exit code and, where the user can correct it, one line. */
final class Failures {
  private static final String REPORT =
      "slate: this is a bug in Slate; please report it, with the lines above and what slate doctor"
          + " prints (CONTRIBUTING.md says how)";

  private Failures() {}

  static int usage(ParameterException failure, String[] args) {
    return say(failure.getCommandLine().getErr(), UsageErrors.describe(failure));
  }

  static int execution(Exception failure, CommandLine commandLine, ParseResult parsed) {
    return exitCode(failure, commandLine.getErr());
  }

  /**
   * Reports a failure.
   *
   * @param failure whatever ended a command
   * @param err where to say so
   * @return 0 for a closed pipe, 2 for what the user can correct, 1 for a bug
   */
  static int exitCode(Throwable failure, PrintWriter err) {
    return switch (failure) {
      case ClosedPipeException gone -> ExitCode.OK;
      case InputException input -> say(err, Remedies.line(input));
      case BadInputException input -> say(err, String.valueOf(input.getMessage()));
      case InvalidPathException name -> say(err, name.getInput() + ": is not a file name");
      case OutOfMemoryError full -> say(err, memory(full));
      default -> {
        failure.printStackTrace(err);
        err.println(REPORT);
        err.flush();
        yield ExitCode.SOFTWARE;
      }
    };
  }

  private static String memory(OutOfMemoryError full) {
    return "memory: a heap of %,d MiB is too small (%s); SLATE_JAVA_OPTS=-Xmx... sets another"
        .formatted(Runtime.getRuntime().maxMemory() >> 20, full.getMessage());
  }

  private static int say(PrintWriter err, String message) {
    err.println("slate: " + UsageErrors.oneLine(message));
    err.flush();
    return ExitCode.USAGE;
  }
}
