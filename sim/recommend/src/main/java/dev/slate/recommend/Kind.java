package dev.slate.recommend;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Kinds of feedback. Explicit kinds say what a user thinks; implicit ones are traces of use. */
public enum Kind {
  /** A rating on a scale; the value is the rating. */
  RATING,
  /** Explicit: not for me. */
  THUMB_DOWN,
  /** Explicit: I like it. */
  THUMB_UP,
  /** Explicit: I love it. */
  DOUBLE_THUMB_UP,
  /** Shown and left alone. */
  SHOWN,
  /** Seen in detail. */
  VIEW,
  /** Clicked or picked. */
  CLICK,
  /** Stayed; the value is in seconds. */
  DWELL,
  /** Watched or listened to; the value is in seconds, or a count of plays. */
  WATCH,
  /** Bought; the value is the quantity or the price. */
  PURCHASE,
  /** Kept for later. */
  BOOKMARK,
  /** Subscribed to its author or channel. */
  SUBSCRIBE,
  /** Came back to it. */
  REPEAT_VISIT;

  private static final Kind[] ALL = values();

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /**
   * Finds a kind by its name.
   *
   * @param word such as {@code repeat-visit} or {@code REPEAT_VISIT}
   * @return the kind, or null if there is none of that name
   */
  public static @Nullable Kind of(String word) {
    String name = word.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    for (Kind kind : ALL) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    return null;
  }

  /**
   * The name in files and options.
   *
   * @return lower case, with hyphens
   */
  public String word() {
    return word;
  }
}
