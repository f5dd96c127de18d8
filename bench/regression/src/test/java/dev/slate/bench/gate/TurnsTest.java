package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final List<Arm> BOTH = List.of(Arm.BASELINE, Arm.CANDIDATE);
  private static final List<Arm> ALL = List.of(Arm.values());

  /** After as many rounds as there are arms, each arm was at each place equally often. */
  @Property
  void placesAreBalanced(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int cycles) {
    Turns turns = new Turns(seed);
    Map<Arm, Map<Integer, Integer>> counts = new EnumMap<>(Arm.class);
    for (int round = 0; round < cycles * ALL.size(); round++) {
      turns.next(BOTH);
      List<Arm> order = turns.next(ALL);
      for (int place = 0; place < order.size(); place++) {
        counts
            .computeIfAbsent(order.get(place), arm -> new HashMap<>())
            .merge(place, 1, Integer::sum);
      }
    }
    for (Arm arm : ALL) {
      assertEquals(Map.of(0, cycles, 1, cycles, 2, cycles), counts.get(arm));
    }
  }

  @Test
  void theSeedDecidesTheOrder() {
    assertEquals(orders(1), orders(1));
    assertNotEquals(orders(1), orders(2));
  }

  private static List<List<Arm>> orders(long seed) {
    Turns turns = new Turns(seed);
    List<List<Arm>> orders = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      orders.add(turns.next(BOTH));
    }
    return orders;
  }
}
