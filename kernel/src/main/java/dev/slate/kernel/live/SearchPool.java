package dev.slate.kernel.live;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the scratch of searches that have ended for those that begin, whichever threads they run
 * on: so platform and virtual threads cost the same, and memory is bounded by the number of
 * searches at once. Neither side waits or allocates.
 */
final class SearchPool {
  /** A power of two; further searches at once make scratch that is not kept. */
  private static final int PLACES = 64;

  private final AtomicReferenceArray<@Nullable LiveSearch> idle =
      new AtomicReferenceArray<>(PLACES);

  /** Takes scratch, or makes some. */
  LiveSearch take() {
    int start = start();
    for (int i = 0; i < PLACES; i++) {
      int at = start + i & PLACES - 1;
      if (idle.getPlain(at) != null) {
        LiveSearch search = idle.getAndSet(at, null);
        if (search != null) {
          return search;
        }
      }
    }
    return new LiveSearch();
  }

  /** Keeps scratch, if there is room. */
  void give(LiveSearch search) {
    int start = start();
    for (int i = 0; i < PLACES; i++) {
      int at = start + i & PLACES - 1;
      if (idle.getPlain(at) == null && idle.compareAndSet(at, null, search)) {
        return;
      }
    }
  }

  /** Lets idle scratch release parts that a view does not have. */
  void clear(View view) {
    for (int at = 0; at < PLACES; at++) {
      LiveSearch search = idle.getAndSet(at, null);
      if (search != null) {
        if (!search.serves(view)) {
          search.forget();
        }
        give(search);
      }
    }
  }

  /** Threads begin at places of their own, so that they seldom meet. */
  private static int start() {
    long thread = Thread.currentThread().threadId();
    return (int) ((thread * 0x9e3779b97f4a7c15L) >>> 58);
  }
}
