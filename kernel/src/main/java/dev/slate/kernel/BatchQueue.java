package dev.slate.kernel;

import dev.slate.kernel.search.Claim;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Request;
import dev.slate.kernel.search.Share;
import dev.slate.kernel.search.Team;
import dev.slate.kernel.select.TopK;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers a batch from a queue: queries wait in the order that the engine likes, and each thread
 * claims the next few of them.
 */
final class BatchQueue implements BatchSearch {
  /** Queries that a thread claims at once, at most: it may have to keep candidates of each. */
  private static final int MOST_CLAIMED = 1 << 14;

  /** Slates that are touched at once, so that their cache misses overlap. */
  private static final int TOUCHED = 16;

  private static final float[] NO_QUERIES = {};
  private static final Slate[] NO_SLATES = {};

  private final Index index;
  private final Team team;
  private final Member[] members;
  private final Team.Work searching = this::searchPart;
  private final AtomicInteger next = new AtomicInteger();
  private float[] queries = NO_QUERIES;
  private Slate[] slates = NO_SLATES;
  private int[] order = {};

  BatchQueue(Index index, Team team, Seat[] seats) {
    this.index = index;
    this.team = team;
    this.members = new Member[seats.length];
    for (int i = 0; i < seats.length; i++) {
      members[i] = new Member(seats[i]);
    }
  }

  @Override
  public void run(float[] queries, Slate[] out, Counters counters) {
    if (order.length < out.length) {
      order = new int[out.length];
    }
    for (int i = 0; i < out.length; i++) {
      order[i] = i;
    }
    boolean normalise = index.metric() == Metric.COSINE;
    members[0].seat.cursor.arrange(queries, out.length, normalise, order);
    this.queries = queries;
    slates = out;
    next.set(0);
    for (Member member : members) {
      member.counters.reset();
    }
    try {
      team.run(searching);
    } finally {
      this.queries = NO_QUERIES;
      slates = NO_SLATES;
    }
    for (Member member : members) {
      counters.add(member.counters);
    }
  }

  private void searchPart(int member) {
    members[member].run();
  }

  /** What one thread needs. */
  private final class Member implements Claim {
    private final Seat seat;
    private final Counters counters = new Counters();
    private final Share alone = new Share(1);
    private final float[] row = new float[index.dimensions()];
    private int from;
    private int to;

    /** From here on slates have been touched. */
    private int near;

    /** Keeps reads that only bring memory closer from being left out as unused. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    Member(Seat seat) {
      this.seat = seat;
    }

    void run() {
      while (claim()) {
        if (index.size() > 0) {
          seat.cursor.searchAll(this, counters);
          continue;
        }
        for (int i = 0; i < size(); i++) {
          start(i);
          finish(i);
        }
      }
    }

    /** Claims half of a thread's part of what is left, so that none waits long at the end. */
    private boolean claim() {
      while (true) {
        from = next.get();
        int left = slates.length - from;
        if (left <= 0) {
          return false;
        }
        int some = members.length == 1 ? left : left / (2 * members.length);
        to = from + Math.clamp(some, 1, MOST_CLAIMED);
        if (next.compareAndSet(from, to)) {
          near = -TOUCHED;
          return true;
        }
      }
    }

    @Override
    public int size() {
      return to - from;
    }

    @Override
    public void start(int i) {
      int query = order[from + i];
      System.arraycopy(queries, query * row.length, row, 0, row.length);
      seat.prepare(seat.plain.vector(row), slates[query]);
      alone.reset();
    }

    @Override
    public Request request() {
      return seat.request;
    }

    @Override
    public TopK best() {
      return seat.best;
    }

    @Override
    public Share share() {
      return alone;
    }

    @Override
    public void finish(int i) {
      if (i < near || i >= near + TOUCHED) {
        near = i;
        for (int next = from + i; next < Math.min(from + i + TOUCHED, to); next++) {
          touched |= slates[order[next]].touch();
        }
      }
      seat.finish(slates[order[from + i]]);
    }
  }
}
