package dev.slate.recommend.cli;

import dev.slate.data.InputException;
import dev.slate.data.OutputFile;
import dev.slate.data.OutputFolder;
import dev.slate.data.VectorFile;
import dev.slate.data.Vectors;
import dev.slate.kernel.Catalog;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Settings;
import dev.slate.recommend.TrainingException;
import dev.slate.recommend.Workers;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.model.Models;
import dev.slate.recommend.online.OnlineComparison;
import dev.slate.recommend.online.OnlineTrial;
import dev.slate.recommend.report.OnlinePage;
import dev.slate.recommend.report.OnlineText;
import dev.slate.sim.ItemCatalog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate online}. */
@Command(
    name = "online",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compares offline figures of models with what users of the simulation think of their"
            + " slates.")
public final class OnlineCommand implements Callable<Integer> {
  private static final int MOST_ITEMS = 1_000_000;
  private static final int MOST_SLATES = 100_000_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--models",
      split = ",",
      defaultValue = "random,popular,content,item-knn,user-knn,als,bpr",
      paramLabel = "NAME",
      description = "What slate train --model knows (default: ${DEFAULT-VALUE}).")
  private List<String> models;

  @Option(
      names = "--items",
      defaultValue = "memotion:400:5",
      paramLabel = "FILE",
      description = "The items: vectors in a file or of a generator (default: ${DEFAULT-VALUE}).")
  private String items;

  @Option(
      names = "--users",
      defaultValue = "300",
      paramLabel = "N",
      description = "Users (default: ${DEFAULT-VALUE}).")
  private int users;

  @Option(
      names = "--logged",
      defaultValue = "50",
      paramLabel = "N",
      description = "Random slates that each user saw before (default: ${DEFAULT-VALUE}).")
  private int logged;

  @Option(
      names = "--steps",
      defaultValue = "30",
      paramLabel = "N",
      description = "Slates that each model shows each user (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--retrain",
      defaultValue = "10",
      paramLabel = "N",
      description = "Trains a model again after N slates (default: ${DEFAULT-VALUE}).")
  private int every;

  @Option(
      names = "--relevance",
      defaultValue = "10",
      paramLabel = "X",
      description = "Weight of liking in a pick, as of slate sim (default: ${DEFAULT-VALUE}).")
  private double relevance;

  @Option(
      names = "--boredom",
      defaultValue = "0",
      paramLabel = "X",
      description = "How tired users get of the same, 0..1, as of slate sim.")
  private double boredom;

  @Mixin private JudgeOptions judging;

  @Option(
      names = "--set",
      paramLabel = "MODEL.KEY=VALUE",
      description = "A setting of a model, such as als.factors=16.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      defaultValue = "7",
      paramLabel = "S",
      description = "Decides all that is random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private WorkerOptions team;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes online.html, a picture of both orders, here.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    try {
      return team.with(this::compare);
    } catch (TrainingException e) {
      throw new InputException("--logged", String.valueOf(e.getMessage()), e);
    }
  }

  private int compare(Workers workers) {
    List<ModelKind> kinds = kinds();
    Judge judge = judging.judge();
    int k = judging.k();
    atLeast("--users", users, 2);
    atLeast("--logged", logged, 5);
    atLeast("--steps", steps, 1);
    atLeast("--retrain", every, 1);
    within("--relevance", relevance, 1000);
    within("--boredom", boredom, 1);
    ItemCatalog catalog = catalog();
    if (k > catalog.size()) {
      throw new InputException(
          "-k", "is the size of a slate, and there are " + catalog.size() + " items");
    }
    if ((double) users * k * (logged + steps) > MOST_SLATES) {
      throw new InputException(
          "--users", "users x slates x items of a slate are more than " + MOST_SLATES);
    }
    Settings own = new Settings(settings, "--set ");
    OnlineTrial.World world =
        new OnlineTrial.World(users, logged, steps, k, every, relevance, boredom, seed);
    OnlineComparison comparison;
    try (WorkProgress progress = new WorkProgress(spec.commandLine().getErr(), "online")) {
      comparison = new OnlineTrial(catalog, world, own, judge, workers).run(kinds, progress::stage);
    }
    own.refuseOthers();
    PrintWriter print = spec.commandLine().getOut();
    OnlineText.print(comparison, print);
    if (out != null) {
      Path page;
      try (OutputFolder folder = OutputFolder.create(out)) {
        page = folder.path().resolve("online.html");
        OutputFile.write(page, OnlinePage.of(comparison));
      }
      print.println("wrote " + page);
    }
    print.flush();
    return 0;
  }

  private List<ModelKind> kinds() {
    List<ModelKind> kinds = new ArrayList<>();
    for (String name : models) {
      ModelKind kind = Models.find(name);
      if (kind == null) {
        throw new InputException("--models", Models.unknown(name));
      }
      kinds.add(kind);
    }
    if (models.stream().distinct().count() < models.size() || models.size() < 2) {
      throw new InputException("--models", "needs two different models at least, each named once");
    }
    return kinds;
  }

  private ItemCatalog catalog() {
    try (VectorFile file = Vectors.open(items)) {
      int n = file.size();
      int d = file.dimensions();
      if (n == 0 || n > MOST_ITEMS) {
        throw new InputException(
            "--items", "there must be 1 to " + MOST_ITEMS + ", but there are " + n);
      }
      float[] rows = new float[n * d];
      file.copyRows(0, n, rows, 0);
      List<String> attributes = IntStream.range(0, d).mapToObj(j -> "attribute_" + j).toList();
      return new ItemCatalog(
          items,
          Catalog.of(rows, d),
          attributes,
          item -> "item " + item,
          List.of("nobody"),
          new int[n],
          ItemCatalog.NONE);
    }
  }

  private static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new InputException(option, "must be at least " + least + ", but it is " + value);
    }
  }

  private static void within(String option, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new InputException(option, "must be from 0 to " + most + ", but it is " + value);
    }
  }
}
