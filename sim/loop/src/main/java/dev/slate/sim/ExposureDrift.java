package dev.slate.sim;

/**
 * Mere exposure and operant conditioning (Curmei et al. 2022, "Towards Psychologically-Grounded
 * Dynamic Preference Models"): a preference p moves along the line to the picked item v,
 *
 * <pre>
 *   p' = clamp(p + lambda (v - p)),   lambda = gamma (0.5 + p.v + e),   e ~ N(0, noise)
 * </pre>
 *
 * <p>so that before the clamp |v - p'| = |1 - lambda| |v - p|: an item attracts a user who is not
 * too much against it, and repels the others. Computed in double, rounded once to float.
 *
 * @param gamma how much one pick moves, at least 0
 * @param noise standard deviation of e, at least 0
 * @param clamp attributes stay within [-clamp, clamp], above 0; infinity for no clamp
 */
public record ExposureDrift(double gamma, double noise, double clamp) implements Drift {
  /** The usual parameters: gamma 0.025, noise 0.15, clamp 1. */
  public static final ExposureDrift DEFAULT = new ExposureDrift(0.025, 0.15, 1);

  /**
   * Creates a drift.
   *
   * @throws IllegalArgumentException if a parameter is out of its range
   */
  public ExposureDrift {
    if (!(gamma >= 0 && gamma < 1e6 && noise >= 0 && noise < 1e6 && clamp > 0)) {
      throw new IllegalArgumentException(
          "gamma and noise must be at least 0 and clamp above 0, but they are "
              + gamma
              + ", "
              + noise
              + " and "
              + clamp);
    }
  }

  /**
   * The share of the way to the item that a pick moves the user.
   *
   * @param preference d attributes
   * @param item d attributes
   * @param gaussian a draw from the standard normal distribution
   * @return lambda; negative where the item repels
   */
  public double rate(float[] preference, float[] item, double gaussian) {
    double dot = 0;
    for (int j = 0; j < preference.length; j++) {
      dot += (double) preference[j] * item[j];
    }
    return gamma * (0.5 + dot + noise * gaussian);
  }

  @Override
  public void move(float[] preference, float[] item, double gaussian) {
    double rate = rate(preference, item, gaussian);
    for (int j = 0; j < preference.length; j++) {
      double moved = preference[j] + rate * ((double) item[j] - preference[j]);
      preference[j] = (float) Math.max(-clamp, Math.min(clamp, moved));
    }
  }
}
