package dev.slate.kernel.journal;

import java.nio.ByteBuffer;

/**
 * The frames of a log that are in memory and not in its file yet. One thread at a time appends;
 * meanwhile another one may take the whole frames and write them. In a log with marks, what waits
 * begins with a mark, also where nothing else does.
 */
final class PendingFrames {
  /** Bytes of a buffer at first. */
  private static final int CAPACITY = 1 << 16;

  /** Bytes of the largest buffer that is used again. */
  private static final int MOST_KEPT = 1 << 20;

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final int width;
  private ByteBuffer pending = Frames.buffer(CAPACITY);

  /** The buffer that is filled next; an empty one while the frames of that buffer are written. */
  private ByteBuffer spare = Frames.buffer(CAPACITY);

  /** Where the frame that is being filled starts in the buffer, and its number of operations. */
  private int frameStart;

  private int frameCount;

  /** Whether the log has marks. */
  private boolean marked;

  /** Where the next frame goes in the file, what waits in memory included. */
  private long end;

  /** Bytes appended since the journal was opened. */
  private long appended;

  /**
   * Prepares for a log.
   *
   * @param width floats of a row
   * @param end where the next frame goes in its file
   * @param marked whether it has marks
   */
  PendingFrames(int width, long end, boolean marked) {
    this.width = width;
    this.end = end;
    this.marked = marked;
    this.frameStart = mark(pending);
  }

  /** Begins the frame of a write. Between this and {@link #end()} no other thread appends. */
  synchronized void begin(long version) {
    open(LogFile.PREFIX);
    pending.putLong(version).putInt(0);
  }

  synchronized void put(long id, float[] row, int group) {
    reserve(LogFile.bytesOfPut(width));
    LogFile.put(pending, id, row, width, group);
    frameCount++;
  }

  synchronized void remove(long id) {
    reserve(LogFile.REMOVAL);
    LogFile.remove(pending, id);
    frameCount++;
  }

  /**
   * Ends the frame.
   *
   * @return bytes appended since the journal was opened
   */
  synchronized long end() {
    pending.putInt(frameStart + Frames.HEADER + Long.BYTES, frameCount);
    return close();
  }

  /** Drops the frame that was begun and not ended, if there is one. */
  synchronized void abandon() {
    pending.position(frameStart);
  }

  /** Whether a frame waits. */
  synchronized boolean any() {
    return pending.position() > (marked ? Frames.SMALL : 0);
  }

  /** Appends the frame that ends a log, when nothing else waits; it is a mark itself. */
  synchronized void seal() {
    end -= pending.position();
    pending.clear();
    open(Long.BYTES);
    pending.putLong(LogFile.SEAL);
    close();
  }

  /**
   * Goes on with another log, when nothing waits for the one before.
   *
   * @param marked whether it has marks
   */
  synchronized void startLog(long at, boolean marked) {
    end = at;
    this.marked = marked;
    frameStart = mark(pending.clear());
  }

  /** Bytes that wait in memory. */
  synchronized int bytes() {
    return pending.position();
  }

  /** Bytes appended since the journal was opened. */
  synchronized long appended() {
    return appended;
  }

  /** Bytes of the log, what waits in memory included. */
  synchronized long logBytes() {
    return end;
  }

  /**
   * Whole frames to write.
   *
   * @param bytes from 0 to its position
   * @param at where they go in the file
   * @param upTo bytes appended by their end since the journal was opened
   */
  record Taken(ByteBuffer bytes, long at, long upTo) {}

  /** Takes the whole frames; one that is being filled stays. */
  synchronized Taken take() {
    int whole = frameStart;
    ByteBuffer rest = pending.duplicate();
    rest.position(whole).limit(pending.position());
    ByteBuffer next = spare;
    next.clear();
    if (next.capacity() < Frames.SMALL + rest.remaining()) {
      next = Frames.buffer(Math.max(pending.capacity(), Frames.SMALL + rest.remaining()));
    }
    Taken taken = new Taken(pending.position(whole), end - whole, appended);
    frameStart = mark(next);
    pending = next.put(rest);
    spare = NONE;
    return taken;
  }

  /** Takes back the buffer of frames that were written, to be used again. */
  synchronized void reuse(ByteBuffer written) {
    spare = written.capacity() > MOST_KEPT ? Frames.buffer(CAPACITY) : written;
  }

  /** Begins an empty buffer, with a mark where the log has marks; returns its position. */
  private int mark(ByteBuffer empty) {
    if (marked) {
      empty.position(Frames.HEADER).putLong(LogFile.MARK);
      Frames.seal(empty, 0, Frames.SMALL, end);
      end += Frames.SMALL;
    }
    return empty.position();
  }

  private void open(int bytes) {
    reserve(Frames.HEADER + bytes);
    frameStart = pending.position();
    frameCount = 0;
    pending.position(frameStart + Frames.HEADER);
  }

  private long close() {
    int length = pending.position() - frameStart;
    Frames.seal(pending, frameStart, pending.position(), end);
    frameStart = pending.position();
    end += length;
    appended += length;
    return appended;
  }

  private void reserve(int bytes) {
    if (pending.remaining() < bytes) {
      int capacity = Math.max(2 * pending.capacity(), pending.position() + bytes);
      pending = Frames.buffer(capacity).put(pending.flip());
    }
  }
}
