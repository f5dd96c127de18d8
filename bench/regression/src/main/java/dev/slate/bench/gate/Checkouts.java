package dev.slate.bench.gate;

import dev.slate.bench.results.BadInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds refs of a git repository, and its working tree, in folders of their own: the repository's
 * own files and build output stay as they are. {@link #close} takes the folders away again.
 */
final class Checkouts implements AutoCloseable {
  private static final Duration NO_LIMIT = Duration.ofHours(1);
  private static final int LINES_OF_A_FAILED_BUILD = 25;

  private final Path project;
  private final @Nullable String build;
  private final List<String> mavenOptions;
  private final @Nullable String jar;
  private final Path scratch;
  private final Processes processes;
  private final PrintWriter err;
  private final List<Path> worktrees = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param project the folder of the repository that is built
   * @param build the user's command, or null to look for a build tool
   * @param mavenOptions more options of Maven, where the build is looked for and is Maven's
   * @param jar the user's pattern for the benchmark jar, or null to look for it
   * @param scratch a folder for the checkouts
   * @param processes to run git and the build
   * @param err takes the end of a failed build
   */
  Checkouts(
      Path project,
      @Nullable String build,
      List<String> mavenOptions,
      @Nullable String jar,
      Path scratch,
      Processes processes,
      PrintWriter err) {
    this.project = project;
    this.build = build;
    this.mavenOptions = mavenOptions;
    this.jar = jar;
    this.scratch = scratch;
    this.processes = processes;
    this.err = err;
  }

  /**
   * Builds a ref.
   *
   * @param option that named it, for messages
   * @param ref a branch, tag or commit
   * @return the benchmark jar, or a folder of jars
   * @throws BadInputException if there is no such ref, or it does not build
   */
  Path ref(String option, String ref) {
    if (ref.startsWith("-")
        || git(List.of("rev-parse", "--verify", "--quiet", ref + "^{commit}")) != 0) {
      throw new BadInputException(
          option, "'" + ref + "' is no jar, no folder of jars and no git ref of " + project);
    }
    return built(option, ref, worktree(option, ref));
  }

  /**
   * Builds a copy of the working tree: the commit that is checked out, and over it every file that
   * git knows or would add, as it is now.
   *
   * @param option that means it, for messages
   * @return the benchmark jar, or a folder of jars
   * @throws BadInputException if the project is not in a repository, or does not build
   */
  Path workingTree(String option) {
    Path root = Path.of(ask(option, "rev-parse", "--show-toplevel").strip());
    Path folder = worktree(option, "HEAD");
    try {
      for (String gone :
          names(
              ask(
                  option,
                  "diff",
                  "--name-only",
                  "-z",
                  "--no-renames",
                  "--diff-filter=D",
                  "HEAD"))) {
        Files.deleteIfExists(folder.resolve(gone));
      }
      for (String name :
          names(
              ask(
                  option,
                  "ls-files",
                  "-z",
                  "--full-name",
                  "--cached",
                  "--others",
                  "--exclude-standard",
                  root.toString()))) {
        copy(root.resolve(name), folder.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return built(option, "the working tree", folder);
  }

  private Path worktree(String option, String ref) {
    Path folder = scratch.resolve("checkout-" + worktrees.size());
    worktrees.add(folder);
    ask(option, "worktree", "add", "--detach", "--force", folder.toString(), ref);
    return folder;
  }

  private static List<String> names(String list) {
    return Stream.of(list.split("\0", -1)).filter(name -> !name.isEmpty()).toList();
  }

  /** Copies a file that is there; a submodule is a folder, and stays as the commit has it. */
  private static void copy(Path file, Path copy) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(Objects.requireNonNull(copy.getParent()));
      Files.copy(
          file,
          copy,
          LinkOption.NOFOLLOW_LINKS,
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path built(String option, String name, Path checkout) {
    Path folder = checkout.resolve(ask(option, "rev-parse", "--show-prefix").strip());
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(option, name + " has no folder " + checkout.relativize(folder));
    }
    Path root = build == null ? Reactor.root(checkout, folder) : folder;
    List<String> command = buildCommand(option, checkout, root, folder);
    err.println("gate: building " + name + ": " + String.join(" ", command));
    err.flush();
    Path log = scratch.resolve("build.log");
    int code = run(command, root, log, log);
    if (code != 0) {
      Logs.tail(log, LINES_OF_A_FAILED_BUILD).forEach(err::println);
      throw new BadInputException(option, "the build of " + name + " ended with " + code);
    }
    List<Path> found = jar == null ? BenchmarkJars.in(folder) : BenchmarkJars.matching(folder, jar);
    if (found.size() == 1) {
      return found.get(0);
    }
    if (jar != null && found.isEmpty()) {
      throw new BadInputException(
          "--jar",
          "nothing in the build of "
              + name
              + " matches '"
              + jar
              + "', a pattern relative to the project");
    }
    throw new BadInputException(
        jar == null ? option : "--jar",
        found.isEmpty()
            ? "no benchmark jar in the build of " + name + "; --jar names it"
            : found.size()
                + " benchmark jars in the build of "
                + name
                + "; --jar names one, such as "
                + folder.relativize(found.get(0)));
  }

  private List<String> buildCommand(String option, Path checkout, Path root, Path folder) {
    if (build != null) {
      return List.of("sh", "-c", build);
    }
    if (Files.exists(root.resolve("pom.xml")) || Files.exists(root.resolve("mvnw"))) {
      String wrapper = wrapper("mvnw", checkout, root);
      return maven(wrapper == null ? List.of("mvn") : List.of("sh", wrapper), root, folder);
    }
    String wrapper = wrapper("gradlew", checkout, folder);
    if (wrapper != null) {
      // A daemon would live on, beside what is measured.
      return List.of("sh", wrapper, "-q", "--no-daemon", "jmhJar");
    }
    throw new BadInputException(
        option,
        "no pom.xml or mvnw in it, and no gradlew in it or above; --build says how to build it");
  }

  /** A wrapper of a build tool, relative to a folder of a checkout: in it or in one above it. */
  private static @Nullable String wrapper(String name, Path checkout, Path folder) {
    for (Path above = folder;
        above != null && above.startsWith(checkout);
        above = above.getParent()) {
      if (Files.exists(above.resolve(name))) {
        String relative = folder.equals(above) ? "." : folder.relativize(above).toString();
        return Path.of(relative, name).toString();
      }
    }
    return null;
  }

  private List<String> maven(List<String> program, Path root, Path folder) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("-B", "-q", "-DskipTests", "package"));
    if (!root.equals(folder)) {
      command.addAll(List.of("-pl", root.relativize(folder).toString(), "-am"));
    }
    command.addAll(mavenOptions);
    return command;
  }

  /** Runs git, and returns what it says. */
  private String ask(String option, String... arguments) {
    if (git(List.of(arguments)) != 0) {
      throw new BadInputException(option, "git " + arguments[0] + " failed: " + Logs.reason(log()));
    }
    try {
      return Files.readString(answer(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int git(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", project.toString()));
    command.addAll(arguments);
    return run(command, scratch, answer(), log());
  }

  private int run(List<String> command, Path folder, Path answer, Path log) {
    try {
      return processes.run(command, Map.of(), folder, answer, log, NO_LIMIT);
    } catch (IOException e) {
      throw new BadInputException(command.get(0), "cannot be started; is it installed?", e);
    }
  }

  private Path answer() {
    return scratch.resolve("git.out");
  }

  private Path log() {
    return scratch.resolve("git.log");
  }

  /** Takes the worktrees out of the repository's list again. */
  @Override
  public void close() {
    for (Path worktree : worktrees) {
      try {
        new ProcessBuilder(
                "git",
                "-C",
                project.toString(),
                "worktree",
                "remove",
                "--force",
                worktree.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
      } catch (IOException e) {
        err.println("gate: git worktree prune will forget " + worktree);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
