package dev.slate.recommend.model;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Retrieval;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Several models as one (Burke 2002). {@code mode=switching} asks the first whose threshold the
 * user's history reaches, and fills up from those after it; {@code mode=weighted} adds up the
 * scores of all, each list's scaled to [0, 1] first.
 */
public final class Hybrid implements ModelKind {
  @Override
  public String name() {
    return "hybrid";
  }

  @Override
  public String description() {
    return "several models: mode=switching by length of history, or mode=weighted";
  }

  @Override
  public Retriever train(Training training) {
    Settings settings = training.settings();
    List<String> names = settings.list("of", "als item-knn popular");
    String mode = settings.text("mode", "switching");
    List<Retriever> models = new ArrayList<>();
    for (String each : names) {
      models.add(part(each, training));
    }
    if (models.isEmpty()) {
      throw settings.refused("of", "names no model");
    }
    return switch (mode) {
      case "switching" -> new Switching(models, thresholds(settings, models.size()));
      case "weighted" -> {
        int depth = settings.count("depth", 200, 1);
        yield new Weighted(models, weights(settings, models.size()), depth);
      }
      default -> throw settings.refused("mode", "'" + mode + "' is neither switching nor weighted");
    };
  }

  /** Settings of a part carry its name: {@code als.factors=32}. */
  private Retriever part(String name, Training training) {
    if (name.equals(name())) {
      throw training.settings().refused("of", "a hybrid is no part of a hybrid");
    }
    ModelKind kind = Models.find(name);
    if (kind == null) {
      throw training.settings().refused("of", "'" + name + "' is no model");
    }
    return kind.train(training.with(training.settings().part(name)));
  }

  private static double[] thresholds(Settings settings, int models) {
    String usual = models == 3 ? "10 1 0" : "1 0";
    return numbers(settings, "from", usual, models, 0);
  }

  private static double[] weights(Settings settings, int models) {
    return numbers(settings, "weights", "1", models, 1);
  }

  /** One number for each model; the last ones may be left out. */
  private static double[] numbers(
      Settings settings, String key, String usual, int models, double rest) {
    List<String> parts = settings.list(key, usual);
    double[] numbers = new double[models];
    for (int i = 0; i < models; i++) {
      numbers[i] = rest;
      if (i < parts.size()) {
        try {
          numbers[i] = Double.parseDouble(parts.get(i));
        } catch (NumberFormatException e) {
          throw settings.refused(key, "'" + parts.get(i) + "' is not a number", e);
        }
      }
    }
    return numbers;
  }

  /** The first model that suits, then the others for what is missing. */
  private record Switching(List<Retriever> models, double[] from) implements Retriever {
    @Override
    public String name() {
      return "hybrid";
    }

    @Override
    public Interactions history() {
      return models.getFirst().history();
    }

    @Override
    public Retrieval open() {
      List<Retrieval> parts = models.stream().map(Retriever::open).toList();
      Candidates more = new Candidates();
      return (request, k, out) -> {
        int user = request.user();
        int known = (user < 0 ? 0 : history().count(user)) + request.seeds().length;
        out.clear();
        for (int i = 0; i < parts.size() && out.size() < k; i++) {
          if (known < from[i]) {
            continue;
          }
          parts.get(i).retrieve(request, k, more);
          append(more, out, k);
        }
      };
    }

    /** Scores of different models do not compare: what follows is placed below. */
    private static void append(Candidates more, Candidates out, int k) {
      float below = out.size() == 0 ? 0 : out.score(out.size() - 1);
      int had = out.size();
      for (int place = 0; place < more.size() && out.size() < k; place++) {
        boolean there = false;
        for (int i = 0; i < had && !there; i++) {
          there = out.item(i) == more.item(place);
        }
        if (!there) {
          out.add(more.item(place), had == 0 ? more.score(place) : below - 1 - place);
        }
      }
    }
  }

  /** The sum of the scaled scores. */
  private record Weighted(List<Retriever> models, double[] weights, int depth)
      implements Retriever {
    @Override
    public String name() {
      return "hybrid";
    }

    @Override
    public Interactions history() {
      return models.getFirst().history();
    }

    @Override
    public Retrieval open() {
      List<Retrieval> parts = models.stream().map(Retriever::open).toList();
      Candidates list = new Candidates();
      Map<Integer, Double> sums = new HashMap<>();
      return (request, k, out) -> {
        sums.clear();
        for (int i = 0; i < parts.size(); i++) {
          parts.get(i).retrieve(request, Math.max(k, depth), list);
          add(list, weights[i], sums);
        }
        out.clear();
        sums.forEach((item, score) -> out.add(item, score.floatValue()));
        out.best(k);
      };
    }

    private static void add(Candidates list, double weight, Map<Integer, Double> sums) {
      if (list.size() == 0) {
        return;
      }
      double low = list.score(list.size() - 1);
      double range = Math.max(list.score(0) - low, Float.MIN_NORMAL);
      for (int place = 0; place < list.size(); place++) {
        double scaled = (list.score(place) - low) / range;
        sums.merge(list.item(place), weight * (0.01 + scaled), Double::sum);
      }
    }
  }
}
