package dev.slate.kernel.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import org.junit.jupiter.api.Test;

class RowChunksTest {
  private static final int WIDTH = 1 << 20;

  @Test
  void rowsAreCopiedFromSeveralArrays() {
    RowChunks rows = RowChunks.zeros(10, WIDTH);
    assertEquals(4, RowChunks.rowsPerChunk(WIDTH));
    assertNotSame(rows.chunk(3), rows.chunk(4));
    for (int row = 0; row < 10; row++) {
      rows.chunk(row)[rows.offset(row)] = row;
      rows.chunk(row)[rows.offset(row) + WIDTH - 1] = -row;
    }
    float[] copy = new float[1 + 7 * WIDTH];
    rows.copy(2, 7, copy, 1);
    for (int i = 0; i < 7; i++) {
      assertEquals(2 + i, copy[1 + i * WIDTH]);
      assertEquals(-2 - i, copy[(i + 1) * WIDTH]);
    }
  }

  @Test
  void aRowMayBeLargerThanAnArray() {
    RowChunks rows = RowChunks.zeros(2, 1 << 23);
    assertEquals(0, rows.offset(1));
    assertEquals(1 << 23, rows.chunk(1).length);
  }
}
