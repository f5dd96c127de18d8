package dev.slate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  @ParameterizedTest
  @MethodSource("workloads")
  void eachPeerFindsItemsAsGoodAsTheNaiveLoop(Distribution distribution, Metric metric)
      throws IOException {
    for (JvmPeer peer : JvmPeer.values()) {
      PeerState state = shaped(new PeerState(), distribution, metric);
      state.d = Math.min(state.d, peer == JvmPeer.LUCENE_BKD ? 8 : state.d);
      if (!peer.missing().isEmpty() || !peer.refusal(metric, state.n, state.d).isEmpty()) {
        continue;
      }
      double least = peer.exact() ? 1 : 0.9;
      state.peer = peer.id();
      state.build();
      assertTrue(recall() >= least, peer + " by the benchmark's own check");
      Answers answers = state.answers();
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
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void aPeerAnswersABatchAsItAnswersOneByOne(Distribution distribution, Metric metric)
      throws IOException {
    for (JvmPeer peer : List.of(JvmPeer.OPENBLAS, JvmPeer.SCALAR_LOOP)) {
      if (!peer.missing().isEmpty()) {
        continue;
      }
      PeerBatchState state = shaped(new PeerBatchState(), distribution, metric);
      state.peer = peer.id();
      state.queries = 67;
      state.build();
      assertTrue(recall() >= (peer.exact() ? 1 : 0.9), peer + " by the benchmark's own check");
      Answers answers = state.answers();
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
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void whatAnswersAreComparedWithIsTheNaiveLoop(Distribution distribution, Metric metric)
      throws IOException {
    PeerState state = shaped(new PeerState(), distribution, metric);
    List<List<Naive.Hit>> right = right(state);
    Answers answers = state.answers();
    assertEquals(Answers.CHECKED, answers.ordinals().length);
    for (int q = 0; q < Answers.CHECKED; q++) {
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

  @Test
  void aKernelThatAnswersOtherwiseIsNotTimed() throws IOException {
    SearchState state = shaped(new SearchState(), Distribution.UNIFORM, Metric.EUCLIDEAN);
    state.build();
    Answers answers = state.answers();
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
