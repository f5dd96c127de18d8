package dev.slate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.dataset.WrongAnswer;
import dev.slate.bench.peers.JvmPeer;
import dev.slate.bench.peers.Peer;
import dev.slate.data.Distribution;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Slate;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is timed is right: the benchmarks themselves, called as JMH calls them. */
class AnswersOfBenchmarksTest extends SmallWorkloads {
  static Stream<Arguments> workloads() {
    return Arrays.stream(Distribution.values())
        .flatMap(
            distribution ->
                Arrays.stream(Metric.values()).map(metric -> Arguments.of(distribution, metric)));
  }

  private static List<List<Naive.Hit>> right(Workload state) {
    state.load();
    float[][] items = items(state);
    return Arrays.stream(state.data.queries())
        .limit(300)
        .map(query -> Naive.search(items, state.metric, query, state.k))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void eachStrategyAnswersAsTheNaiveLoop(Distribution distribution, Metric metric)
      throws IOException {
    List<List<Naive.Hit>> right = right(shaped(new PeerState(), distribution, metric));
    for (StrategyChoice strategy : StrategyChoice.values()) {
      for (int threads = 1; threads <= 2; threads++) {
        SearchState state = shaped(new SearchState(), distribution, metric);
        state.strategy = strategy;
        state.threads = threads;
        state.build();
        SearchBenchmark benchmark = new SearchBenchmark();
        for (int q = 0; q < right.size(); q++) {
          assertEquals(right.get(q), hits(benchmark.search(state)), strategy + ", query " + q);
        }
        state.stop();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void eachStrategyAnswersABatchAsTheNaiveLoop(Distribution distribution, Metric metric)
      throws IOException {
    List<List<Naive.Hit>> right = right(shaped(new PeerState(), distribution, metric));
    for (StrategyChoice strategy : StrategyChoice.values()) {
      BatchState state = shaped(new BatchState(), distribution, metric);
      state.strategy = strategy;
      state.queries = 67;
      state.build();
      Slate[] answers = new BatchBenchmark().search(state);
      assertEquals(state.queries, answers.length);
      for (int q = 0; q < answers.length; q++) {
        assertEquals(right.get(q), hits(answers[q]), strategy + ", query " + q);
      }
      state.stop();
    }
  }

  static Stream<Arguments> peerWorkloads() {
    return Arrays.stream(JvmPeer.values())
        .flatMap(
            peer ->
                workloads()
                    .filter(each -> peer.refusal((Metric) each.get()[1], N, 8).isEmpty())
                    .map(each -> Arguments.of(peer, each.get()[0], each.get()[1])));
  }

  @ParameterizedTest
  @MethodSource("peerWorkloads")
  void eachPeerFindsItemsAsGoodAsTheNaiveLoop(
      JvmPeer peer, Distribution distribution, Metric metric) throws IOException {
    assumeTrue(peer.missing().isEmpty(), peer.id() + " is missing: " + peer.missing());
    PeerState state = shaped(new PeerState(), distribution, metric);
    state.d = Math.min(state.d, peer == JvmPeer.LUCENE_BKD ? 8 : state.d);
    double least = peer.exact() ? 1 : 0.9;
    state.peer = peer.id();
    state.build();
    assertTrue(recall() >= least, peer + " by the benchmark's own check");
    ExactAnswers answers = state.answers();
    PeerBenchmark benchmark = new PeerBenchmark();
    double recall = 0;
    for (int q = 0; q < answers.ordinals().length; q++) {
      int[] found = benchmark.search(state);
      assertEquals(K, Arrays.stream(found).distinct().count(), peer + ", query " + q);
      recall += answers.recall(state.data, q, found) / answers.ordinals().length;
    }
    assertEquals(recall(), recall, 1e-9, peer + ": other answers when timed");
    state.close();
    state.stop();
  }

  static Stream<Arguments> batchWorkloads() {
    return peerWorkloads()
        .filter(each -> List.of(JvmPeer.OPENBLAS, JvmPeer.SCALAR_LOOP).contains(each.get()[0]));
  }

  @ParameterizedTest
  @MethodSource("batchWorkloads")
  void aPeerAnswersABatchAsItAnswersOneByOne(JvmPeer peer, Distribution distribution, Metric metric)
      throws IOException {
    assumeTrue(peer.missing().isEmpty(), peer.id() + " is missing: " + peer.missing());
    PeerBatchState state = shaped(new PeerBatchState(), distribution, metric);
    state.peer = peer.id();
    state.queries = 67;
    state.build();
    assertTrue(recall() >= (peer.exact() ? 1 : 0.9), peer + " by the benchmark's own check");
    ExactAnswers answers = state.answers();
    int[][] found = new PeerBatchBenchmark().search(state);
    assertEquals(state.queries, found.length);
    double recall = 0;
    for (int q = 0; q < answers.ordinals().length; q++) {
      assertEquals(K, Arrays.stream(found[q]).distinct().count(), peer + ", query " + q);
      recall += answers.recall(state.data, q, found[q]) / answers.ordinals().length;
    }
    assertEquals(recall(), recall, 1e-9, peer + ": other answers when timed");
    state.close();
    state.stop();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void whatAnswersAreComparedWithIsTheNaiveLoop(Distribution distribution, Metric metric)
      throws IOException {
    PeerState state = shaped(new PeerState(), distribution, metric);
    List<List<Naive.Hit>> right = right(state);
    ExactAnswers answers = state.answers();
    assertEquals(ExactAnswers.CHECKED, answers.ordinals().length);
    for (int q = 0; q < ExactAnswers.CHECKED; q++) {
      int query = q;
      List<Naive.Hit> hits =
          IntStream.range(0, K)
              .mapToObj(
                  i -> new Naive.Hit(answers.ordinals()[query][i], answers.scores()[query][i]))
              .toList();
      assertEquals(right.get(q), hits, "query " + q);
    }
    state.stop();
  }

  /** The parameter reaches the searcher: one thread asks nobody, three ask two others. */
  @Test
  void aSearchIsSharedByTheThreadsThatAreAskedFor() throws IOException {
    for (int threads : new int[] {1, 3}) {
      SearchState state = shaped(new SearchState(), Distribution.UNIFORM, Metric.EUCLIDEAN);
      state.n = 200_000;
      state.threads = threads;
      AtomicInteger started = new AtomicInteger();
      state.executor = new Counted(started);
      state.prepare();
      started.set(0);
      int searches = 0;
      // a task that still waits in the pool is not offered again
      while (searches < 1_000 && started.get() == 0) {
        new SearchBenchmark().search(state);
        searches++;
      }
      assertEquals(threads > 1, started.get() > 0, started + " for " + threads);
      assertTrue(started.get() <= searches * (threads - 1), started + " for " + threads);
      state.stop();
    }
  }

  /** Counts what it is asked to run, and runs it. */
  private static final class Counted extends ThreadPoolExecutor {
    private final AtomicInteger started;

    Counted(AtomicInteger started) {
      super(0, 8, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
      this.started = started;
    }

    @Override
    public void execute(Runnable work) {
      started.incrementAndGet();
      super.execute(work);
    }
  }

  @Test
  void aKernelThatAnswersOtherwiseIsNotTimed() throws IOException {
    SearchState state = shaped(new SearchState(), Distribution.UNIFORM, Metric.EUCLIDEAN);
    state.build();
    ExactAnswers answers = state.answers();
    answers.scores()[3][K - 1] = Math.nextUp(answers.scores()[3][K - 1]);
    WrongAnswer refused = assertThrows(WrongAnswer.class, () -> state.check(answers));
    assertTrue(refused.getMessage().contains("query 3"), refused::getMessage);
    state.stop();
  }

  @Test
  void aPeerThatMissesOneInTenIsShownSo() throws IOException {
    Peer honest = JvmPeer.SCALAR_LOOP.create();
    Peer wrong =
        new Peer() {
          @Override
          public void build(Catalog items, Metric metric) throws IOException {
            honest.build(items, metric);
          }

          @Override
          public int[] search(float[] query, int k) throws IOException {
            int[] found = honest.search(query, k);
            found[k - 1] = found[0];
            return found;
          }
        };
    PeerState state = shaped(new PeerState(), Distribution.UNIFORM, Metric.EUCLIDEAN);
    state.load();
    state.take(wrong, Limits.ofThisFork());
    assertEquals(0.9, recall(), 1e-9);
    state.stop();
  }

  @Test
  void aPeerThatTakesTooLongIsRefused() throws IOException {
    assertEquals("a query takes longer than 0 s", refusal(() -> Thread.sleep(20_000)));
  }

  @Test
  void aPeerThatNeedsTooMuchMemoryIsRefused() throws IOException {
    String reason =
        refusal(
            () -> {
              throw new OutOfMemoryError("Java heap space");
            });
    assertTrue(reason.startsWith("a query needs more memory than "), reason);
  }

  private interface Misdeed {
    void commit() throws InterruptedException;
  }

  private static String refusal(Misdeed misdeed) throws IOException {
    Peer bad =
        new Peer() {
          @Override
          public void build(Catalog items, Metric metric) {}

          @Override
          public int[] search(float[] query, int k) throws IOException {
            try {
              misdeed.commit();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return new int[k];
          }
        };
    PeerState state = shaped(new PeerState(), Distribution.UNIFORM, Metric.EUCLIDEAN);
    state.load();
    Limits limits = new Limits(Duration.ofSeconds(10), Duration.ofMillis(200));
    Limits.Refusal refused = assertThrows(Limits.Refusal.class, () -> state.take(bad, limits));
    state.stop();
    return refused.getMessage();
  }

  private static double recall() {
    return Facts.all().get(Facts.RECALL).value();
  }
}
