package dev.slate.recommend.cli;

import dev.slate.data.FolderFiles;
import dev.slate.data.InputException;
import dev.slate.recommend.Candidates;
import dev.slate.recommend.Names;
import dev.slate.recommend.NextSlate;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retrieval;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Training;
import dev.slate.recommend.Workers;
import dev.slate.recommend.model.Models;
import dev.slate.recommend.model.Popular;
import dev.slate.recommend.model.TimeContext;
import dev.slate.recommend.store.CsvFile;
import dev.slate.recommend.store.StoredModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate recommend}. */
@Command(
    name = "recommend",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Recommends items to users: user,rank,item,score.")
public final class RecommendCommand implements Callable<Integer>, FolderFiles {
  private static final String HEADER = "user,rank,item,score";

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "What slate train wrote.")
  private Path model;

  @Option(
      names = "--users",
      split = ",",
      paramLabel = "ID",
      description = "Ids of users, separated by commas, or all.")
  private List<String> users = List.of();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "ID",
      description = "For a new user: ids of items that the user likes, the latest last.")
  private List<String> seeds = List.of();

  @Option(
      names = "--time",
      paramLabel = "SECONDS",
      description = "When the request is made, in seconds since 1970, for the model context.")
  private @Nullable Long time;

  @Option(
      names = "-k",
      defaultValue = "10",
      paramLabel = "K",
      description = "Items for each user (default: ${DEFAULT-VALUE}).")
  private int k;

  @Option(names = "--exclude-seen", description = "Leaves out what a user has had already.")
  private boolean excludeSeen;

  @Option(
      names = "--latency",
      description =
          "Prints, instead of items, how long each stage takes: every user is served twice, alone,"
              + " and the second time counts.")
  private boolean latency;

  @Option(
      names = "--candidates",
      defaultValue = "200",
      paramLabel = "N",
      description =
          "With --latency: items that are retrieved for a slate of K, unless the model says it"
              + " (default: ${DEFAULT-VALUE}).")
  private int candidates;

  @Mixin private WorkerOptions team;

  @Option(names = "--out", paramLabel = "FILE", description = "Writes here instead.")
  private @Nullable Path out;

  @Override
  public Stream<Path> read() {
    return StoredModel.files(model);
  }

  @Override
  public Integer call() {
    if (k < 1) {
      throw new InputException("-k", "must be at least 1, but it is " + k);
    }
    if (users.isEmpty() == seeds.isEmpty()) {
      throw new InputException("--users", "either users or --seeds are needed");
    }
    if (latency && candidates < k) {
      throw new InputException("--candidates", "must be at least " + k + ", the size of a slate");
    }
    if (latency && out != null) {
      throw new InputException("--latency", "goes without --out: no items are written");
    }
    return team.with(this::recommend);
  }

  private int recommend(Workers workers) {
    try (WorkProgress progress = new WorkProgress(spec.commandLine().getErr(), "recommend")) {
      return recommend(workers, progress);
    }
  }

  private int recommend(Workers workers, WorkProgress progress) {
    progress.stage("reading " + model);
    StoredModel stored = StoredModel.read(model, workers);
    Names names = stored.training().feedback().users();
    int[] asked = seeds.isEmpty() ? ordinals("--users", users, names) : new int[] {-1};
    Retriever retriever = stored.retriever();
    if (latency) {
      StageTimes times =
          StageTimes.of(
              retriever.pipeline(candidates, NextSlate.usual()),
              asked.length,
              at -> request(asked[at], stored),
              k,
              workers,
              progress);
      progress.close();
      times.print(retriever.history().columns(), spec.commandLine().getOut());
      return 0;
    }
    progress.stage(String.format(Locale.ROOT, "searching for %,d users", asked.length));
    Candidates[] lists = new Candidates[asked.length];
    if (seeds.isEmpty() && time == null) {
      retriever.retrieveAll(asked, k, excludeSeen, workers, (at, found) -> lists[at] = copy(found));
    } else {
      Retrieval retrieval = retriever.open();
      for (int at = 0; at < asked.length; at++) {
        lists[at] = new Candidates();
        retrieval.retrieve(request(asked[at], stored), k, lists[at]);
      }
    }
    long filled = fill(asked, lists, stored);
    if (filled > 0) {
      progress.say(
          filled + " users have no history that the model can use: they get what is popular");
    }
    long without = Arrays.stream(lists).filter(list -> list.size() == 0).count();
    if (without > 0) {
      progress.say("no item is left for " + without + (without == 1 ? " user" : " users"));
    }
    progress.close();
    write(asked, lists, stored.training());
    return 0;
  }

  private Request request(int user, StoredModel stored) {
    Names items = stored.training().feedback().items();
    Request request =
        new Request(user, ordinals("--seeds", seeds, items), new float[0], null, null, excludeSeen);
    return time == null ? request : request.context(TimeContext.of(time));
  }

  /** Ordinals of ids; {@code all} stands for all. */
  private static int[] ordinals(String option, List<String> ids, Names names) {
    if (ids.equals(List.of("all"))) {
      return IntStream.range(0, names.size()).toArray();
    }
    return ids.stream()
        .mapToInt(
            id -> {
              int ordinal = names.find(id);
              if (ordinal < 0) {
                throw new InputException(option, "'" + id + "' is not known to the model");
              }
              return ordinal;
            })
        .toArray();
  }

  private static Candidates copy(Candidates found) {
    Candidates copy = new Candidates();
    for (int i = 0; i < found.size(); i++) {
      copy.add(found.item(i), found.score(i));
    }
    return copy;
  }

  /** Users without a list get what is popular, if the model is not that itself. */
  private long fill(int[] asked, Candidates[] lists, StoredModel stored) {
    int[] empty = IntStream.range(0, asked.length).filter(at -> lists[at].size() == 0).toArray();
    if (empty.length == 0 || !fallsBack(stored.retriever().name())) {
      return 0;
    }
    Retrieval popular = new Popular().train(stored.training()).open();
    Arrays.stream(empty).forEach(at -> popular.retrieve(request(asked[at], stored), k, lists[at]));
    return Arrays.stream(empty).filter(at -> lists[at].size() > 0).count();
  }

  private static boolean fallsBack(String name) {
    return Models.find(name) != null && !name.equals("popular") && !name.equals("rules");
  }

  private void write(int[] asked, Candidates[] lists, Training training) {
    if (out == null) {
      PrintWriter print = spec.commandLine().getOut();
      print.print(HEADER + "\n");
      each(
          asked,
          lists,
          training,
          (user, rank, item, score) ->
              print.print(
                  CsvFile.quoted(user)
                      + ","
                      + rank
                      + ","
                      + CsvFile.quoted(item)
                      + ","
                      + score
                      + "\n"));
      print.flush();
      return;
    }
    try (CsvFile csv = new CsvFile(out, HEADER)) {
      each(asked, lists, training, (user, rank, item, score) -> csv.row(user, rank, item, score));
      csv.commit();
    }
  }

  private interface Row {
    void take(String user, int rank, String item, float score);
  }

  private static void each(int[] asked, Candidates[] lists, Training training, Row row) {
    Names users = training.feedback().users();
    Names items = training.feedback().items();
    for (int at = 0; at < asked.length; at++) {
      String user = asked[at] < 0 ? "new" : users.get(asked[at]);
      for (int place = 0; place < lists[at].size(); place++) {
        row.take(user, place + 1, items.get(lists[at].item(place)), lists[at].score(place));
      }
    }
  }
}
