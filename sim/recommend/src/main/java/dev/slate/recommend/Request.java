package dev.slate.recommend;

import dev.slate.kernel.ItemSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for items: the user, and the conditions.
 *
 * @param user an ordinal of the model's users, or -1 for one whom it does not know
 * @param seeds items that the user has just named or picked, most recent last; for a user who is
 *     not known they stand for a history. Not copied
 * @param context features of the request, such as the hour, as the model was trained with; empty
 *     where there are none. Not copied
 * @param allow only these items, or null for all
 * @param deny none of these items, or null
 * @param excludeSeen whether items of the user's history, and seeds, are left out
 */
public record Request(
    int user,
    int[] seeds,
    float[] context,
    @Nullable ItemSet allow,
    @Nullable ItemSet deny,
    boolean excludeSeen) {
  private static final int[] NO_SEEDS = {};
  private static final float[] NO_CONTEXT = {};

  /**
   * Checks for nulls.
   *
   * @param user an ordinal or -1
   * @param seeds not null
   * @param context not null
   * @param allow may be null
   * @param deny may be null
   * @param excludeSeen whether seen items are left out
   */
  public Request {
    Objects.requireNonNull(seeds, "seeds");
    Objects.requireNonNull(context, "context");
  }

  /**
   * A known user, without conditions, seen items left out.
   *
   * @param user an ordinal of the model's users
   * @return the request
   */
  public static Request of(int user) {
    return new Request(user, NO_SEEDS, NO_CONTEXT, null, null, true);
  }

  /**
   * A user whom the model does not know, described by items.
   *
   * @param seeds ordinals of items that the user likes; none is allowed
   * @return the request, with the seeds left out of the answer
   */
  public static Request ofSeeds(int... seeds) {
    return new Request(-1, seeds, NO_CONTEXT, null, null, true);
  }

  /**
   * Sets whether items of the user's history are left out.
   *
   * @param exclude whether
   * @return a new request
   */
  public Request excludeSeen(boolean exclude) {
    return new Request(user, seeds, context, allow, deny, exclude);
  }

  /**
   * Adds the features of the request.
   *
   * @param features as the model was trained with
   * @return a new request
   */
  public Request context(float... features) {
    return new Request(user, seeds, features, allow, deny, excludeSeen);
  }

  /**
   * Adds the seeds.
   *
   * @param items ordinals, most recent last
   * @return a new request
   */
  public Request seeds(int... items) {
    return new Request(user, items, context, allow, deny, excludeSeen);
  }

  /**
   * Restricts the answer.
   *
   * @param items only these, or null for all
   * @return a new request
   */
  public Request allow(@Nullable ItemSet items) {
    return new Request(user, seeds, context, items, deny, excludeSeen);
  }

  /**
   * Restricts the answer.
   *
   * @param items none of these, or null
   * @return a new request
   */
  public Request deny(@Nullable ItemSet items) {
    return new Request(user, seeds, context, allow, items, excludeSeen);
  }
}
