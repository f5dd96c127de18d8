package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class IdColumnTest {
  static IdColumn numbers(long... numbers) {
    IdColumn.Builder builder = new IdColumn.Builder(IdType.LONG);
    for (long number : numbers) {
      builder.add(number);
    }
    return builder.build();
  }

  static IdColumn texts(String... texts) {
    IdColumn.Builder builder = new IdColumn.Builder(IdType.STRING);
    for (String text : texts) {
      builder.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return builder.build();
  }

  @Test
  void ascendsByValueAndByBytes() {
    assertArrayEquals(
        new int[] {2, 3, 0, 1}, numbers(0, Long.MAX_VALUE, Long.MIN_VALUE, -1).ascending());
    assertArrayEquals(new int[] {3, 2, 1, 0}, texts("\ud83d\ude00", "\uff5e", "a", "").ascending());
  }

  @Test
  void finds() {
    IdColumn ascending = numbers(-4, 0, 9, 12);
    IdColumn wanted = numbers(12, 1, -4, 100, -9);
    int[] places = new int[5];
    for (int i = 0; i < places.length; i++) {
      places[i] = ascending.find(wanted, i);
    }
    assertArrayEquals(new int[] {3, -1, 0, -1, -1}, places);
    assertEquals(1, texts("", "b", "c").find(texts("b"), 0));
  }

  @Test
  void neighbouringNumbersSpreadOverShards() {
    int[] counts = new int[7];
    for (int i = 0; i < 7_000; i++) {
      counts[numbers(i * 14L).hash(0) % counts.length]++;
    }
    for (int count : counts) {
      assertTrue(count > 850 && count < 1150, "of 1,000: " + count);
    }
    assertTrue(numbers(Long.MIN_VALUE).hash(0) >= 0);
  }
}
