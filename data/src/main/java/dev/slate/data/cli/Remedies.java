package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.Notice.Topic;

/** Names the option that helps where a reader's guess may have led to bad input. */
public final class Remedies {
  private Remedies() {}

  /**
   * The line that tells a user of bad input.
   *
   * @param bad what is wrong
   * @return its message, followed by the option that decides otherwise, if there is one
   */
  public static String line(InputException bad) {
    return bad.getMessage() + bad.guess().map(Remedies::of).orElse("");
  }

  private static String of(Topic guess) {
    return switch (guess) {
      case HEADER ->
          " (if that line names the columns, say --header yes, or --query-header yes of queries)";
      case COLUMNS -> " (--columns takes others, and --id-column of a search names the items)";
      case DELIMITER, DECIMAL, PRECISION -> "";
    };
  }
}
