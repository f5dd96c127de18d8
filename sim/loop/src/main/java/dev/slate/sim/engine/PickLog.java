package dev.slate.sim.engine;

import dev.slate.sim.History;
import dev.slate.sim.Reaction;
import java.util.Objects;

/** The latest picks of all users, a ring of fixed length each. Row u is written by one thread. */
final class PickLog {
  private final int length;
  private final int[] items;
  private final int[] steps;
  private final Reaction[] reactions;
  private final int[] counts;

  PickLog(int users, int length) {
    this.length = length;
    this.items = new int[users * length];
    this.steps = new int[users * length];
    this.reactions = new Reaction[users * length];
    this.counts = new int[length == 0 ? 0 : users];
  }

  void add(int user, int item, int step, Reaction reaction) {
    if (length == 0) {
      return;
    }
    int at = user * length + counts[user]++ % length;
    items[at] = item;
    steps[at] = step;
    reactions[at] = reaction;
  }

  /** A view that follows {@link View#user}. */
  View view() {
    return new View();
  }

  /** The picks of one user. */
  final class View implements History {
    int user;

    @Override
    public int size() {
      return length == 0 ? 0 : Math.min(length, counts[user]);
    }

    private int at(int back) {
      Objects.checkIndex(back, size());
      return user * length + (counts[user] - 1 - back) % length;
    }

    @Override
    public int item(int back) {
      return items[at(back)];
    }

    @Override
    public int step(int back) {
      return steps[at(back)];
    }

    @Override
    public Reaction reaction(int back) {
      return reactions[at(back)];
    }
  }
}
