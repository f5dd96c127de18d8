package dev.slate.bench;

import dev.slate.data.InputException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into an exit code and, where the user can correct it, one line. */
final class Failures {
  private Failures() {}

  static int usage(ParameterException failure, String[] args) {
    return say(failure.getCommandLine(), String.valueOf(failure.getMessage()));
  }

  static int execution(Exception failure, CommandLine commandLine, ParseResult parsed) {
    if (failure instanceof InputException) {
      return say(commandLine, String.valueOf(failure.getMessage()));
    }
    failure.printStackTrace(commandLine.getErr());
    commandLine
        .getErr()
        .println(
            "slate: this is a bug in Slate; please report it with the lines above and the output of"
                + " slate doctor (CONTRIBUTING.md says where)");
    return ExitCode.SOFTWARE;
  }

  private static int say(CommandLine commandLine, String message) {
    commandLine.getErr().println("slate: " + message.replaceAll("\\R", " "));
    return ExitCode.USAGE;
  }
}
