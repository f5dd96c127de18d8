package dev.slate.bench.history;

import java.util.List;
import java.util.Map;

/**
 * The branch that a CI works on. A CI checks out a commit, not a branch, and names the branch in a
 * variable; for a pull request, the branch that is to be merged.
 */
final class CiBranch {
  /** A branch, if {@code condition} is empty or such a variable has that value. */
  private record Variable(String name, String condition, String value) {
    Variable(String name) {
      this(name, "", "");
    }
  }

  private static final List<Variable> VARIABLES =
      List.of(
          // GitHub: the branch of a pull request, else of a push; a tag is none.
          new Variable("GITHUB_HEAD_REF"),
          new Variable("GITHUB_REF_NAME", "GITHUB_REF_TYPE", "branch"),
          // GitLab.
          new Variable("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"),
          new Variable("CI_COMMIT_BRANCH"),
          // Jenkins: multibranch pipelines, then the plugin for git.
          new Variable("CHANGE_BRANCH"),
          new Variable("BRANCH_NAME"),
          new Variable("GIT_BRANCH"),
          // Azure Pipelines.
          new Variable("SYSTEM_PULLREQUEST_SOURCEBRANCH"),
          new Variable("BUILD_SOURCEBRANCH"));

  private static final List<String> PREFIXES = List.of("refs/heads/", "remotes/", "origin/");

  private CiBranch() {}

  /**
   * Reads the variables.
   *
   * @param environment by name
   * @return the branch; empty where none says
   */
  static String of(Map<String, String> environment) {
    for (Variable variable : VARIABLES) {
      String name = environment.getOrDefault(variable.name(), "");
      boolean holds =
          variable.condition().isEmpty()
              || variable.value().equals(environment.get(variable.condition()));
      String branch = plain(name);
      if (holds && !branch.isEmpty()) {
        return branch;
      }
    }
    return "";
  }

  /**
   * The name of a branch without where it stands.
   *
   * @param ref such as {@code refs/heads/main} or {@code origin/main}
   * @return such as {@code main}; empty for a ref that is no branch
   */
  static String plain(String ref) {
    String name = ref;
    for (String prefix : PREFIXES) {
      name = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
    return name.startsWith("refs/") ? "" : name;
  }
}
