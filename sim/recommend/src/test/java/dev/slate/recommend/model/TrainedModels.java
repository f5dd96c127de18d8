package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.PlantedWorld;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import dev.slate.recommend.evaluate.Convention;
import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.FullRanking;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.evaluate.Measure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** Models of a planted world, trained with settings that keep tests quick. */
final class TrainedModels {
  static final PlantedWorld WORLD = new PlantedWorld(400, 250, 3);

  /** Threads that end with the JVM, which all tests of models share. */
  static final Workers THREE =
      new Workers(Executors.newFixedThreadPool(3, Thread.ofPlatform().daemon().factory()), 3);

  private static final Judge NDCG =
      new Judge(List.of(new Figure(Measure.NDCG, 10)), Convention.RECBOLE);

  private TrainedModels() {}

  static List<String> names() {
    return List.copyOf(Models.all().keySet());
  }

  static Map<String, String> settings(String name) {
    return switch (name) {
      case "als", "context" -> Map.of("factors", "8", "sweeps", "8", "lambda", "3");
      case "bpr" -> Map.of("factors", "8", "epochs", "40");
      case "hybrid" -> Map.of("als.factors", "8", "als.sweeps", "8", "als.lambda", "3");
      case "ranked" ->
          Map.of(
              "of",
              "als item-knn user-knn",
              "als.factors",
              "8",
              "als.sweeps",
              "6",
              "als.lambda",
              "3",
              "candidates",
              "60");
      default -> Map.of();
    };
  }

  static Retriever train(String name, Workers workers) {
    ModelKind kind = Models.find(name);
    assertNotNull(kind, name);
    return kind.train(WORLD.training(workers, settings(name)));
  }

  static FullRanking rank(Retriever model) {
    return FullRanking.of(
        model, Popular.of(model.history()), WORLD.test, Weighting.usual(), NDCG, THREE);
  }

  static String text(Candidates found) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < found.size(); i++) {
      text.append(found.item(i)).append(':').append(found.score(i)).append(' ');
    }
    return text.toString();
  }
}
