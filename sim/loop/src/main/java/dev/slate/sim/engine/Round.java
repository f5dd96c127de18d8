package dev.slate.sim.engine;

import java.util.Arrays;

/**
 * The order in which users are served: along a Z-order curve through their preferences (Morton
 * 1966), so that one search finds in the caches what the one before has read. It changes the time
 * of a step only. A small crowd is served as it stands.
 */
final class Round {
  private static final int SMALL = 1_024;
  private static final int KEY_BITS = Integer.SIZE - 1;

  private final Crowd crowd;
  private final int bits;
  private final long[] places;

  Round(Crowd crowd) {
    this.crowd = crowd;
    this.bits = Math.clamp(KEY_BITS / crowd.d, 1, 8);
    this.places = crowd.users < SMALL ? new long[0] : new long[crowd.users];
  }

  /** Orders the users by where they are now. O(users log users). */
  void arrange() {
    for (int user = 0; user < places.length; user++) {
      places[user] = ((long) key(user * crowd.d) << Integer.SIZE) | user;
    }
    Arrays.sort(places);
  }

  /** The user at a place. */
  int user(int place) {
    return places.length == 0 ? place : (int) places[place];
  }

  private int key(int at) {
    int key = 0;
    for (int bit = bits - 1; bit >= 0; bit--) {
      for (int j = 0; j < Math.min(crowd.d, KEY_BITS); j++) {
        key = (key << 1) | ((level(crowd.preference[at + j]) >> bit) & 1);
      }
    }
    return key;
  }

  /** Where in [-1, 1] an attribute lies, in {@code bits} bits. */
  private int level(float attribute) {
    int levels = 1 << bits;
    return Math.clamp((int) ((attribute + 1) / 2 * levels), 0, levels - 1);
  }
}
