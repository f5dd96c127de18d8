package dev.slate.recommend.cli;

import dev.slate.data.InputException;
import dev.slate.recommend.evaluate.Convention;
import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.Judge;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of figures and their definitions. */
final class JudgeOptions {
  @Option(
      names = "-k",
      defaultValue = "10",
      paramLabel = "K",
      description = "Cuts lists after K items; all for nowhere (default: ${DEFAULT-VALUE}).")
  private String k;

  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "NAME",
      defaultValue = Figure.USUAL,
      description =
          "Of ndcg, map, map_at_k, mrr, precision, recall, hit, rprec, rbp; ndcg@5 cuts elsewhere"
              + " (default: ${DEFAULT-VALUE}).")
  private List<String> metrics;

  @Option(
      names = "--convention",
      defaultValue = "trec_eval",
      paramLabel = "NAME",
      description =
          "Whose definitions: trec_eval, ranx, recbole, ms-recommenders, lenskit, rectools"
              + " (default: ${DEFAULT-VALUE}).")
  private String convention;

  @Option(
      names = "--persistence",
      paramLabel = "P",
      description = "Of rbp (default: 0.9 for trec_eval, else 0.8).")
  private @Nullable Double persistence;

  int k() {
    return Figure.cut("-k", k);
  }

  Judge judge() {
    Convention named = Convention.of(convention);
    if (named == null) {
      throw new InputException(
          "--convention",
          "'"
              + convention
              + "' is not one of "
              + Arrays.stream(Convention.values())
                  .map(Convention::word)
                  .collect(Collectors.joining(", ")));
    }
    double p = persistence == null ? named.persistence() : persistence;
    if (!(p > 0 && p < 1)) {
      throw new InputException("--persistence", "must be above 0 and below 1, but it is " + p);
    }
    return new Judge(Figure.parse("--metrics", metrics, k()), named, p);
  }
}
