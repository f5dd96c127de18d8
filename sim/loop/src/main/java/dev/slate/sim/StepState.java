package dev.slate.sim;

/**
 * All users after a step: their preferences, slates and picks. Step 0 is the start, before the
 * first slate. A view of the running simulation, valid during the call that receives it.
 */
public interface StepState {
  /**
   * Number of the step that has just been taken.
   *
   * @return 0 at the start
   */
  int step();

  /**
   * Settings of the run.
   *
   * @return the setting
   */
  RunSettings settings();

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
   * What a user said about her pick.
   *
   * @param user the user
   * @return her reaction to the pick of this step
   */
  Reaction reaction(int user);

  /**
   * Tells whether a user games her feed, as {@link Behavior#gamers} has it.
   *
   * @param user the user
   * @return true if she picks what is nearest to her start
   */
  boolean gamer(int user);

  /**
   * How much a user liked her pick when she made it: 1 for exactly her preference, 0 for as far
   * from it as the cube [-1, 1]^d allows, less her boredom with it.
   *
   * @param user the user
   * @return satisfaction, at most 1; 0 without a pick
   */
  float satisfaction(int user);
}
