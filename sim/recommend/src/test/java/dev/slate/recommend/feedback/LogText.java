package dev.slate.recommend.feedback;

import dev.slate.recommend.Feedback;

/** The rows of a log as text, with names, ordinals and the bits of values. */
final class LogText {
  private LogText() {}

  /** A line for each row. */
  static String of(Feedback log) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < log.size(); row++) {
      text.append(log.users().get(log.user(row))).append(' ').append(log.user(row)).append(' ');
      text.append(log.items().get(log.item(row))).append(' ').append(log.item(row)).append(' ');
      text.append(Float.floatToIntBits(log.value(row))).append(' ').append(log.time(row));
      text.append(' ').append(log.kind(row)).append('\n');
    }
    return text.toString();
  }
}
