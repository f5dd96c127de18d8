package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class InputExceptionTest {
  @Test
  void messageNamesOnlyKnownPositions() {
    InputException bare = new InputException("a.npy", "is empty");
    assertEquals("a.npy: is empty", bare.getMessage());
    assertEquals("a.npy: is empty, row 0", bare.atRow(0).getMessage());
    assertEquals("a.npy: is empty, line 1", bare.onLine(1).getMessage());
    assertEquals(
        "a.npy: is empty, row 3, column 0, line 5",
        bare.onLine(5).atColumn(0).atRow(3).getMessage());
    assertEquals(OptionalLong.empty(), bare.row());
    assertEquals(OptionalLong.of(0), bare.atColumn(0).column());
  }

  @Test
  void positionsKeepTheCause() {
    IOException cause = new IOException("short read");
    assertSame(cause, new InputException("a.npy", "ends early", cause).atRow(7).getCause());
  }
}
