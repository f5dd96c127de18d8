package dev.slate.bench.roofline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stream says, on threads whose clock is made up. */
class MemoryStreamTest {
  private static final int GRAIN_BYTES = StreamSum.GRAIN * Float.BYTES;

  /** Each call takes a set time, whatever is read. */
  private static final class Clocked extends LockstepThreads {
    private final long nanos;
    private final int size;
    private final List<Float> sums = new ArrayList<>();

    Clocked(int size, long nanos) {
      super(1);
      this.size = size;
      this.nanos = nanos;
    }

    @Override
    int size() {
      return size;
    }

    @Override
    long time(Work work) {
      float sum = 0;
      for (int member = 0; member < size; member++) {
        sum += work.run(member);
      }
      sums.add(sum);
      return nanos;
    }
  }

  @Test
  void aPassOverAllBytesTakesWhatItTakes() {
    MemoryStream stream = new MemoryStream(4L * GRAIN_BYTES, new Clocked(1, 1_000_000));
    assertEquals(1_000_000, stream.once());
    assertEquals(1_000_000, stream.measure(1)[0]);
  }

  /** The bytes are those of whole grains; the time is that of the bytes that were asked for. */
  @Test
  void aRestIsTakenInProportion() {
    MemoryStream stream = new MemoryStream(GRAIN_BYTES * 3L / 2, new Clocked(1, 1_000_000));
    assertEquals(1_500_000, stream.once());
    assertEquals(250_000, new MemoryStream(GRAIN_BYTES / 4, new Clocked(1, 1_000_000)).once());
  }

  @Test
  void eachThreadReadsItsPart() {
    Clocked two = new Clocked(2, 1_000_000);
    MemoryStream stream = new MemoryStream(4L * GRAIN_BYTES, two);
    two.sums.clear();
    assertEquals(1_000_000, stream.once());
    assertEquals(4L * StreamSum.GRAIN * 0x1p-20f, two.sums.getFirst(), "all floats, once");
  }

  /** A short pass is repeated, and its time divided. */
  @Test
  void shortPassesAreRepeated() {
    Clocked lockstep = new Clocked(1, 1_000);
    MemoryStream stream = new MemoryStream(GRAIN_BYTES, lockstep);
    lockstep.sums.clear();
    assertEquals(5, stream.measure(1)[0], "1,000 ns for 200 passes");
    assertEquals(200 * lockstep.sums.get(0), lockstep.sums.get(1), 1e-2);
  }

  @Test
  void theHeapIsThatOfTheBytesUpToALimit() {
    assertTrue(MemoryStream.heap(1L << 40) <= (1L << 30) + (1 << 20));
    assertEquals((1 << 24) + (1 << 20), MemoryStream.heap(1 << 24));
  }

  @Test
  void namesItsOrder() {
    String order = new MemoryStream(GRAIN_BYTES, new Clocked(1, 1_000_000)).order();
    assertTrue(List.of("sequential", "four pages").contains(order), order);
  }
}
