package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.planner.Strategies;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.SharedSearch;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import dev.slate.kernel.strategy.BuildInput;
import dev.slate.kernel.strategy.CostEstimate;
import dev.slate.kernel.strategy.SampleProfile;
import dev.slate.kernel.strategy.SearchStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fourth strategy of one small class, which one line adds to the list of strategies: it keeps the
 * contract, and the planner can choose it. {@link Strategy} is an enum of the public interface, to
 * which a test can add no name. So the toy goes by a name that another strategy has; it stands
 * before that one in the list, where it is found first.
 */
@Tag("any-width")
class ToyStrategyTest extends StrategyContract {
  private static final List<SearchStrategy> WITH_TOY = new ArrayList<>(Strategies.ALL);

  static {
    WITH_TOY.add(1, new Toy());
  }

  @Override
  Strategy strategy() {
    return Strategy.QUANTIZED;
  }

  @Override
  IndexBuilder builder(Catalog items) {
    return new IndexBuilder(items, WITH_TOY).strategy(strategy());
  }

  @Override
  Index reopened(Index built, Path file) {
    return built; // it cannot be saved
  }

  @Test
  void thePlannerChoosesItWhereItIsTheCheapest() {
    Random r = new Random(1);
    Catalog items = Catalog.of(Shape.UNIFORM.rows(r, 5_000, 77), 77);
    for (Planning planning : Planning.values()) {
      Index index = new IndexBuilder(items, WITH_TOY).planning(planning).build();
      assertEquals(Strategy.QUANTIZED, index.plan().strategy(), index.plan().toString());
      assertInstanceOf(ToyEngine.class, index.engine);
      assertTrue(index.plan().reasons().contains("rows lie as they came"));
    }
    Catalog few = Catalog.of(Shape.UNIFORM.rows(r, 5_000, 2), 2);
    assertEquals(Strategy.TREE, new IndexBuilder(few, WITH_TOY).build().plan().strategy());
    Catalog many = Catalog.of(Shape.UNIFORM.rows(r, 5_000, 512), 512);
    Index index = new IndexBuilder(many, WITH_TOY).expectedK(1).build();
    assertEquals(Index.builder(many).expectedK(1).build().plan(), index.plan());
  }

  @Test
  void aStrategyThatCannotSaveSaysSo(@TempDir Path directory) throws IOException {
    Index index = builder(Catalog.of(new float[] {1, 2}, 1)).build();
    Path file = directory.resolve("x.slate");
    UnsupportedOperationException e =
        assertThrows(UnsupportedOperationException.class, () -> index.save(file));
    assertTrue(e.getMessage().contains("ToyEngine"), e.getMessage());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
  }

  /** Rows of 77 attributes are all that it is good for, it says. */
  private static final class Toy implements SearchStrategy {
    @Override
    public Strategy name() {
      return Strategy.QUANTIZED;
    }

    @Override
    public Engine build(BuildInput input) {
      Rows rows = input.rows();
      float[] all = new float[rows.size() * rows.width()];
      rows.read(0, rows.size(), all);
      return new ToyEngine(all, rows.width(), rows.dimensions(), rows.size());
    }

    @Override
    public CostEstimate estimate(SampleProfile sample) {
      if (sample.d != 77) {
        return null;
      }
      double[] costs = new double[sample.wanted.length];
      Arrays.fill(costs, 1);
      return new CostEstimate(costs, Map.of());
    }
  }

  private static final class ToyEngine implements Engine {
    private final float[] rows;
    private final int width;
    private final int d;
    private final int size;

    ToyEngine(float[] rows, int width, int d, int size) {
      this.rows = rows;
      this.width = width;
      this.d = d;
      this.size = size;
    }

    @Override
    public int dimensions() {
      return d;
    }

    @Override
    public long bytes() {
      return (long) rows.length * Float.BYTES;
    }

    @Override
    public List<String> description() {
      return List.of("rows lie as they came");
    }

    @Override
    public Cursor cursor() {
      return this::search;
    }

    private void search(CompiledQuery query, TopK best, SharedSearch share, Counters counters) {
      for (int i = share.claim(); i < size; i = share.claim()) {
        counters.itemsScored++;
        if (query.passes(i)) {
          best.offer(Candidate.pack(query.key(rows, i * width, 1), i));
        }
      }
    }
  }
}
