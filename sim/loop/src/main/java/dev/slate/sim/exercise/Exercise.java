package dev.slate.sim.exercise;

import dev.slate.sim.Selector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An exercise, after those of the notebook from which the Memeverse comes: a task, checks of a
 * solution, questions, and answers to them.
 */
public enum Exercise {
  /** Random slates. */
  RANDOM(1, "random", null) {
    @Override
    public List<Finding> check(Supplier<Selector> selector) {
      return Findings.random(selector);
    }
  },
  /** A sold place. */
  ADVERTISEMENT(2, "advertisement", "random") {
    @Override
    public List<Finding> check(Supplier<Selector> selector) {
      return Findings.advertisement(selector);
    }
  },
  /** The nearest items. */
  NEAREST(3, "nearest", "random") {
    @Override
    public List<Finding> check(Supplier<Selector> selector) {
      return Findings.nearest(selector);
    }
  },
  /** The nearest items, and something else every other time. */
  COMPROMISE(4, "nearest-half-random", "nearest") {
    @Override
    public List<Finding> check(Supplier<Selector> selector) {
      return Findings.compromise(selector);
    }
  };

  private final int number;
  private final String reference;
  private final @Nullable String rival;

  Exercise(int number, String reference, @Nullable String rival) {
    this.number = number;
    this.reference = reference;
    this.rival = rival;
  }

  /**
   * One thing that was looked at.
   *
   * @param right whether it is as it should be
   * @param text what was looked at and, where it is wrong, what was found
   */
  public record Finding(boolean right, String text) {}

  /** The exercise of a number, 1 to 4. */
  public static Exercise of(int number) {
    return values()[number - 1];
  }

  /** Name of the selector that comes with Slate and solves it. */
  public String reference() {
    return reference;
  }

  /** Name of the selector that a solution is compared with; null for none. */
  public @Nullable String rival() {
    return rival;
  }

  /** What is to be done. */
  public String task() {
    return section("Task");
  }

  /** What to think about. */
  public String questions() {
    return section("Questions");
  }

  /** What there is to say to the questions. */
  public String answers() {
    return section("Answers");
  }

  /**
   * Checks a selector.
   *
   * @param selector makes a new instance at each call
   * @return what was looked at, in order
   */
  public abstract List<Finding> check(Supplier<Selector> selector);

  private String section(String name) {
    String head = "== " + name + "\n";
    String text = text();
    int start = text.indexOf(head) + head.length();
    int end = text.indexOf("\n== ", start);
    return text.substring(start, end < 0 ? text.length() : end + 1);
  }

  private String text() {
    String name = "exercise-" + number + ".txt";
    try (InputStream in = Exercise.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
