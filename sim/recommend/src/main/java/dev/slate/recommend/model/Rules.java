package dev.slate.recommend.model;

import dev.slate.kernel.ItemSet;
import dev.slate.recommend.Candidates;
import dev.slate.recommend.Embeddings;
import dev.slate.recommend.Features;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retrieval;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knowledge-based: items that meet constraints on their features, in order of their similarity to
 * the user's. The setting {@code where} holds the constraints, such as {@code year>=1990 comedy=1},
 * separated by blanks; all must hold.
 */
public final class Rules implements ModelKind {
  private static final Pattern CONSTRAINT = Pattern.compile("(.+?)(<=|>=|!=|<|>|=)([^<>=]+)");

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public String description() {
    return "items that meet constraints (setting where='year>=1990 comedy=1'), by similarity";
  }

  @Override
  public Retriever train(Training training) {
    Embeddings similar = Content.of("rules", training);
    Features features = training.itemFeatures();
    List<String> constraints = training.settings().list("where", "");
    ItemSet allowed = ItemSet.unbound(training.interactions().columns());
    for (int item = 0; features != null && item < features.rows(); item++) {
      if (features.known()[item]) {
        allowed.add(item);
      }
    }
    for (String constraint : constraints) {
      if (features != null) {
        keep(training.settings(), features, constraint, allowed);
      }
    }
    if (allowed.size() == 0) {
      throw training.settings().refused("where", "no item meets it");
    }
    return new Allowed(similar, allowed);
  }

  private static void keep(
      Settings settings, Features features, String constraint, ItemSet allowed) {
    Matcher matcher = CONSTRAINT.matcher(constraint);
    int column = matcher.matches() ? features.names().indexOf(matcher.group(1)) : -1;
    String operator = column < 0 ? "" : matcher.group(2);
    String value = column < 0 ? "" : matcher.group(3);
    int indicator = features.names().indexOf(constraint);
    if (indicator >= 0) { // The name of a column of words is "colour=red": it must be 1.
      column = indicator;
      operator = "=";
      value = "1";
    }
    if (column < 0) {
      throw settings.refused(
          "where",
          "'"
              + constraint
              + "' is not a feature, <, <=, =, !=, >= or >, and a number; features: "
              + String.join(", ", features.names()));
    }
    float bound;
    try {
      bound = Float.parseFloat(value);
    } catch (NumberFormatException e) {
      throw settings.refused("where", "'" + value + "' is not a number", e);
    }
    for (int item = 0; item < features.rows(); item++) {
      if (!holds(features.get(item, column), operator, bound)) {
        allowed.remove(item);
      }
    }
  }

  private static boolean holds(float value, String operator, float bound) {
    return switch (operator) {
      case "<" -> value < bound;
      case "<=" -> value <= bound;
      case ">" -> value > bound;
      case ">=" -> value >= bound;
      case "!=" -> value != bound;
      default -> value == bound;
    };
  }

  /** Restricts every request to some items. */
  private record Allowed(Embeddings similar, ItemSet allowed) implements Retriever {
    @Override
    public String name() {
      return "rules";
    }

    @Override
    public Interactions history() {
      return similar.history();
    }

    @Override
    public Retrieval open() {
      Retrieval inner = similar.open();
      return (Request request, int k, Candidates out) -> {
        ItemSet asked = request.allow();
        ItemSet both = allowed;
        if (asked != null) {
          both = ItemSet.unbound(allowed.universe());
          for (int item = 0; item < allowed.universe(); item++) {
            if (asked.contains(item) && allowed.contains(item)) {
              both.add(item);
            }
          }
        }
        inner.retrieve(request.allow(both), k, out);
      };
    }
  }
}
