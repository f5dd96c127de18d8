package dev.slate.kernel.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where entries go, of arrays larger than any that a test would allocate. */
class ChunkedArrayTest {
  private static final class Place extends ChunkedArray {
    private final int elementBytes;

    Place(int count, int stride, int elementBytes) {
      super(count, stride, elementBytes);
      this.elementBytes = elementBytes;
    }

    @Override
    protected Object create(int length) {
      return new byte[length];
    }

    /** Walks over all entries near the ends of chunks, and some between. */
    void check() {
      long elements = 0;
      for (int chunk = 0; chunk < chunks(); chunk++) {
        assertTrue(length(chunk) > 0, "chunk " + chunk);
        assertTrue((long) length(chunk) * elementBytes <= (1L << 30) + 64, "chunk " + chunk);
        elements += length(chunk);
      }
      assertEquals(elements(), elements);
      int entry = 0;
      for (int chunk = 0; chunk < chunks(); chunk++) {
        int end = chunkEnd(entry);
        assertEquals(chunk, chunkOf(entry));
        assertEquals(48, offset(entry) * elementBytes, "the first entry lies behind the lead");
        assertEquals(length(chunk), offset(end - 1) + stride(), "the last entry ends its chunk");
        assertEquals(chunk, chunkOf(end - 1));
        int middle = entry + (end - entry) / 2;
        assertEquals((long) offset(entry) + (long) (middle - entry) * stride(), offset(middle));
        assertEquals(end, chunkEnd(middle));
        entry = end;
      }
      assertEquals(count(), entry);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "64, 1", "65, 2", "2147483583, 33554431", "2147483647, 33554432"})
  void itemsFillTheirBlocks(int items, int blocks) {
    assertEquals(blocks, Blocks.count(items));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 64, 4",
    "2, 320, 4",
    "33554431, 320, 4",
    "33554432, 8192, 4",
    "2147483647, 16, 4",
    "2147483647, 1, 1",
    "1073741824, 3, 4",
    "16777217, 6208, 1",
    "4194305, 4194304, 4"
  })
  void everyEntryHasItsPlace(int count, int stride, int elementBytes) {
    new Place(count, stride, elementBytes).check();
  }
}
