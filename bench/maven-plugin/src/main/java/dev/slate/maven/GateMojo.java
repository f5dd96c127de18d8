package dev.slate.maven;

import dev.slate.bench.gate.GateCommand;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Measures the benchmarks of the working tree and of a baseline in turns, and fails the build if
 * one regressed. Builds both itself, with the command that {@code slate.build} says, and leaves the
 * working tree as it is.
 */
@Mojo(name = "gate", aggregator = true, threadSafe = true)
public final class GateMojo extends CommandMojo {
  private static final File USUAL_SETTINGS =
      new File(System.getProperty("user.home"), ".m2/settings.xml");

  /**
   * What to measure against: a git ref, a benchmark jar, or a folder of jars; {@code stored} takes
   * what was kept on this machine.
   */
  @Parameter(property = "baseline")
  private @Nullable String baseline;

  /** Whether to measure the candidate alone and keep its results as the baseline. */
  @Parameter(property = "slate.storeBaseline", defaultValue = "false")
  private boolean storeBaseline;

  /** Where a stored baseline is kept: a folder, or a git ref; refs/slate/baseline otherwise. */
  @Parameter(property = "slate.store")
  private @Nullable String store;

  /** The code that is judged: the same kinds (default: the working tree). */
  @Parameter(property = "candidate")
  private @Nullable String candidate;

  /** Limit of the time to measure, builds excluded, such as 5m; 10m unless set. */
  @Parameter(property = "budget")
  private @Nullable String budget;

  /**
   * The command that builds a checkout; the wrapper of Maven, or mvn, where nothing is said. Such a
   * build has the settings, the local repository and the {@code --offline} of this one.
   */
  @Parameter(property = "slate.build")
  private @Nullable String build;

  /** The benchmark jar in a built checkout, a pattern; found where nothing is said. */
  @Parameter(property = "slate.jar")
  private @Nullable String jar;

  /** The java that runs the benchmarks; that of Maven where nothing is said. */
  @Parameter(property = "slate.java")
  private @Nullable String java;

  /** Flags for the JVMs of the benchmarks. */
  @Parameter(property = "slate.jvmArgs")
  private @Nullable String jvmArgs;

  /** Arguments for JMH, such as {@code -p n=1000}. */
  @Parameter(property = "slate.jmhArgs")
  private @Nullable String jmhArgs;

  /** Where the forks, gate.json, gate.md and machine.json are kept. */
  @Parameter(property = "slate.out", defaultValue = "${project.build.directory}/slate-gate")
  private String out = "";

  /** The folder that is built, in a git repository. */
  @Parameter(defaultValue = "${project.basedir}", readonly = true, required = true)
  private File project = new File("");

  /** The settings of the build that this goal is part of. */
  @Parameter(defaultValue = "${session.request.userSettingsFile}", readonly = true)
  private @Nullable File userSettings;

  /** Its local repository, where the command line names one. */
  @Parameter(defaultValue = "${maven.repo.local}", readonly = true)
  private @Nullable String localRepository;

  /** Whether it may download nothing. */
  @Parameter(defaultValue = "${settings.offline}", readonly = true)
  private boolean offline;

  /** For Maven. */
  public GateMojo() {}

  @Override
  Callable<Integer> command() {
    List<String> build = new ArrayList<>();
    if (userSettings != null && userSettings.exists() && !userSettings.equals(USUAL_SETTINGS)) {
      build.addAll(List.of("-s", userSettings.getAbsolutePath()));
    }
    if (localRepository != null) {
      build.add("-Dmaven.repo.local=" + localRepository);
    }
    if (offline) {
      build.add("-o");
    }
    return new GateCommand(build, PropertyNames::inNote);
  }

  @Override
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--baseline", baseline);
    if (storeBaseline) {
      arguments.add("--store-baseline");
    }
    add(arguments, "--store", store);
    add(arguments, "--candidate", candidate);
    add(arguments, "--budget", budget);
    add(arguments, "--project", project.getPath());
    add(arguments, "--build", build);
    add(arguments, "--jar", jar);
    add(arguments, "--java", java);
    add(arguments, "--jvm-args", jvmArgs);
    add(arguments, "--jmh-args", jmhArgs);
    add(arguments, "--out", out);
    return arguments;
  }
}
