package dev.slate.sim.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slate.sim.Reaction;
import org.junit.jupiter.api.Test;

class PickLogTest {
  @Test
  void theLatestPicksOfEachUserAreKept() {
    PickLog log = new PickLog(3, 3);
    PickLog.View view = log.view();
    view.user = 1;
    assertEquals(0, view.size());
    assertThrows(IndexOutOfBoundsException.class, () -> view.item(0));
    Reaction[] reactions = {Reaction.LIKE, Reaction.NONE, Reaction.DISLIKE, Reaction.DOUBLE_LIKE};
    for (int pick = 0; pick < 7; pick++) {
      log.add(1, 10 + pick, 100 + pick, reactions[pick % 4]);
      assertEquals(Math.min(3, pick + 1), view.size());
      for (int back = 0; back < view.size(); back++) {
        assertEquals(10 + pick - back, view.item(back));
        assertEquals(100 + pick - back, view.step(back));
        assertEquals(reactions[(pick - back) % 4], view.reaction(back));
      }
      assertThrows(IndexOutOfBoundsException.class, () -> view.step(view.size()));
      assertThrows(IndexOutOfBoundsException.class, () -> view.reaction(-1));
    }
    log.add(2, 5, 6, Reaction.NONE);
    for (int user = 0; user < 3; user++) {
      view.user = user;
      assertEquals(new int[] {0, 3, 1}[user], view.size());
    }
    assertEquals(5, view.item(0));
  }

  @Test
  void aLogOfNoLengthKeepsNothing() {
    PickLog log = new PickLog(2, 0);
    log.add(1, 5, 6, Reaction.LIKE);
    PickLog.View view = log.view();
    view.user = 1;
    assertEquals(0, view.size());
    assertThrows(IndexOutOfBoundsException.class, () -> view.item(0));
  }
}
