package dev.slate.recommend.model;

import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.Arrays;

/**
 * The items that users met next: a chain over items. A step from one item to another t places later
 * counts 1 / t within the window. Scores are shares of the steps that leave the user's recent
 * items, each of which counts less than the one after it.
 */
public final class Markov implements ModelKind {
  private static final float FADING = 0.7f;

  @Override
  public String name() {
    return "markov";
  }

  @Override
  public String description() {
    return "what followed the user's last items in other histories";
  }

  @Override
  public Retriever train(Training training) {
    Settings settings = training.settings();
    int window = settings.count("window", 5, 1);
    int last = settings.count("last", 5, 1);
    Sequences sequences = new Sequences(training);
    int n = training.interactions().columns();
    int[][] next = new int[n][];
    float[][] share = new float[n][];
    Int2ObjectOpenHashMap<ScoreRow> rows = new Int2ObjectOpenHashMap<>();
    for (int user = 0; user < sequences.users(); user++) {
      int[] items = sequences.of(user);
      for (int i = 0; i < items.length; i++) {
        for (int t = 1; t <= window && i + t < items.length; t++) {
          rows.computeIfAbsent(items[i], item -> new ScoreRow()).add(items[i + t], 1f / t);
        }
      }
    }
    for (int item = 0; item < n; item++) {
      ScoreRow row = rows.get(item);
      next[item] = row == null ? new int[0] : row.items();
      share[item] = row == null ? new float[0] : row.shares();
    }
    return new SparseModel("markov", training.interactions()) {
      @Override
      RequestScorer newScorer() {
        return (request, board) -> {
          float weight = 1;
          for (int item : sequences.recent(request, last)) {
            for (int i = 0; i < next[item].length; i++) {
              board.add(next[item][i], weight * share[item][i]);
            }
            weight *= FADING;
          }
        };
      }
    };
  }

  /** Counts of one item's successors. */
  private static final class ScoreRow {
    private final it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap<float[]> counts =
        new Int2ObjectOpenHashMap<>();

    void add(int item, float count) {
      counts.computeIfAbsent(item, key -> new float[1])[0] += count;
    }

    int[] items() {
      int[] items = counts.keySet().toIntArray();
      Arrays.sort(items);
      return items;
    }

    float[] shares() {
      int[] items = items();
      double total = 0;
      for (int item : items) {
        total += counts.get(item)[0];
      }
      float[] shares = new float[items.length];
      for (int i = 0; i < items.length; i++) {
        shares[i] = (float) (counts.get(items[i])[0] / total);
      }
      return shares;
    }
  }
}
