package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A git repository for a test. */
record Repository(Path folder) {

  /** Makes one whose first commit holds what is in the folder. */
  static Repository of(Path folder) throws IOException, InterruptedException {
    Repository repository = new Repository(folder);
    repository.git("init", "-q", "-b", "main");
    repository.commit();
    return repository;
  }

  void commit() throws IOException, InterruptedException {
    git("add", "-A");
    git("commit", "-q", "-m", "A change");
  }

  String git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-C",
                folder.toString(),
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.org",
                "-c",
                "commit.gpgsign=false"));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, git.waitFor(), said);
    return said.strip();
  }

  /** The repository's folder and nothing else. */
  void assertNoWorktreeIsLeft() throws IOException, InterruptedException {
    assertEquals(1, git("worktree", "list").lines().count(), () -> "worktrees are left");
  }
}
