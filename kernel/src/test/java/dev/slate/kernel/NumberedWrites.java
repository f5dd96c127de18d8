package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes of which number i is a function of i, so that after any number of writes it is known what
 * must be there: a model that keeps the order of insertion, and the same to a live index.
 */
final class NumberedWrites {
  static final int D = 3;
  private static final int IDS = 500;

  private final Map<Long, Item> model = new LinkedHashMap<>();
  private long count;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Item(float[] row, int group) {}

  /** Makes write number i to a live index. */
  static void write(long i, LiveIndex live) {
    Random r = new Random(i);
    switch (r.nextInt(4)) {
      case 0 -> {
        LiveBatch batch = new LiveBatch(D);
        for (int n = r.nextInt(40); n >= 0; n--) {
          long id = r.nextInt(IDS);
          if (r.nextInt(3) == 0) {
            batch.delete(id);
          } else {
            batch.upsert(id, Shape.UNIFORM.rows(r, 1, D), 0f, group(i));
          }
        }
        live.apply(batch);
      }
      case 1 -> live.delete(r.nextInt(IDS));
      default -> live.upsert(r.nextInt(IDS), Shape.UNIFORM.rows(r, 1, D), 0f, group(i));
    }
  }

  /** The group of the items of a write; the first writes have none. */
  private static int group(long i) {
    return i < 100 || i % 3 == 0 ? Query.NO_GROUP : (int) i;
  }

  /** Number of writes that the model has. */
  long count() {
    return count;
  }

  /** Makes writes to the model, up to a number. */
  void proceedTo(long last) {
    while (count < last) {
      write(++count);
    }
  }

  private void write(long i) {
    Random r = new Random(i);
    switch (r.nextInt(4)) {
      case 0 -> {
        for (int n = r.nextInt(40); n >= 0; n--) {
          long id = r.nextInt(IDS);
          if (r.nextInt(3) == 0) {
            model.remove(id);
          } else {
            model.put(id, new Item(Shape.UNIFORM.rows(r, 1, D), group(i)));
          }
        }
      }
      case 1 -> model.remove((long) r.nextInt(IDS));
      default -> model.put((long) r.nextInt(IDS), new Item(Shape.UNIFORM.rows(r, 1, D), group(i)));
    }
  }

  /** Fails unless a live index holds the items of the model, to the bit and in their order. */
  void assertHeldBy(LiveIndex live) {
    Slate all = new Slate(IDS + 1);
    live.search(Query.of(new float[D]).weights(0, 0, 0), all);
    List<Long> ids = new ArrayList<>();
    float[] row = new float[D];
    for (int i = 0; i < all.size(); i++) {
      ids.add(all.id(i));
      assertTrue(live.copyRow(all.id(i), row));
      assertEquals(model.get(all.id(i)).group, live.item(all.id(i)).group());
      float[] expected = model.get(all.id(i)).row;
      for (int j = 0; j < D; j++) {
        assertEquals(expected[j], row[j], "row of " + all.id(i));
      }
    }
    assertEquals(List.copyOf(model.keySet()), ids, "ids in order of insertion");
  }
}
