package dev.slate.sim.metric;

import dev.slate.sim.StepState;

/**
 * Sarle's coefficient (SAS Institute 1990), {@code (skewness^2 + 1) / (excess kurtosis + 3 (n-1)^2
 * / ((n-2)(n-3)))} with the bias-corrected moments, as a mean over attributes: 1/3 for a normal
 * distribution, 5/9 for a uniform one, 1 for two points. Attributes with one value for all users
 * are left out.
 */
final class Bimodality implements MetricFunction {
  @Override
  public double read(StepState state) {
    double sum = 0;
    int count = 0;
    for (int j = 0; j < state.settings().catalog().dimensions(); j++) {
      double coefficient = coefficient(state, j);
      if (!Double.isNaN(coefficient)) {
        sum += coefficient;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  private static double coefficient(StepState state, int attribute) {
    double mean = UserMeans.over((m, user) -> m.preference(user, attribute)).read(state);
    double m2 = 0;
    double m3 = 0;
    double m4 = 0;
    double n = 0;
    for (int user = 0; user < state.users(); user++) {
      if (state.present(user)) {
        double t = state.preference(user, attribute) - mean;
        m2 += t * t;
        m3 += t * t * t;
        m4 += t * t * t * t;
        n++;
      }
    }
    if (n < 4 || m2 / n < 1e-12) {
      return Double.NaN;
    }
    double skewness = Math.sqrt(n * (n - 1)) / (n - 2) * (m3 / n) / Math.pow(m2 / n, 1.5);
    double excess = m4 / n / Math.pow(m2 / n, 2) - 3;
    double kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6);
    return (skewness * skewness + 1) / (kurtosis + 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3)));
  }
}
