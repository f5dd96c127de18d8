package dev.slate.maven;

import dev.slate.bench.compare.CompareCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Compares two results of JMH ({@code -rf json}) and fails the build if one regressed. */
@Mojo(name = "compare", requiresProject = false, aggregator = true, threadSafe = true)
public final class CompareMojo extends CommandMojo {
  /** The baseline's results. */
  @Parameter(property = "base", required = true)
  private String base = "";

  /** The candidate's results. */
  @Parameter(property = "candidate", required = true)
  private String candidate = "";

  /** For Maven. */
  public CompareMojo() {}

  @Override
  Callable<Integer> command() {
    return new CompareCommand(PropertyNames::inNote);
  }

  @Override
  List<String> arguments() {
    return new ArrayList<>(List.of(base, candidate));
  }
}
