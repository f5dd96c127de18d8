package dev.slate.sim;

/** What a user lets the system know about her pick. */
public enum Reaction {
  /** Nothing. */
  NONE,
  /** She dislikes it: liking below {@value ReactionRates#DISLIKED}. */
  DISLIKE,
  /** She likes it: liking of at least {@value ReactionRates#LIKED}. */
  LIKE,
  /** She likes it very much: liking of at least {@value ReactionRates#LOVED}. */
  DOUBLE_LIKE
}
