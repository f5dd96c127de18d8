package dev.slate.sim.engine;

import dev.slate.sim.Behavior;
import dev.slate.sim.Choice;
import dev.slate.sim.Drift;
import dev.slate.sim.ReactionRates;

/**
 * How users pick, move, behave and react.
 *
 * @param choice the law of picks
 * @param drift how a pick moves a preference
 * @param behavior the behavior that the plain model leaves out
 * @param feedback how often users react
 */
public record UserModel(Choice choice, Drift drift, Behavior behavior, ReactionRates feedback) {}
