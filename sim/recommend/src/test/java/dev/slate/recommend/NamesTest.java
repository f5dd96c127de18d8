package dev.slate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NamesTest {
  /** "Aa" and "BB" have one hash, and so has each text made of them. */
  private static String name(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int parts = random.nextInt(1, 8);
    for (int i = 0; i < parts; i++) {
      text.append(random.nextBoolean() ? "Aa" : "BB");
    }
    return random.nextInt(3) == 0 ? text.toString() : text + Integer.toString(random.nextInt(900));
  }

  @Test
  void ordinalsAreThoseOfAMapWhetherTextOrBytes() {
    SplittableRandom random = new SplittableRandom(7);
    Names names = new Names();
    Map<String, Integer> right = new HashMap<>();
    for (int turn = 0; turn < 20_000; turn++) {
      String name = name(random);
      byte[] text = ("x" + name + "y").getBytes(StandardCharsets.US_ASCII);
      int known = right.getOrDefault(name, -1);
      assertEquals(known, names.find(name));
      assertEquals(known, names.find(text, 1, text.length - 1));
      if (random.nextInt(3) > 0) {
        int ordinal = right.computeIfAbsent(name, key -> right.size());
        assertEquals(
            ordinal, random.nextBoolean() ? names.add(name) : names.add(text, 1, text.length - 1));
        assertEquals(name, names.get(ordinal));
      }
      assertEquals(right.size(), names.size());
    }
    assertEquals(-1, names.find("\u00fc"));
    assertEquals(right.size(), names.add("\u00fc"));
    assertEquals(right.size(), names.find("\u00fc"));
  }
}
