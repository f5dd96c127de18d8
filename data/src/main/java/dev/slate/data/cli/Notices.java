package dev.slate.data.cli;

import dev.slate.data.Notice;
import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Says on standard error what a reader guessed, and which option decides otherwise.
 *
 * @param err standard error
 * @param spec the file
 * @param prefix before the name of an option: {@code --}, or {@code --query-} for queries
 */
record Notices(PrintWriter err, String spec, String prefix) implements Consumer<Notice> {
  static Notices of(PrintWriter err, String spec) {
    return new Notices(err, spec, "--");
  }

  @Override
  public void accept(Notice notice) {
    String remedy =
        switch (notice.topic()) {
          case HEADER -> prefix + "header yes or no decides";
          case COLUMNS -> prefix + "columns takes others";
          case DELIMITER -> "--delimiter sets another";
          case DECIMAL -> "--decimal sets another";
          case PRECISION -> "search --center subtracts the midpoint of each column before rounding";
        };
    err.println("slate: " + spec + ": " + notice.text() + " (" + remedy + ")");
    err.flush();
  }
}
