package dev.slate.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.data.Distribution;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs of other libraries: recall grows with the candidates, and a kept graph is the same. */
class GraphPeerTest {
  private static final int N = 700;
  private static final int K = 10;

  @TempDir Path directory;

  static Stream<Arguments> graphs() {
    return Arrays.stream(GraphLibrary.values())
        .flatMap(
            library ->
                Arrays.stream(Metric.values())
                    .filter(metric -> new GraphPeer(library, 10).refusal(metric, N, 16).isEmpty())
                    .map(metric -> Arguments.of(library, metric)));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void recallGrowsWithTheCandidates(GraphLibrary library, Metric metric) throws IOException {
    DataSet data = DataSet.of(Distribution.LOWRANK, N, 16);
    ExactAnswers right = ExactAnswers.find(data, 30, metric, K, Runnable::run, 1);
    try (GraphIndex graph = new GraphPeer(library, 10).create()) {
      graph.build(data.items(), metric);
      double few = recall(graph, data, right);
      graph.candidates(400);
      double many = recall(graph, data, right);
      assertTrue(many >= few && many > 0.95, few + " with 10 candidates, " + many + " with 400");
      assertEquals(500, graph.search(data.queries()[0], 500).length, "k beyond the candidates");
    }
  }

  private static double recall(Peer peer, DataSet data, ExactAnswers right) throws IOException {
    double recall = 0;
    for (int q = 0; q < right.ordinals().length; q++) {
      int[] found = peer.search(data.queries()[q], K);
      assertEquals(K, Arrays.stream(found).distinct().count());
      recall += right.recall(data, q, found) / right.ordinals().length;
    }
    return recall;
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void aKeptGraphAnswersAlike(GraphLibrary library, Metric metric) throws IOException {
    DataSet data = DataSet.of(Distribution.CLUSTERED, N, 16);
    GraphPeer peer = new GraphPeer(library, 50);
    try (GraphIndex built = peer.create();
        GraphIndex read = peer.create()) {
      built.build(data.items(), metric);
      built.save(directory);
      read.load(directory, data.items(), metric);
      for (int q = 0; q < 20; q++) {
        int[] right = built.search(data.queries()[q], K).clone();
        assertEquals(K, right.length);
        assertArrayEquals(right, read.search(data.queries()[q], K), "query " + q);
      }
    }
  }

  @Test
  void aNameIsASweepOrOnePoint() {
    assertEquals(4, GraphPeer.named("HNSWLIB").size());
    assertEquals(
        List.of(new GraphPeer(GraphLibrary.LUCENE_HNSW, 77)), GraphPeer.named("lucene-hnsw:77"));
    for (String none : List.of("hnswlib:", "hnswlib:0", "hnswlib:1:2", "hnsw", "scalar-loop")) {
      assertEquals(List.of(), GraphPeer.named(none), none);
    }
    List<String> parameters = new ArrayList<>();
    GraphPeer.all().forEach(peer -> parameters.add(peer.parameter()));
    assertEquals(12, parameters.stream().distinct().count());
    for (String parameter : parameters) {
      assertEquals(parameter, JvmRival.of(parameter).parameter());
    }
  }

  @Test
  void aRowNamesLibraryAndCandidates() {
    GraphPeer peer = new GraphPeer(GraphLibrary.JVECTOR_GRAPH, 100);
    assertEquals("jvector-graph", peer.id());
    assertEquals("jvector graph ef=100", peer.title());
    assertEquals("graph ef=100", peer.strategy());
    assertTrue(!peer.exact() && !peer.batches() && peer.missing().isEmpty());
    assertTrue(peer.heap(1000, 100) > 400_000);
  }
}
