package dev.slate.recommend.online;

import dev.slate.recommend.Features;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import dev.slate.recommend.evaluate.FullRanking;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.feedback.Split;
import dev.slate.recommend.model.Popular;
import dev.slate.sim.Behavior;
import dev.slate.sim.BetaChoice;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.PositionBasedChoice;
import dev.slate.sim.Selectors;
import dev.slate.sim.Simulation;
import dev.slate.sim.StepState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Offline against online. Users of the simulation first see random slates, which is the log. Its
 * latest fifth of each user is held back, and models trained on the rest are judged on it: the
 * offline figures. Then each model, trained on the whole log, fills the slates of the same users
 * from where the log left them, with the same random numbers: what they think of their picks is the
 * online figure.
 *
 * <p>The same settings give the same figures, whatever the number of threads.
 */
public final class OnlineTrial {
  private static final String HELD_BACK = "user:0.2";

  /**
   * The world, and how long it runs.
   *
   * @param users number of users
   * @param steps slates of each user in the log
   * @param online slates of each user by each model
   * @param k size of a slate
   * @param every after how many slates a model is trained again
   * @param relevance weight of liking in a pick, see {@link PositionBasedChoice}
   * @param boredom see {@link Behavior}
   * @param seed decides all that is random
   */
  public record World(
      int users,
      int steps,
      int online,
      int k,
      int every,
      double relevance,
      double boredom,
      long seed) {}

  private final ItemCatalog catalog;
  private final World world;
  private final Settings settings;
  private final Judge judge;
  private final Workers workers;
  private final Names users = new Names();
  private final Names items = new Names();
  private final Features attributes;

  /**
   * Prepares.
   *
   * @param catalog the items; their attributes are features that models may read
   * @param world the users
   * @param settings of the models, each key after the model's name and a dot
   * @param judge the offline figures
   * @param workers who carries it out
   */
  public OnlineTrial(
      ItemCatalog catalog, World world, Settings settings, Judge judge, Workers workers) {
    this.catalog = catalog;
    this.world = world;
    this.settings = settings;
    this.judge = judge;
    this.workers = workers;
    for (int user = 0; user < world.users; user++) {
      users.add("u" + user);
    }
    for (int item = 0; item < catalog.size(); item++) {
      items.add("i" + item);
    }
    float[] values = new float[catalog.size() * catalog.dimensions()];
    catalog.items().copyRows(0, catalog.size(), values, 0);
    boolean[] known = new boolean[catalog.size()];
    Arrays.fill(known, true);
    this.attributes = new Features(catalog.attributes(), values, known);
  }

  /**
   * Runs.
   *
   * @param kinds the models, at least one
   * @param progress takes what is done next, a few words
   * @return the comparison
   */
  public OnlineComparison run(List<ModelKind> kinds, Consumer<String> progress) {
    float[] start = new float[world.users * catalog.dimensions()];
    Feedback log = log(start, progress);
    Split.Parts parts = Split.parse(HELD_BACK).divide(log, world.seed);
    List<String> names = new ArrayList<>();
    double[][][] offline = new double[judge.figures().size()][kinds.size()][];
    double[][] online = new double[kinds.size()][];
    for (int model = 0; model < kinds.size(); model++) {
      ModelKind kind = kinds.get(model);
      names.add(kind.name());
      String which = "%s (%d of %d)".formatted(kind.name(), model + 1, kinds.size());
      progress.accept(which + ", offline");
      FullRanking ranking = offline(kind, parts);
      for (int figure = 0; figure < offline.length; figure++) {
        offline[figure][model] = ranking.scores().values()[figure];
      }
      double[] satisfaction =
          online(
              kind,
              log,
              start,
              step ->
                  progress.accept(
                      "%s, online, step %d of %d".formatted(which, step, world.online)));
      online[model] = Arrays.stream(ranking.users()).mapToDouble(u -> satisfaction[u]).toArray();
    }
    return OnlineComparison.of(judge.figures(), names, offline, online);
  }

  /** Random slates; leaves the preferences of the users at the end. */
  private Feedback log(float[] end, Consumer<String> progress) {
    ImpressionLog log = new ImpressionLog(users, items);
    simulation(Selectors.create("random"), world.steps, 0)
        .run(
            state -> {
              workers.check();
              progress.accept("the log, step %d of %d".formatted(state.step(), world.steps));
              log.add(state, state.step());
              for (int i = 0; i < end.length; i++) {
                int d = catalog.dimensions();
                end[i] = state.preference(i / d, i % d);
              }
            });
    return log.build();
  }

  private Simulation simulation(dev.slate.sim.Selector selector, int steps, int replication) {
    return new Simulation(catalog, selector)
        .size(world.users, steps, world.k)
        .seed(world.seed, replication)
        .threads(workers.threads())
        .choice(new PositionBasedChoice(BetaChoice.DEFAULT, world.relevance))
        .behavior(new Behavior(world.boredom, 0.2, false, 0, 0, 0));
  }

  private FullRanking offline(ModelKind kind, Split.Parts parts) {
    Retriever model = train(kind, parts.train());
    return FullRanking.of(
        model, Popular.of(model.history()), parts.test(), Weighting.usual(), judge, workers);
  }

  private Retriever train(ModelKind kind, Feedback log) {
    workers.check();
    Training training =
        new Training(
            log,
            Interactions.of(log, Weighting.usual()).positive(),
            null,
            attributes,
            settings.part(kind.name()),
            world.seed,
            workers,
            (pass, loss) -> {});
    return kind.train(training);
  }

  /** The mean satisfaction of each user. */
  private double[] online(ModelKind kind, Feedback log, float[] start, IntConsumer progress) {
    ModelSelector selector =
        new ModelSelector(kind, rows -> train(kind, rows), log, world.steps, world.every);
    double[] sums = new double[world.users];
    simulation(selector, world.online, 1)
        .start(start)
        .run(
            state -> {
              workers.check();
              add(state, sums);
              progress.accept(state.step());
            });
    return Arrays.stream(sums).map(sum -> sum / world.online).toArray();
  }

  private static void add(StepState state, double[] sums) {
    for (int user = 0; user < sums.length && state.step() > 0; user++) {
      sums[user] += state.satisfaction(user);
    }
  }
}
