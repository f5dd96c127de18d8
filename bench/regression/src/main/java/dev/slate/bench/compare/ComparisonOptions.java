package dev.slate.bench.compare;

import dev.slate.bench.commits.HistoryFile;
import dev.slate.bench.results.BadInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that set the rules of a comparison; a mixin of the commands that compare. */
public final class ComparisonOptions {
  @Option(
      names = "--alpha",
      paramLabel = "P",
      description = "Chance of one false alarm in the whole run (default: 0.01).")
  private String alpha = "0.01";

  @Option(
      names = "--min-effect",
      paramLabel = "PERCENT",
      description = "Smallest change that matters (default: 5%%).")
  private String minEffect = "5%";

  @Option(
      names = "--confidence",
      paramLabel = "PERCENT",
      description = "Level of the intervals (default: 95%%).")
  private String confidence = "95%";

  @Option(
      names = "--fork-spread",
      paramLabel = "PERCENT",
      description =
          "Standard deviation between forks of the same code, for files that have too few to show"
              + " it (default: 3%%).")
  private String forkSpread = "3%";

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description =
          "What slate history add keeps: in place of --fork-spread for benchmarks with ten results"
              + " or more in it.")
  private @Nullable String history;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  /**
   * Reads the options.
   *
   * @return the rules
   * @throws BadInputException if one is not a number or out of range, or the history cannot be read
   */
  public ComparisonRules rules() {
    return new ComparisonRules(
        Shares.between("--alpha", alpha),
        Shares.parse("--min-effect", minEffect),
        Shares.between("--confidence", confidence),
        seed,
        spread());
  }

  private ForkSpread spread() {
    ForkSpread stated = ForkSpread.stated(Shares.between("--fork-spread", forkSpread));
    return history == null ? stated : stated.with(new HistoryFile(history).read());
  }
}
