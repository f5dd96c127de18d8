package dev.slate.kernel.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a write takes in a log. */
class JournalTest {
  /** The largest write that is accepted makes the largest frame that is read. */
  @Test
  void theBytesOfAWriteAreThoseOfItsFrame() {
    int width = 3;
    float[] row = new float[width];
    PendingFrames pending = new PendingFrames(width, 0);
    pending.begin(1);
    for (int i = 0; i < 5; i++) {
      pending.put(i, row, i);
    }
    pending.remove(7);
    pending.remove(8);
    pending.end();
    ByteBuffer frame = pending.take().bytes().flip();
    assertEquals(Journal.bytes(5, 2, width), frame.remaining() - Frames.HEADER);
    assertEquals(Frames.MOST, Journal.MOST_BYTES);
  }

  /** Frames that are being written share no buffer with those that come after them. */
  @Test
  void framesThatWereTakenStayAsTheyAre() {
    PendingFrames pending = new PendingFrames(1, 0);
    pending.begin(1);
    pending.remove(7);
    pending.end();
    ByteBuffer first = pending.take().bytes();
    byte[] before = bytes(first);
    for (long version = 2; version < 5; version++) {
      pending.begin(version);
      pending.remove(8);
      pending.end();
      assertNotSame(first, pending.take().bytes());
    }
    assertArrayEquals(before, bytes(first));
  }

  private static byte[] bytes(ByteBuffer filled) {
    byte[] bytes = new byte[filled.position()];
    filled.get(0, bytes);
    return bytes;
  }

  @Test
  void aFrameThatIsAbandonedLeavesTheOnesBefore() {
    PendingFrames pending = new PendingFrames(1, 0);
    pending.begin(1);
    pending.remove(7);
    long end = pending.end();
    pending.begin(2);
    pending.remove(8);
    pending.abandon();
    assertEquals(end, pending.bytes());
    assertEquals(end, pending.take().bytes().position());
    assertEquals(0, pending.bytes());
    pending.begin(2);
    pending.abandon();
    assertEquals(0, pending.bytes());
  }
}
