package dev.slate.bench.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The branch of a commit that is checked out without one, as in every CI. */
class CiBranchTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GITHUB_REF_NAME=main GITHUB_REF_TYPE=branch                   | main
          GITHUB_HEAD_REF=feature/x GITHUB_REF_NAME=12/merge GITHUB_REF_TYPE=branch | feature/x
          GITHUB_REF_NAME=v1.0 GITHUB_REF_TYPE=tag                      | ''
          CI_COMMIT_BRANCH=main                                         | main
          CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=topic                     | topic
          CHANGE_BRANCH=topic BRANCH_NAME=PR-7                          | topic
          BRANCH_NAME=main                                              | main
          GIT_BRANCH=origin/main                                        | main
          BUILD_SOURCEBRANCH=refs/heads/main                            | main
          SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/topic BUILD_SOURCEBRANCH=refs/pull/3/merge | topic
          BUILD_SOURCEBRANCH=refs/tags/v1                               | ''
          HOME=/root                                                    | ''
          """)
  void theCiSaysIt(String variables, String branch) {
    Map<String, String> environment = new TreeMap<>();
    for (String variable : variables.split(" +", -1)) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    assertEquals(branch, CiBranch.of(environment));
  }

  @Test
  void gitSaysItOtherwise() throws IOException, InterruptedException {
    git("init", "-q", "-b", "trunk");
    commit("one");
    commit("two");
    Git git = new Git(folder);
    assertEquals("trunk", git.branch(Map.of("CI_COMMIT_BRANCH", "other")));
    git("checkout", "-q", "--detach", "HEAD~1");
    assertEquals("other", git.branch(Map.of("CI_COMMIT_BRANCH", "other")));
    assertEquals("trunk", git.branch(Map.of()));
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    git("branch", "-D", "-q", "trunk");
    assertEquals("main", git.branch(Map.of()));
    git("update-ref", "-d", "refs/remotes/origin/main");
    assertEquals("", git.branch(Map.of()));
    assertEquals("", new Git(Files.createTempDirectory("no-git")).branch(Map.of()));
  }

  private void commit(String name) throws IOException, InterruptedException {
    Files.writeString(folder.resolve(name), name);
    git("add", "-A");
    git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", name);
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), command::toString);
  }
}
