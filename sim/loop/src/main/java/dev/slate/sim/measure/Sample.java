package dev.slate.sim.measure;

import dev.slate.sim.Moment;
import java.util.Arrays;

/**
 * Preferences of the first users who take part. Users are alike, so the first are a fair sample.
 */
final class Sample {
  private Sample() {}

  /** At most {@code limit} rows of d attributes. */
  static float[] preferences(Moment moment, int limit) {
    int d = moment.setting().world().dimensions();
    float[] rows = new float[Math.min(limit, moment.users()) * d];
    int at = 0;
    for (int user = 0; user < moment.users() && at < rows.length; user++) {
      if (moment.present(user)) {
        for (int j = 0; j < d; j++) {
          rows[at++] = moment.preference(user, j);
        }
      }
    }
    return Arrays.copyOf(rows, at);
  }
}
