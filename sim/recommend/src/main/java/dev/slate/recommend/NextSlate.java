package dev.slate.recommend;

import java.util.EnumMap;
import java.util.Map;

/**
 * How feedback of the running session changes the next slate. Each kind of feedback may hide its
 * item, and move similar items up or down. Immutable.
 */
public final class NextSlate {
  /**
   * What a kind does.
   *
   * @param hide whether the item is left out of the next slate
   * @param pull what a similarity of 1 adds to the score of another item, in units of the spread of
   *     the candidates' scores; negative pushes down
   */
  public record Effect(boolean hide, double pull) {}

  /**
   * A piece of feedback of the session.
   *
   * @param item its ordinal
   * @param kind what happened
   */
  public record Event(int item, Kind kind) {}

  private static final Effect NONE = new Effect(false, 0);

  private final Map<Kind, Effect> effects;

  /**
   * Creates a policy.
   *
   * @param effects by kind; kinds that are not named have none
   */
  public NextSlate(Map<Kind, Effect> effects) {
    this.effects = new EnumMap<>(Kind.class);
    this.effects.putAll(effects);
  }

  /**
   * A policy to start from: a thumb down hides and pushes away, a thumb up pulls, a double thumb up
   * pulls twice as much; what was bought or watched is hidden; what was shown stays.
   *
   * @return the policy
   */
  public static NextSlate usual() {
    return new NextSlate(
        Map.of(
            Kind.THUMB_DOWN, new Effect(true, -0.5),
            Kind.THUMB_UP, new Effect(true, 0.25),
            Kind.DOUBLE_THUMB_UP, new Effect(true, 0.5),
            Kind.PURCHASE, new Effect(true, 0),
            Kind.WATCH, new Effect(true, 0.1),
            Kind.BOOKMARK, new Effect(false, 0.25)));
  }

  /**
   * What a kind does.
   *
   * @param kind which
   * @return its effect
   */
  public Effect of(Kind kind) {
    return effects.getOrDefault(kind, NONE);
  }
}
