package dev.slate.recommend.model;

import dev.slate.recommend.Features;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.TrainingException;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * What is popular among users with the same attributes (demographic filtering, Pazzani 1999): needs
 * no history of the user. A column of 0 and 1 makes a group of the users who have 1, any other
 * column six bands with equally many users each.
 *
 * <p>With p(i) the share of all users who have item i, and c of the n users of a group, the share
 * within the group is shrunk to (c + s p(i)) / (n + s). The score is p(i) plus, for each group of
 * the user, {@code weight} times the difference between that share and p(i):
 *
 * <pre>
 * p(i) (1 - weight * sum n / (n + s)) + weight * sum c / (n + s)
 * </pre>
 *
 * <p>Users with fewer than {@code least} items do not count: what they have is what everybody meets
 * first, so that they would lift the first items above those that users come to like. A user of
 * whom nothing is known gets p(i).
 */
public final class Demographic implements ModelKind {
  private static final int BANDS = 6;

  @Override
  public String name() {
    return "demographic";
  }

  @Override
  public String description() {
    return "what is popular among users with the same attributes";
  }

  @Override
  public Retriever train(Training training) {
    Features features = training.userFeatures();
    if (features == null) {
      throw new TrainingException(
          TrainingException.Data.USER_FEATURES, "demographic needs features of the users");
    }
    Settings settings = training.settings();
    double shrinkage = settings.number("shrinkage", 50, 0, 1e9);
    double weight = settings.number("weight", 0.5, 0, 1e3);
    int least = settings.count("least", 4, 1);
    return of(training.interactions(), groups(features), least, shrinkage, weight);
  }

  private static Retriever of(
      Interactions history, int[][] groups, int least, double shrinkage, double weight) {
    int last = Arrays.stream(groups).flatMapToInt(Arrays::stream).max().orElse(-1);
    Group[] of = new Group[last + 1];
    int[] counts = new int[history.columns()];
    for (int group = 0; group <= last; group++) {
      of[group] = group(history, groups, group, least, counts);
    }
    Group all = group(history, groups, -1, least, counts);
    return new SparseModel("demographic", history) {
      @Override
      RequestScorer newScorer() {
        return (request, board) -> {
          int[] own = groupsOf(request, groups);
          double left = 1;
          for (int group : own) {
            left -= weight * of[group].share(shrinkage);
          }
          all.add(board, left / Math.max(1, all.users));
          for (int group : own) {
            Group each = of[group];
            if (each.users > 0) {
              each.add(board, weight / (each.users + shrinkage));
            }
          }
        };
      }
    };
  }

  private static int[] groupsOf(Request request, int[][] groups) {
    int user = request.user();
    return user >= 0 && user < groups.length ? groups[user] : new int[0];
  }

  /** The items that users of a group have, and how many of them have each. */
  private record Group(int users, int[] items, int[] counts) {
    double share(double shrinkage) {
      return users == 0 ? 0 : users / (users + shrinkage);
    }

    void add(ScoreBoard board, double factor) {
      for (int i = 0; i < items.length; i++) {
        board.add(items[i], (float) (factor * counts[i]));
      }
    }
  }

  /** Counts the users of a group, or of all where it is negative; the counts end as zeros. */
  private static Group group(
      Interactions history, int[][] groups, int group, int least, int[] counts) {
    int users = 0;
    IntArrayList items = new IntArrayList();
    for (int user = 0; user < history.rows(); user++) {
      if (history.count(user) < least || (group >= 0 && !in(groups[user], group))) {
        continue;
      }
      users++;
      for (int at = history.start(user); at < history.start(user + 1); at++) {
        int item = history.column(at);
        if (counts[item]++ == 0) {
          items.add(item);
        }
      }
    }
    int[] found = items.toIntArray();
    int[] of = new int[found.length];
    for (int i = 0; i < found.length; i++) {
      of[i] = counts[found[i]];
      counts[found[i]] = 0;
    }
    return new Group(users, found, of);
  }

  private static boolean in(int[] groups, int group) {
    for (int each : groups) {
      if (each == group) {
        return true;
      }
    }
    return false;
  }

  /** The groups of each user, in ascending order; none where nothing is known. */
  static int[][] groups(Features features) {
    IntArrayList[] groups = new IntArrayList[features.rows()];
    Arrays.setAll(groups, user -> new IntArrayList());
    int next = 0;
    for (int column = 0; column < features.width(); column++) {
      float[] values = known(features, column);
      boolean flag = true;
      for (float value : values) {
        flag &= value == 0 || value == 1;
      }
      for (int user = 0; user < groups.length; user++) {
        float value = features.get(user, column);
        if (features.known()[user] && !(flag && value == 0)) {
          groups[user].add(flag ? next : next + band(values, value));
        }
      }
      next += flag ? 1 : BANDS;
    }
    return Arrays.stream(groups).map(IntArrayList::toIntArray).toArray(int[][]::new);
  }

  /** Known values of a column, ascending. */
  private static float[] known(Features features, int column) {
    float[] values = new float[features.rows()];
    int size = 0;
    for (int user = 0; user < values.length; user++) {
      if (features.known()[user]) {
        values[size++] = features.get(user, column);
      }
    }
    Arrays.sort(values, 0, size);
    return Arrays.copyOf(values, size);
  }

  /** How many of the limits between bands a value reaches. */
  private static int band(float[] ascending, float value) {
    int band = 0;
    for (int i = 1; i < BANDS; i++) {
      band += value >= ascending[(int) ((long) ascending.length * i / BANDS)] ? 1 : 0;
    }
    return band;
  }
}
