package dev.slate.kernel.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupCountsTest {
  /** The table shrinks, grows and is full of groups whose hashes collide; a map counts with it. */
  @Test
  void takesAsManyOfAGroupAsItMay() {
    GroupCounts counts = new GroupCounts();
    Random r = new Random(1);
    for (int round = 0; round < 300; round++) {
      int expected = r.nextInt(round % 3 == 0 ? 1_000 : 40);
      int most = 1 + r.nextInt(3);
      counts.reset(expected, most);
      Map<Integer, Integer> taken = new HashMap<>();
      int kinds = 1 + r.nextInt(expected + 1);
      for (int left = expected; left > 0; ) {
        int group = (r.nextInt(kinds) - kinds / 2) * (r.nextBoolean() ? 1 : 1 << 16);
        boolean takes = taken.getOrDefault(group, 0) < most;
        assertEquals(takes, counts.take(group), "group " + group + ", round " + round);
        if (takes) {
          taken.merge(group, 1, Integer::sum);
          left--;
        } else if (r.nextInt(10) == 0) {
          break;
        }
        assertTrue(counts.take(GroupCounts.NO_GROUP), "an item without a group");
      }
    }
  }
}
