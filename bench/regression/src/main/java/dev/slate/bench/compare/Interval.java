package dev.slate.bench.compare;

/**
 * A change and how sure it is.
 *
 * @param change of the median, as a share of the baseline's: 0.1 is ten percent more
 * @param low the lower end of the confidence interval of the change
 * @param high its upper end
 * @param logError the standard error of the logarithm of candidate over baseline
 */
record Interval(double change, double low, double high, double logError) {}
