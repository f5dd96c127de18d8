package dev.slate.sim.cli;

import dev.slate.sim.Behavior;
import dev.slate.sim.BetaChoice;
import dev.slate.sim.Choice;
import dev.slate.sim.ExposureDrift;
import dev.slate.sim.PositionBasedChoice;
import dev.slate.sim.ReactionRates;
import dev.slate.sim.Simulation;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of how users pick, move and behave. */
final class ModelOptions {
  private static final double MANY = 1e6;

  @Option(
      names = "--gamma",
      defaultValue = "0.025",
      description = "How much a pick moves a user (default: ${DEFAULT-VALUE}).")
  private double gamma;

  @Option(
      names = "--noise",
      defaultValue = "0.15",
      description = "Standard deviation of that movement's noise (default: ${DEFAULT-VALUE}).")
  private double noise;

  @Option(
      names = "--clamp",
      defaultValue = "1",
      description = "Preferences stay within [-clamp, clamp] (default: ${DEFAULT-VALUE}).")
  private double clamp;

  @Option(
      names = "--alpha",
      defaultValue = "0.5",
      description = "First shape of the Beta choice over ranks (default: ${DEFAULT-VALUE}).")
  private double alpha;

  @Option(
      names = "--beta",
      defaultValue = "3",
      description = "Second shape of the Beta choice over ranks (default: ${DEFAULT-VALUE}).")
  private double beta;

  @Option(
      names = "--relevance",
      defaultValue = "0",
      description =
          "Weight of liking in a choice: 0 picks by rank alone, 10 strongly by liking (default:"
              + " ${DEFAULT-VALUE}).")
  private double relevance;

  @Option(
      names = "--like",
      defaultValue = "0",
      description = "Probability that a user who likes her pick says so.")
  private double like;

  @Option(
      names = "--dislike",
      defaultValue = "0",
      description = "Probability that a user who dislikes her pick says so.")
  private double dislike;

  @Option(
      names = "--double-like",
      defaultValue = "0",
      description = "Probability that a user who likes her pick very much says so.")
  private double doubleLike;

  @Option(
      names = "--boredom",
      arity = "0..1",
      defaultValue = "0",
      fallbackValue = "0.25",
      paramLabel = "X",
      description =
          "How tired users get of an author and of a region: 0 never (the default); without a"
              + " number ${FALLBACK-VALUE}, a quarter of the scale of liking; 1 passes over what"
              + " was picked at every step.")
  private double boredom;

  @Option(
      names = "--recovery",
      defaultValue = "0.2",
      description =
          "Share of the boredom that builds up or fades in a step (default: ${DEFAULT-VALUE}).")
  private double recovery;

  @Option(
      names = "--estimate",
      description = "The system does not read preferences, it estimates them from picks.")
  private boolean estimate;

  @Option(
      names = "--gamers",
      defaultValue = "0",
      description = "Share of users who pick what is closest to whom they were at the start.")
  private double gamers;

  @Option(
      names = "--leaving",
      defaultValue = "0",
      description = "Probability that a wholly dissatisfied user leaves after a step.")
  private double leaving;

  @Option(
      names = "--wariness",
      defaultValue = "0",
      description = "Probability that a disclosed advertisement is passed over.")
  private double wariness;

  Behavior behavior() {
    return new Behavior(
        OptionChecks.within(0, 1, "--boredom", boredom),
        OptionChecks.within(0, 1, "--recovery", recovery),
        estimate,
        OptionChecks.within(0, 1, "--gamers", gamers),
        OptionChecks.within(0, 1, "--leaving", leaving),
        OptionChecks.within(0, 1, "--wariness", wariness));
  }

  /** Largest size of an attribute of a preference. */
  double clamp() {
    return clamp;
  }

  void apply(Simulation simulation) {
    simulation
        .choice(
            choice(
                new BetaChoice(
                    OptionChecks.within(1e-3, 1e3, "--alpha", alpha),
                    OptionChecks.within(1e-3, 1e3, "--beta", beta))))
        .drift(
            new ExposureDrift(
                OptionChecks.within(0, MANY, "--gamma", gamma),
                OptionChecks.within(0, MANY, "--noise", noise),
                OptionChecks.within(1e-6, MANY, "--clamp", clamp)))
        .behavior(behavior())
        .feedback(feedback());
  }

  private Choice choice(BetaChoice places) {
    double weight = OptionChecks.within(0, 1e3, "--relevance", relevance);
    return weight == 0 ? places : new PositionBasedChoice(places, weight);
  }

  private ReactionRates feedback() {
    return new ReactionRates(
        OptionChecks.within(0, 1, "--dislike", dislike),
        OptionChecks.within(0, 1, "--like", like),
        OptionChecks.within(0, 1, "--double-like", doubleLike));
  }

  /** What has to be known to read the numbers. */
  List<String> notes() {
    return estimate && relevance == 0
        ? List.of(
            "Picks depend on the rank alone, so they tell nothing about preferences: the estimate"
                + " has nothing to learn from. Choose --relevance 10, or reactions as --like 0.5.")
        : List.of();
  }

  void describe(Map<String, Object> settings) {
    settings.put("gamma", gamma);
    settings.put("noise", noise);
    settings.put("clamp", clamp);
    settings.put("alpha", alpha);
    settings.put("beta", beta);
    settings.put("relevance", relevance);
    settings.put("like", like);
    settings.put("dislike", dislike);
    settings.put("double_like", doubleLike);
    settings.put("boredom", boredom);
    settings.put("recovery", recovery);
    settings.put("estimate", estimate);
    settings.put("gamers", gamers);
    settings.put("leaving", leaving);
    settings.put("wariness", wariness);
  }
}
