package dev.slate.service;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, read in a limited time. Its stream is never closed: closing would wait for
 * the rest of the body.
 */
final class Body {
  /** Of a usual request; longer ones are read all the same. */
  private static final int USUAL = 1 << 10;

  private final ServerRequest request;
  private final ReadTime time;
  private @Nullable InputStream in;
  private long start;

  Body(ServerRequest request, ReadTime time) {
    this.request = request;
    this.time = time;
    start = System.nanoTime();
  }

  /**
   * What the client sends. A read throws {@link BadRequest} if bytes arrive after the limit, and
   * {@link ServerConnectionException} if the client is gone or silent.
   */
  InputStream stream() {
    InputStream opened = in;
    if (opened == null) {
      opened = new Timed(request.content().inputStream());
      in = opened;
    }
    return opened;
  }

  /** Gives the client its time anew, as it has sent something of use. */
  void restart() {
    start = System.nanoTime();
  }

  /**
   * Reads all of it.
   *
   * @param most bytes, at most
   * @throws BadRequest if there is none, or it is too long, or takes too long
   */
  byte[] read(int most) throws IOException {
    if (!request.content().hasEntity()) {
      throw new BadRequest("a body is expected");
    }
    byte[] body = new byte[USUAL];
    int size = 0;
    while (true) {
      int read = stream().read(body, size, body.length - size);
      if (read < 0) {
        return Arrays.copyOf(body, size);
      }
      size += read;
      if (size > most) {
        throw new BadRequest(413, "the body is longer than " + most + " bytes");
      }
      if (size == body.length) {
        body = Arrays.copyOf(body, Math.min(2 * size, most + 1));
      }
    }
  }

  /**
   * Reads on after the answer, so that the client gets to read it: a connection that is closed
   * while bytes come in is reset, which may destroy an answer that is on its way.
   *
   * @return whether the next request follows; false if the connection has to be closed
   */
  boolean drain() {
    if (request.content().consumed() || !request.continueSent()) {
      return true;
    }
    restart();
    try {
      stream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (IOException
        | BadRequest
        | DataReader.InsufficientDataAvailableException
        | ServerConnectionException
        | HttpException
        | RequestException e) {
      return false; // the client is gone, too slow, or sends what is no body
    }
  }

  /**
   * Limits the time, and refuses chunks without a length, of which the server says nothing of use.
   */
  private final class Timed extends FilterInputStream {
    Timed(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] to, int from, int length) {
      try {
        int read = await(to, from, length);
        if (read >= 0 && System.nanoTime() - start > time.most().toNanos()) {
          throw new BadRequest(408, "the body took longer than " + time.most().toMillis() + " ms");
        }
        return read;
      } catch (NumberFormatException | DataReader.IncorrectNewLineException e) {
        throw new BadRequest("the body is not in chunks, as its header says");
      }
    }

    private int await(byte[] to, int from, int length) {
      time.waits();
      try {
        return super.read(to, from, length);
      } catch (IOException | UncheckedIOException e) {
        throw new ServerConnectionException("the client is gone, or silent for too long", e);
      } finally {
        time.waited();
      }
    }
  }
}
