package dev.slate.sim;

/**
 * Everybody after a step: where they are, what they were shown and what they picked. Step 0 is the
 * start, when nobody has been shown anything. A view of the running simulation: read it, keep
 * nothing of it.
 */
public interface Moment {
  /**
   * Which step has just been taken.
   *
   * @return 0 at the start
   */
  int step();

  /**
   * What the run is about.
   *
   * @return the setting
   */
  Setting setting();

  /**
   * How many users there were at the start.
   *
   * @return the number of users, those who left included
   */
  int users();

  /**
   * Tells whether a user took part in this step.
   *
   * @param user the user
   * @return false once she has left
   */
  boolean present(int user);

  /**
   * One attribute of a user's preference.
   *
   * @param user the user
   * @param attribute the attribute
   * @return her true preference
   */
  float preference(int user, int attribute);

  /**
   * One attribute of a user's preference at the start.
   *
   * @param user the user
   * @param attribute the attribute
   * @return her preference at step 0
   */
  float origin(int user, int attribute);

  /**
   * One attribute of what the system takes a user's preference to be.
   *
   * @param user the user
   * @param attribute the attribute
   * @return the preference itself, unless it is hidden from the system
   */
  float estimate(int user, int attribute);

  /**
   * How many items a user was shown.
   *
   * @param user the user
   * @return 0..k
   */
  int shown(int user);

  /**
   * An item that a user was shown.
   *
   * @param user the user
   * @param rank the place, from 0
   * @return its ordinal
   */
  int item(int user, int rank);

  /**
   * Tells whether an item was disclosed as an advertisement.
   *
   * @param user the user
   * @param rank the place, from 0
   * @return what the slate said
   */
  boolean advertisement(int user, int rank);

  /**
   * What a user picked.
   *
   * @param user the user
   * @return the rank, from 0; -1 for nothing
   */
  int chosen(int user);

  /**
   * How much a user liked her pick when she made it: 1 for exactly her preference, 0 for as far
   * from it as the cube [-1, 1]^d allows, less her boredom with it.
   *
   * @param user the user
   * @return satisfaction, at most 1; 0 without a pick
   */
  float satisfaction(int user);
}
