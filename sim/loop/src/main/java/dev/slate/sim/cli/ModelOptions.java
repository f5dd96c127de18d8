package dev.slate.sim.cli;

import dev.slate.sim.Behavior;
import dev.slate.sim.BetaChoice;
import dev.slate.sim.ExposureDrift;
import dev.slate.sim.Simulation;
import java.util.Map;
import picocli.CommandLine.Option;

/** How users pick, drift and behave. */
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
      names = "--boredom",
      defaultValue = "0",
      description = "How fast users tire of an author and of a region: 0 never, 0.3 soon.")
  private double boredom;

  @Option(
      names = "--recovery",
      defaultValue = "0.1",
      description = "Share of a boredom that fades in a step (default: ${DEFAULT-VALUE}).")
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
        OptionChecks.within(0, MANY, "--boredom", boredom),
        OptionChecks.within(0, 1, "--recovery", recovery),
        estimate,
        OptionChecks.within(0, 1, "--gamers", gamers),
        OptionChecks.within(0, 1, "--leaving", leaving),
        OptionChecks.within(0, 1, "--wariness", wariness));
  }

  void apply(Simulation simulation) {
    simulation
        .choice(
            new BetaChoice(
                OptionChecks.within(1e-3, 1e3, "--alpha", alpha),
                OptionChecks.within(1e-3, 1e3, "--beta", beta)))
        .drift(
            new ExposureDrift(
                OptionChecks.within(0, MANY, "--gamma", gamma),
                OptionChecks.within(0, MANY, "--noise", noise),
                OptionChecks.within(1e-6, MANY, "--clamp", clamp)))
        .behavior(behavior());
  }

  void describe(Map<String, Object> settings) {
    settings.put("gamma", gamma);
    settings.put("noise", noise);
    settings.put("clamp", clamp);
    settings.put("alpha", alpha);
    settings.put("beta", beta);
    settings.put("boredom", boredom);
    settings.put("recovery", recovery);
    settings.put("estimate", estimate);
    settings.put("gamers", gamers);
    settings.put("leaving", leaving);
    settings.put("wariness", wariness);
  }
}
