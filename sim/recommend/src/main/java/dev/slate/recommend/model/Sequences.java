package dev.slate.recommend.model;

import dev.slate.recommend.Interactions;
import dev.slate.recommend.Request;
import dev.slate.recommend.Training;
import dev.slate.recommend.feedback.Histories;
import java.util.Arrays;

/** Items of each user in the order in which the user met them, those with evidence only. */
final class Sequences {
  private final int[][] items;
  private final Interactions history;

  Sequences(Training training) {
    history = training.interactions();
    int[][] rows = Histories.of(training.feedback());
    items = new int[rows.length][];
    for (int user = 0; user < rows.length; user++) {
      int[] sequence = new int[rows[user].length];
      int size = 0;
      for (int row : rows[user]) {
        int item = training.feedback().item(row);
        if (history.contains(user, item) && (size == 0 || sequence[size - 1] != item)) {
          sequence[size++] = item;
        }
      }
      items[user] = Arrays.copyOf(sequence, size);
    }
  }

  int users() {
    return items.length;
  }

  int[] of(int user) {
    return items[user];
  }

  /** The last items of a request, the most recent first. */
  int[] recent(Request request, int most) {
    int[] known = request.user() < 0 ? new int[0] : items[request.user()];
    int[] seeds = request.seeds();
    int size = Math.min(most, known.length + seeds.length);
    int[] recent = new int[size];
    for (int i = 0; i < size; i++) {
      recent[i] =
          i < seeds.length
              ? seeds[seeds.length - 1 - i]
              : known[known.length - 1 - (i - seeds.length)];
    }
    return recent;
  }
}
