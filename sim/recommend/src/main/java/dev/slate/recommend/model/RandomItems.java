package dev.slate.recommend.model;

import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Training;

/** Any items, in an order of each user's own. */
public final class RandomItems implements ModelKind {
  @Override
  public String name() {
    return "random";
  }

  @Override
  public String description() {
    return "any items, the same for a user each time: what no model may be worse than";
  }

  @Override
  public Retriever train(Training training) {
    long seed = training.seed();
    int n = training.interactions().columns();
    return new Ordered("random", training.interactions()) {
      @Override
      int items(Request request) {
        return n;
      }

      @Override
      int item(Request request, int place) {
        return (int) ((start(request.user()) + place * step(request.user())) % n);
      }

      @Override
      float score(Request request, int place) {
        return -place;
      }

      private long start(int user) {
        return Math.floorMod(mixed(seed + 2L * user), n);
      }

      // A step without a common divisor with n reaches each item once.
      private long step(int user) {
        long step = 1L + Math.floorMod(mixed(seed + 2L * user + 1), n);
        while (divisor(step, n) != 1) {
          step++;
        }
        return step;
      }
    };
  }

  private static long divisor(long a, long b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mixed(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
