package dev.slate.bench.run;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.dataset.VectorSource;
import dev.slate.bench.peers.NativePeer;
import dev.slate.bench.report.DataFile;
import dev.slate.bench.report.Measurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.results.BenchmarkResult;

/**
 * Carries out a plan. The forks of a question take turns, in an order shuffled anew each round, so
 * that a drift of the machine meets all subjects alike. Results are kept fork by fork.
 */
final class BenchRun {
  private static final long CTRL_C_MILLIS = 300;

  private final RunPlan plan;
  private final ForkRunner runner;
  private final NativeRunner natives;
  private final SavedForks saved;
  private final Path data;
  private final RunProgress progress;
  private final Map<Case, List<BenchmarkResult>> results = new LinkedHashMap<>();
  private final Map<Case, String> failures = new LinkedHashMap<>();
  private final List<String> bugs = new ArrayList<>();
  private String dataKey = "";
  private volatile boolean stopped;

  /** Each goes wrong only if the thread that runs made or deleted a file at that moment. */
  private static final int DELETIONS = 100;

  /**
   * Prepares a run.
   *
   * @param plan the plan
   * @param runner runs a fork
   * @param natives runs a peer in a process of its own
   * @param saved where forks are kept
   * @param data directory for items and answers; deleted in the end
   * @param progress where to say how far it is
   */
  BenchRun(
      RunPlan plan,
      ForkRunner runner,
      NativeRunner natives,
      SavedForks saved,
      Path data,
      RunProgress progress) {
    this.plan = plan;
    this.runner = runner;
    this.natives = natives;
    this.saved = saved;
    this.data = data;
    this.progress = progress;
  }

  /** Runs every fork that is not there yet, or until {@link #stop}. */
  void run() throws IOException {
    try {
      for (Question question : plan.questions()) {
        measure(question);
      }
    } finally {
      deleteData();
    }
  }

  /**
   * Deletes items, answers and compiled peers. Another thread may do so while {@link #run} still
   * writes them.
   */
  void deleteData() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        SavedForks.delete(data);
        natives.clear();
        return;
      } catch (DirectoryNotEmptyException | NoSuchFileException | UncheckedIOException e) {
        if (tries == DELETIONS) {
          throw e;
        }
      }
    }
  }

  /** Lets no further fork begin. */
  void stop() {
    stopped = true;
  }

  private void measure(Question question) throws IOException {
    for (int fork = 0; fork < plan.timing().forks(); fork++) {
      List<Case> order = new ArrayList<>(plan.of(question));
      Collections.shuffle(order, new Random(fork));
      for (Case asked : order) {
        if (stopped) {
          return;
        }
        Optional<BenchmarkResult> before = saved.load(asked, fork);
        if (before.isPresent()) {
          add(asked, before.get());
          progress.skipped(plan.expected(asked));
        } else {
          if (!failed(asked)) {
            prepare(question);
            progress.begins(question.title() + ": " + asked.subject().title());
            measure(asked, fork);
          }
          progress.ended(plan.expected(asked));
        }
      }
    }
  }

  private void measure(Case asked, int fork) throws IOException {
    ForkOutcome outcome =
        asked.subject() instanceof BenchSubject.PeerSubject peer
                && peer.rival() instanceof NativePeer process
            ? natives.run(asked, process)
            : runner.run(asked);
    switch (outcome) {
      case ForkOutcome.Measured measured -> {
        saved.save(asked, fork, measured.result());
        add(asked, measured.result());
      }
      case ForkOutcome.Failed failed -> {
        awaitCtrlC();
        fail(asked, failed.reason());
      }
      case ForkOutcome.Wrong wrong -> {
        fail(asked, wrong.difference());
        bug(asked, wrong.difference());
      }
    }
  }

  /** Ctrl-C ends a fork at the moment when it reaches this process, which takes longer. */
  private static void awaitCtrlC() {
    try {
      Thread.sleep(CTRL_C_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves items and right answers for the forks, where they are not there yet. */
  private void prepare(Question question) throws IOException {
    Path answers = data.resolve(question.answersFile());
    if (dataKey.equals(question.dataKey()) && Files.exists(answers)) {
      return;
    }
    progress.preparing("preparing " + question.title());
    if (!dataKey.equals(question.dataKey())) {
      SavedForks.delete(data);
      Files.createDirectories(data);
      if (stopped) {
        return;
      }
      question.data().write(data);
      saved.saveData(question.dataKey(), files(question));
      dataKey = question.dataKey();
    }
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      DataSet set =
          DataSet.open(data.toString(), question.data().parameter(), question.n(), question.d());
      ExactAnswers.find(set, answered(question), question.metric(), question.k(), executor, threads)
          .write(answers);
    }
  }

  /** Approximate subjects take more answers, as their recall is a figure. */
  private int answered(Question question) {
    boolean all =
        plan.cases().stream()
            .filter(each -> each.question().answersFile().equals(question.answersFile()))
            .allMatch(each -> each.subject().exact());
    return all ? ExactAnswers.CHECKED : ExactAnswers.RECALLED;
  }

  private List<DataFile> files(Question question) throws IOException {
    Path items = data.resolve(question.itemsFile());
    Path queries = data.resolve(question.queriesFile());
    VectorSource source = question.data();
    return List.of(
        DataFile.of(items, source.itemsCommand(question.itemsFile())),
        DataFile.of(queries, source.queriesCommand(question.queriesFile())));
  }

  private synchronized void add(Case asked, BenchmarkResult result) {
    results.computeIfAbsent(asked, key -> new ArrayList<>()).add(result);
  }

  private synchronized void fail(Case asked, String reason) {
    if (!stopped) {
      failures.put(asked, reason);
      results.remove(asked);
      progress.say(asked.subject().title() + " is left out: " + reason);
    }
  }

  private synchronized void bug(Case asked, String difference) {
    bugs.add(asked.subject().title() + ", " + asked.question().title() + ": " + difference);
  }

  private synchronized boolean failed(Case asked) {
    return failures.containsKey(asked);
  }

  /** The rows so far, in the order of the plan. */
  synchronized List<Measurement> measurements() {
    return plan.cases().stream()
        .filter(results::containsKey)
        .map(asked -> Evaluation.of(asked, results.getOrDefault(asked, List.of())))
        .toList();
  }

  /** The forks so far, in the order of the plan. */
  synchronized List<Collection<BenchmarkResult>> forks() {
    List<Collection<BenchmarkResult>> forks = new ArrayList<>();
    for (Case asked : plan.cases()) {
      if (results.containsKey(asked)) {
        forks.add(List.copyOf(results.getOrDefault(asked, List.of())));
      }
    }
    return forks;
  }

  /** What was left out on the way, and why. */
  synchronized Map<Case, String> failures() {
    return new LinkedHashMap<>(failures);
  }

  /** The wrong answers of the kernel so far: who, asked what, and the difference. */
  synchronized List<String> bugs() {
    return List.copyOf(bugs);
  }

  /** The vectors that were measured so far. */
  List<DataFile> data() throws IOException {
    List<DataFile> files = new ArrayList<>();
    for (String key : plan.questions().stream().map(Question::dataKey).distinct().toList()) {
      files.addAll(saved.data(key));
    }
    return files.stream().distinct().toList();
  }
}
