package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.ItemSet;
import dev.slate.recommend.Candidates;
import dev.slate.recommend.Embeddings;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retrieval;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Workers;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model promises. */
class ModelContractTest {
  static List<String> names() {
    return TrainedModels.names();
  }

  @Test
  void theUsualModelsAreThere() {
    assertTrue(
        names()
            .containsAll(
                List.of(
                    "popular",
                    "random",
                    "demographic",
                    "user-knn",
                    "item-knn",
                    "content",
                    "als",
                    "bpr",
                    "markov",
                    "session-knn",
                    "context",
                    "rules",
                    "hybrid")));
  }

  /** Whatever the number of threads, the same bits: vectors, and answers of all users. */
  @ParameterizedTest
  @MethodSource("names")
  void threadsDoNotMatter(String name) {
    Retriever alone = TrainedModels.train(name, Workers.ALONE);
    Retriever shared = TrainedModels.train(name, TrainedModels.THREE);
    if (alone instanceof Embeddings a && shared instanceof Embeddings b) {
      assertArrayEquals(a.factors().users(), b.factors().users());
      assertArrayEquals(a.factors().items(), b.factors().items());
    }
    assertEquals(answers(alone, Workers.ALONE), answers(shared, TrainedModels.THREE));
  }

  private static List<String> answers(Retriever model, Workers workers) {
    int[] users = IntStream.range(0, model.history().rows()).toArray();
    String[] answers = new String[users.length];
    model.retrieveAll(
        users, 10, true, workers, (at, found) -> answers[at] = TrainedModels.text(found));
    return List.of(answers);
  }

  /** One by one or all at once, with and without what was seen. */
  @ParameterizedTest
  @MethodSource("names")
  void batchesAnswerAsSingleRequestsDo(String name) {
    Retriever model = TrainedModels.train(name, TrainedModels.THREE);
    Interactions history = model.history();
    for (boolean exclude : new boolean[] {true, false}) {
      int[] users = IntStream.range(0, history.rows()).toArray();
      String[] all = new String[users.length];
      model.retrieveAll(
          users,
          7,
          exclude,
          TrainedModels.THREE,
          (at, found) -> all[at] = TrainedModels.text(found));
      Retrieval retrieval = model.open();
      Candidates out = new Candidates();
      for (int user : users) {
        retrieval.retrieve(Request.of(user).excludeSeen(exclude), 7, out);
        assertEquals(TrainedModels.text(out), all[user], name + " " + user);
        for (int i = 0; i < out.size(); i++) {
          assertTrue(Float.isFinite(out.score(i)));
          assertTrue(!exclude || !history.contains(user, out.item(i)));
          assertTrue(i == 0 || out.score(i) <= out.score(i - 1));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void conditionsHold(String name) {
    Retriever model = TrainedModels.train(name, TrainedModels.THREE);
    int n = model.history().columns();
    ItemSet even = ItemSet.unbound(n);
    for (int item = 0; item < n; item += 2) {
      even.add(item);
    }
    ItemSet third = ItemSet.unbound(n);
    for (int item = 0; item < n; item += 3) {
      third.add(item);
    }
    Retrieval retrieval = model.open();
    Candidates out = new Candidates();
    Candidates again = new Candidates();
    for (int user = 0; user < 40; user++) {
      retrieval.retrieve(Request.of(user).allow(even).deny(third), 5, out);
      assertTrue(out.size() > 0);
      for (int i = 0; i < out.size(); i++) {
        assertTrue(out.item(i) % 2 == 0 && out.item(i) % 3 != 0, name);
      }
      retrieval.retrieve(Request.of(user), 5, out);
      model.open().retrieve(Request.of(user), 5, again);
      assertEquals(
          TrainedModels.text(again),
          TrainedModels.text(out),
          "a condition must not outlive its request");
    }
  }
}
