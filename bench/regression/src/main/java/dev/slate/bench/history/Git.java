package dev.slate.bench.history;

import dev.slate.bench.results.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Asks the repository of a folder. */
record Git(Path folder) {
  /** The way from a branch to a commit that it holds, such as {@code ~3^2}. */
  private static final Pattern STEPS_BACK = Pattern.compile("[~^].*$");

  /**
   * The commit that is checked out.
   *
   * @return its hash
   * @throws BadInputException if the folder is in no repository
   */
  String commit() {
    return ask("--commit", "rev-parse", "HEAD");
  }

  /**
   * The time of a commit.
   *
   * @param commit any name of it
   * @return ISO 8601
   * @throws BadInputException if there is no such commit here
   */
  String time(String commit) {
    return ask("--time", "show", "-s", "--format=%cI", commit + "^{commit}");
  }

  /**
   * The branch that is checked out; where a commit is, as in every CI, the branch that the CI
   * names, else one that holds the commit.
   *
   * @param environment variables by name
   * @return its name; empty where none is known
   */
  String branch(Map<String, String> environment) {
    String checkedOut = tell("rev-parse", "--abbrev-ref", "HEAD");
    if (!checkedOut.isEmpty() && !checkedOut.equals("HEAD")) {
      return checkedOut;
    }
    String named = CiBranch.of(environment);
    if (!named.isEmpty()) {
      return named;
    }
    String holding =
        tell(
            "name-rev",
            "--name-only",
            "--refs=refs/heads/*",
            "--refs=refs/remotes/*",
            "--exclude=*/HEAD",
            "HEAD");
    String branch = CiBranch.plain(STEPS_BACK.matcher(holding).replaceFirst(""));
    return branch.equals("undefined") ? "" : branch;
  }

  private String tell(String... arguments) {
    try {
      return ask("--branch", arguments);
    } catch (BadInputException e) {
      return "";
    }
  }

  private String ask(String option, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      git.getOutputStream().close();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (git.waitFor() == 0 && !said.isEmpty()) {
        return said;
      }
    } catch (IOException e) {
      throw new BadInputException(option, "is needed: git cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new BadInputException(option, "is needed: git does not know it in " + folder);
  }
}
