package dev.slate.bench.history;

/**
 * A point at which a series changes.
 *
 * @param index of the first value after the change
 * @param before the mean since the last change point
 * @param after the mean until the next
 * @param p of a t-test between the two
 */
record ChangePoint(int index, double before, double after, double p) {

  /**
   * The change.
   *
   * @return as a share of what was before; infinite from zero
   */
  double change() {
    return before == after ? 0 : after / before - 1;
  }

  /**
   * The size of the change, whichever way it went.
   *
   * @return the larger of the two shares, from before to after and back
   */
  double magnitude() {
    return before == after
        ? 0
        : Math.max(Math.abs(after / before - 1), Math.abs(before / after - 1));
  }
}
