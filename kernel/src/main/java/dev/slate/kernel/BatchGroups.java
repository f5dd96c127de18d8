package dev.slate.kernel;

import dev.slate.kernel.layout.Normaliser;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.GroupCursor;
import dev.slate.kernel.search.QueryGroup;
import dev.slate.kernel.search.Share;
import dev.slate.kernel.search.Team;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers a batch group by group: the queries of a group are searched together, and threads divide
 * the items among them, each with a selection of its own for every query of the group.
 */
final class BatchGroups implements BatchSearch {
  /** Results that a group may want in all, unless a single query wants more: bounds the scratch. */
  private static final long MOST_WANTED = 1 << 20;

  private static final Slate[] NONE = {};

  private final Index index;
  private final Team team;
  private final Member[] members;
  private final int capacity;
  private final QueryGroup group = new QueryGroup();
  private final Team.Work searching = this::searchPart;
  private Share[] shares = {};
  private Slate[] slates = NONE;
  private int first;

  private BatchGroups(Index index, Team team, GroupCursor[] cursors) {
    this.index = index;
    this.team = team;
    this.capacity = cursors[0].capacity();
    this.members = new Member[cursors.length];
    for (int i = 0; i < members.length; i++) {
      members[i] = new Member(cursors[i]);
    }
    group.d = index.dimensions();
    group.dot = index.metric().largerIsBetter();
    group.biased = index.biased;
  }

  /**
   * Prepares for batches.
   *
   * @return null if the index's engine takes queries one by one
   */
  static @Nullable BatchGroups of(Index index, Team team) {
    GroupCursor[] cursors = new GroupCursor[team.size()];
    for (int i = 0; i < cursors.length; i++) {
      GroupCursor cursor = index.engine.groupCursor();
      if (cursor == null) {
        return null;
      }
      cursors[i] = cursor;
    }
    return new BatchGroups(index, team, cursors);
  }

  @Override
  public void run(float[] queries, Slate[] out, Counters counters) {
    slates = out;
    try {
      for (first = 0; first < out.length; first += group.count) {
        group.count = next();
        fill(queries);
        for (int i = 0; i < group.count; i++) {
          shares[i].reset();
        }
        for (Member member : members) {
          member.started = false;
        }
        team.run(searching);
        finish(counters);
      }
    } finally {
      slates = NONE;
    }
  }

  private void searchPart(int member) {
    members[member].run();
  }

  /** How many of the queries from the first on make a group. */
  private int next() {
    long wanted = 0;
    int count = 0;
    while (count < Math.min(capacity, slates.length - first)) {
      wanted += k(count);
      if (count > 0 && wanted > MOST_WANTED) {
        break;
      }
      count++;
    }
    return count;
  }

  private void fill(float[] queries) {
    int d = group.d;
    if (shares.length < group.count) {
      grow();
    }
    System.arraycopy(queries, first * d, group.rows, 0, group.count * d);
    if (index.metric() == Metric.COSINE) {
      for (int i = 0; i < group.count; i++) {
        Normaliser.normalise(group.rows, i * d, d);
      }
    }
  }

  private void grow() {
    int from = shares.length;
    group.rows = new float[group.count * group.d];
    shares = Arrays.copyOf(shares, group.count);
    for (Member member : members) {
      member.best = Arrays.copyOf(member.best, group.count);
    }
    for (int i = from; i < group.count; i++) {
      shares[i] = new Share(members.length);
      for (Member member : members) {
        member.best[i] = new TopK();
      }
    }
  }

  private int k(int query) {
    return index.wanted(slates[first + query]);
  }

  private void finish(Counters counters) {
    for (Member member : members) {
      if (member.started) {
        counters.add(member.counters);
      }
    }
    TopK[] all = members[0].best;
    for (int i = 0; i < group.count; i++) {
      for (int m = 1; m < members.length; m++) {
        if (members[m].started) {
          all[i].take(members[m].best[i]);
        }
      }
      slates[first + i].set(all[i], index.metric(), index.ids);
    }
  }

  /** What one thread needs. */
  private final class Member {
    private final GroupCursor cursor;
    private final Counters counters = new Counters();
    private TopK[] best = {};
    private boolean started;

    Member(GroupCursor cursor) {
      this.cursor = cursor;
    }

    void run() {
      counters.reset();
      for (int i = 0; i < group.count; i++) {
        best[i].reset(k(i), Candidate.FIRST, Candidate.NONE);
      }
      started = true;
      cursor.search(group, best, shares, counters);
    }
  }
}
