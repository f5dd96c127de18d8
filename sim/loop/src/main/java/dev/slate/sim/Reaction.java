package dev.slate.sim;

/** What a user lets the system know about her pick. */
public enum Reaction {
  /** Nothing. */
  NONE,
  /** She dislikes it: liking below {@value Feedback#DISLIKED}. */
  DISLIKE,
  /** She likes it: liking of at least {@value Feedback#LIKED}. */
  LIKE,
  /** She likes it very much: liking of at least {@value Feedback#LOVED}. */
  DOUBLE_LIKE
}
