package dev.slate.recommend.model;

import dev.slate.recommend.Features;
import dev.slate.recommend.Interactions;

/**
 * Predicts vectors from features, by ridge regression on the users or items with evidence: for
 * those that are new. Features are standardised first. Costs O(rows width (width + d) + width^3).
 */
final class FeatureMap {
  private static final double RIDGE = 10;

  private final Features features;
  private final int d;
  private final double[] mean;
  private final double[] scale;
  private final double[][] weights;

  FeatureMap(Features features, Interactions evidence, float[] vectors, int d) {
    this.features = features;
    this.d = d;
    int width = features.width();
    this.mean = new double[width];
    this.scale = new double[width];
    int rows = 0;
    for (int row = 0; row < features.rows(); row++) {
      if (learns(row, evidence)) {
        rows++;
        for (int j = 0; j < width; j++) {
          mean[j] += features.get(row, j);
          scale[j] += (double) features.get(row, j) * features.get(row, j);
        }
      }
    }
    for (int j = 0; j < width; j++) {
      mean[j] /= Math.max(1, rows);
      double variance = scale[j] / Math.max(1, rows) - mean[j] * mean[j];
      scale[j] = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
    }
    this.weights = fit(evidence, vectors);
  }

  private boolean learns(int row, Interactions evidence) {
    return features.known()[row] && evidence.count(row) > 0;
  }

  /** One row of weights for each dimension; the last weight is the intercept. */
  private double[][] fit(Interactions evidence, float[] vectors) {
    int width = features.width() + 1;
    double[] matrix = new double[width * width];
    double[][] right = new double[d][width];
    double[] x = new double[width];
    for (int row = 0; row < features.rows(); row++) {
      if (!learns(row, evidence)) {
        continue;
      }
      standardise(row, x);
      for (int i = 0; i < width; i++) {
        for (int j = 0; j <= i; j++) {
          matrix[i * width + j] += x[i] * x[j];
        }
      }
      for (int t = 0; t < d; t++) {
        for (int i = 0; i < width; i++) {
          right[t][i] += vectors[row * d + t] * x[i];
        }
      }
    }
    for (int i = 0; i < width; i++) {
      matrix[i * width + i] += i < width - 1 ? RIDGE : 1e-9;
    }
    for (double[] each : right) {
      Cholesky.solve(matrix.clone(), each, width);
    }
    return right;
  }

  private void standardise(int row, double[] x) {
    for (int j = 0; j < mean.length; j++) {
      x[j] = (features.get(row, j) - mean[j]) * scale[j];
    }
    x[mean.length] = 1;
  }

  /** Writes the vector that the features of a row predict. */
  void predict(int row, float[] vectors, int at) {
    double[] x = new double[mean.length + 1];
    standardise(row, x);
    for (int t = 0; t < d; t++) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += weights[t][i] * x[i];
      }
      vectors[at + t] = (float) sum;
    }
  }
}
