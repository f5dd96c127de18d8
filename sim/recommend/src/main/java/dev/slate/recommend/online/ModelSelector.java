package dev.slate.recommend.online;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retrieval;
import dev.slate.recommend.Retriever;
import dev.slate.sim.History;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;
import dev.slate.sim.StepState;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model that fills slates. It is trained on the log so far before the first step and again every
 * few steps, on what it has shown too; picks since the last training are seeds of the request.
 * Items that a user has picked are not shown again. Places that the model leaves empty are filled
 * at random.
 */
final class ModelSelector implements Selector {
  private final ModelKind kind;
  private final Function<Feedback, Retriever> trainer;
  private final ImpressionLog log;
  private final long logged;
  private final int every;
  private @Nullable Serving serving;

  /** A trained model, and a retrieval for each thread. */
  private record Serving(Retriever model, int step, ThreadLocal<Scratch> scratch) {}

  private record Scratch(Retrieval retrieval, Candidates found) {}

  /**
   * Creates a selector.
   *
   * @param kind of the model
   * @param trainer trains it
   * @param before the log before the first step; its names number the users and items
   * @param steps how many steps it covers
   * @param every after how many steps the model is trained again
   */
  ModelSelector(
      ModelKind kind,
      Function<Feedback, Retriever> trainer,
      Feedback before,
      int steps,
      int every) {
    this.kind = kind;
    this.trainer = trainer;
    this.log = new ImpressionLog(before.users(), before.items());
    this.log.add(before);
    this.logged = steps;
    this.every = every;
  }

  @Override
  public String name() {
    return kind.name();
  }

  @Override
  public String description() {
    return kind.description();
  }

  @Override
  public int history() {
    return every;
  }

  @Override
  public void beforeStep(StepState state) {
    int step = state.step();
    log.add(state, logged + step - 1);
    if ((step - 1) % every == 0) {
      Retriever model = trainer.apply(log.build());
      serving =
          new Serving(
              model,
              step,
              ThreadLocal.withInitial(() -> new Scratch(model.open(), new Candidates())));
    }
  }

  @Override
  public void select(SelectorContext context, SlateBuilder slate) {
    Serving now = Objects.requireNonNull(serving, "beforeStep comes first");
    Scratch scratch = now.scratch.get();
    Request request = Request.of(context.user()).seeds(since(context.history(), now.step));
    scratch.retrieval.retrieve(request, slate.k(), scratch.found);
    for (int place = 0; place < scratch.found.size(); place++) {
      slate.add(scratch.found.item(place));
    }
    context.fillRandom(slate);
  }

  /** Picks from a step on, the latest last. */
  private static int[] since(History history, int step) {
    int count = 0;
    while (count < history.size() && history.step(count) >= step) {
      count++;
    }
    int[] picks = new int[count];
    for (int back = 0; back < count; back++) {
      picks[count - 1 - back] = history.item(back);
    }
    return picks;
  }
}
