package dev.slate.bench.history;

import dev.slate.bench.results.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks the repository of a folder. */
record Git(Path folder) {

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
   * The branch that is checked out.
   *
   * @return its name; empty on no branch, or in no repository
   */
  String branch() {
    try {
      String name = ask("--branch", "rev-parse", "--abbrev-ref", "HEAD");
      return name.equals("HEAD") ? "" : name;
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
