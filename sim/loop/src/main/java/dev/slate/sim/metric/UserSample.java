package dev.slate.sim.metric;

import dev.slate.sim.StepState;
import java.util.Arrays;

/**
 * Preferences of the first users who take part. Users are alike, so the first are a fair sample.
 */
final class UserSample {
  private UserSample() {}

  /** At most {@code limit} rows of d attributes. */
  static float[] preferences(StepState state, int limit) {
    int d = state.settings().catalog().dimensions();
    float[] rows = new float[Math.min(limit, state.users()) * d];
    int at = 0;
    for (int user = 0; user < state.users() && at < rows.length; user++) {
      if (state.present(user)) {
        for (int j = 0; j < d; j++) {
          rows[at++] = state.preference(user, j);
        }
      }
    }
    return Arrays.copyOf(rows, at);
  }
}
