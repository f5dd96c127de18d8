package dev.slate.kernel.strategy;

/**
 * The unit of cost, and the prices that strategies share. The unit is the time in which one core
 * reads a byte of a long stream from memory; prices are ratios of times, fitted to searches on one
 * processor (Sapphire Rapids). On another they are off by a factor that {@code slate bench planner}
 * shows; only speed depends on them.
 *
 * <p>The price of a byte depends on the cache it comes from, which depends on the machine. Since no
 * machine is measured, the price rises with the logarithm of the catalogue's size, from the price
 * in a core's own cache to the price in memory. For sizes between the two it is wrong by at most
 * the square root of the ratio of the two prices, whatever caches a machine has.
 */
public final class SearchCost {
  /** Bytes that the caches of one core hold on every machine that Slate is meant for. */
  private static final double CACHED = 1 << 20;

  /** Bytes beyond which a stream comes from memory on nearly all of them. */
  private static final double STREAMED = 1 << 25;

  private SearchCost() {}

  /**
   * The price of a byte.
   *
   * @param bytes of the catalogue
   * @param cached the price where a core's own cache holds them
   */
  public static double ofByte(double bytes, double cached) {
    double share = Math.log(bytes / CACHED) / Math.log(STREAMED / CACHED);
    return Math.pow(cached, 1 - Math.clamp(share, 0.0, 1.0));
  }

  /**
   * Expected number of times that an item is among the k best so far, if items come in no order.
   *
   * @param k number of items wanted
   * @param scored number of items
   */
  public static double offers(int k, double scored) {
    return k * (1 + Math.log(Math.max(1, scored / k)));
  }
}
