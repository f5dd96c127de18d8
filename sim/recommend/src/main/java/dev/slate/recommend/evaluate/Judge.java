package dev.slate.recommend.evaluate;

import java.util.List;

/** Judges lists by some figures under one convention. Immutable. */
public final class Judge {
  private final List<Figure> figures;
  private final Convention convention;
  private final double persistence;

  /** Judges with a persistence in (0, 1). */
  public Judge(List<Figure> figures, Convention convention, double persistence) {
    this.figures = List.copyOf(figures);
    this.convention = convention;
    this.persistence = persistence;
  }

  /** Judges with the persistence of the convention. */
  public Judge(List<Figure> figures, Convention convention) {
    this(figures, convention, convention.persistence());
  }

  /** What is computed, in order. */
  public List<Figure> figures() {
    return figures;
  }

  /** Whose definitions hold. */
  public Convention convention() {
    return convention;
  }

  /** The figures of one list, in order. */
  public double[] of(JudgedList list) {
    double[] values = new double[figures.size()];
    for (int i = 0; i < values.length; i++) {
      Figure figure = figures.get(i);
      values[i] = figure.measure().of(list, figure.k(), convention, persistence);
    }
    return values;
  }
}
