package dev.slate.recommend.feedback;

import dev.slate.recommend.Feedback;
import dev.slate.recommend.Names;

/** Drops the names of users and items that no row refers to. */
public final class Renaming {
  private Renaming() {}

  /** The same rows, with names in the order in which rows first refer to them. */
  public static Feedback compact(Feedback log) {
    Names users = new Names();
    Names items = new Names();
    Feedback.Builder same = Feedback.builder(users, items);
    for (int row = 0; row < log.size(); row++) {
      same.add(
          users.add(log.users().get(log.user(row))),
          items.add(log.items().get(log.item(row))),
          log.value(row),
          log.time(row),
          log.kind(row));
    }
    return same.build();
  }
}
