package dev.slate.recommend.feedback;

import dev.slate.recommend.Feedback;
import dev.slate.recommend.Names;
import java.util.Arrays;

/** Drops the names of users and items that no row refers to. */
public final class Renaming {
  private Renaming() {}

  /** The same rows, with names in the order in which rows first refer to them. */
  public static Feedback compact(Feedback log) {
    Names users = new Names();
    Names items = new Names();
    int[] user = unnamed(log.users());
    int[] item = unnamed(log.items());
    Feedback.Builder same = Feedback.builder(users, items, log.size());
    for (int row = 0; row < log.size(); row++) {
      same.add(
          renamed(log.user(row), log.users(), user, users),
          renamed(log.item(row), log.items(), item, items),
          log.value(row),
          log.time(row),
          log.kind(row));
    }
    return same.build();
  }

  private static int[] unnamed(Names names) {
    int[] ordinals = new int[names.size()];
    Arrays.fill(ordinals, -1);
    return ordinals;
  }

  private static int renamed(int old, Names names, int[] ordinals, Names to) {
    if (ordinals[old] < 0) {
      ordinals[old] = to.add(names.get(old));
    }
    return ordinals[old];
  }
}
