package dev.slate.maven;

import java.io.Writer;
import org.apache.maven.plugin.logging.Log;

/** Passes whole lines on to Maven's log. */
final class LogWriter extends Writer {
  private final Log log;
  private final StringBuilder line = new StringBuilder();

  LogWriter(Log log) {
    this.log = log;
  }

  @Override
  public void write(char[] text, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (text[i] == '\n') {
        end();
      } else if (text[i] != '\r') {
        line.append(text[i]);
      }
    }
  }

  private void end() {
    log.info(line.toString());
    line.setLength(0);
  }

  @Override
  public void flush() {
    // A line is passed on when it ends.
  }

  @Override
  public void close() {
    if (!line.isEmpty()) {
      end();
    }
  }
}
