package dev.slate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrieveAllTest {
  private static final int USERS = 70;
  private static final int ITEMS = 45;

  /** Some users have no history, some have seen all; some items are equal to others. */
  private static Embeddings model(int d, boolean biased, Workers workers) {
    SplittableRandom random = new SplittableRandom(d);
    Names users = new Names();
    Names items = new Names();
    IntStream.range(0, USERS).forEach(user -> users.add("u" + user));
    IntStream.range(0, ITEMS).forEach(item -> items.add("i" + item));
    Feedback.Builder log = Feedback.builder(users, items);
    for (int user = 0; user < USERS; user++) {
      int seen = user % 10 == 0 ? 0 : user % 10 == 1 ? ITEMS : random.nextInt(ITEMS);
      for (int item = 0; item < seen; item++) {
        log.add(user, seen == ITEMS ? item : random.nextInt(ITEMS), 1, item, Kind.CLICK);
      }
    }
    float[] vectors = normal(ITEMS * d, random);
    System.arraycopy(vectors, 0, vectors, ITEMS * d / 3 / d * d, 3 * d);
    float @Nullable [] biases = biased ? normal(ITEMS, random) : null;
    if (biases != null) {
      System.arraycopy(biases, 0, biases, ITEMS / 3, 3);
    }
    return new Embeddings(
        "made",
        Interactions.of(log.build(), Weighting.usual()),
        new Factors(d, normal(USERS * d, random), vectors, biases),
        (request, vector) -> {
          Arrays.fill(vector, 0.5f);
          return request.user() % 20 == 0;
        },
        workers);
  }

  private static float[] normal(int count, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void take(String[] answers, int at, Candidates found) {
    List<String> text = new ArrayList<>();
    for (int place = 0; place < found.size(); place++) {
      text.add(found.item(place) + " " + found.score(place));
    }
    answers[at] = String.join(", ", text);
  }

  /** The loop over few items has the bits and the order of the kernel. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 33})
  void theLoopAnswersAsTheKernelDoes(int d) {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      Workers workers = new Workers(pool, 3);
      int[] users = IntStream.range(0, USERS).map(user -> USERS - 1 - user).toArray();
      for (boolean biased : new boolean[] {true, false}) {
        Embeddings model = model(d, biased, workers);
        for (boolean excludes : new boolean[] {true, false}) {
          for (int k : new int[] {1, 7, ITEMS, ITEMS + 9}) {
            String[] loop = new String[USERS];
            String[] kernel = new String[USERS];
            model.scoreAll(users, k, excludes, workers, (at, found) -> take(loop, at, found));
            model.searchAll(users, k, excludes, workers, (at, found) -> take(kernel, at, found));
            assertEquals(List.of(kernel), List.of(loop), () -> "k = " + k + ", " + excludes);
            assertTrue(List.of(loop).contains(""), "users without an answer");
          }
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
