package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a caller sees: answers to small questions, and what is said of wrong input. */
class PublicFaceTest {
  private static final float[] SQUARE = {0, 0, 0, 1, 1, 0, 1, 1};

  private static Index square(Metric metric) {
    return Index.builder(Catalog.of(SQUARE, 2)).metric(metric).build();
  }

  @Test
  void findsTheNearestBestFirst() {
    Slate slate = new Slate(3);
    square(Metric.EUCLIDEAN).searcher().search(new float[] {0.9f, 0.8f}, slate);
    assertEquals(3, slate.size());
    assertEquals(3, slate.ordinal(0));
    assertEquals(2, slate.ordinal(1));
    assertEquals(1, slate.ordinal(2));
    float t = 1f - 0.9f;
    float u = 1f - 0.8f;
    float squared = Math.fma(u, u, t * t);
    assertEquals(squared, slate.score(0));
    assertEquals((float) Math.sqrt((double) squared), slate.distance(0));
  }

  @Test
  void returnsAllItemsWhereKIsLarger() {
    Slate slate = new Slate(100);
    square(Metric.DOT).searcher().search(new float[] {1, 2}, slate);
    assertEquals(4, slate.size());
    assertEquals(3f, slate.score(0));
    assertThrows(IndexOutOfBoundsException.class, () -> slate.ordinal(4));
    assertThrows(IllegalStateException.class, () -> slate.distance(0));
  }

  @Test
  void pagesContinueTheOrder() {
    Searcher searcher = square(Metric.EUCLIDEAN).searcher();
    Slate page = new Slate(1);
    Query query = Query.of(new float[] {0.5f, 0.5f});
    for (int i = 0; i < 4; i++) {
      searcher.search(query, page);
      assertEquals(i, page.ordinal(0), "all are equally near: ordinals decide");
      query.after(page.score(0), page.ordinal(0));
    }
    searcher.search(query, page);
    assertEquals(0, page.size());
  }

  @Test
  void aRadiusWithoutKReturnsEveryMatch() {
    Slate slate = Slate.unbounded();
    square(Metric.EUCLIDEAN).searcher().search(Query.of(new float[] {0, 0}).radius(1f), slate);
    assertEquals(3, slate.size());
    square(Metric.DOT).searcher().search(Query.of(new float[] {1, 1}).radius(1f), slate);
    assertEquals(3, slate.size());
    assertEquals(3, slate.ordinal(0));
  }

  @Test
  void idsGoBothWays() {
    Catalog items =
        Catalog.builder(1)
            .add(1L << 40, new float[] {1})
            .add(-7, new float[] {2})
            .add(7, new float[] {3})
            .build();
    Index index = Index.builder(items).build();
    Slate slate = new Slate(1);
    index.searcher().search(new float[] {2.1f}, slate);
    assertEquals(-7, slate.id(0));
    assertEquals(1, index.ordinal(-7));
    assertEquals(0, index.ordinal(1L << 40));
    assertEquals(-1, index.ordinal(8));
    assertTrue(index.idBytes() > 0);
  }

  @Test
  void withoutIdsTheOrdinalIsTheId() {
    Index index = square(Metric.EUCLIDEAN);
    Slate slate = new Slate(1);
    index.searcher().search(new float[] {1, 1}, slate);
    assertEquals(3, slate.id(0));
    assertEquals(3, index.ordinal(3));
    assertEquals(-1, index.ordinal(4));
    assertEquals(0, index.idBytes());
  }

  @Test
  void anEmptyCatalogueAnswersNothing() {
    for (Metric metric : Metric.values()) {
      Slate slate = new Slate(5);
      Index.builder(Catalog.of(new float[0], 3))
          .metric(metric)
          .build()
          .searcher()
          .search(new float[3], slate);
      assertEquals(0, slate.size());
    }
  }

  @Test
  void biasEntersTheDotProduct() {
    Catalog items = Catalog.builder(1).add(1f).bias(10f).add(2f).add(3f).bias(-1f).build();
    Slate slate = new Slate(3);
    Index.builder(items).metric(Metric.DOT).build().searcher().search(new float[] {2}, slate);
    assertEquals(12f, slate.score(0));
    assertEquals(5f, slate.score(1));
    assertEquals(2, slate.ordinal(1));
    assertEquals(4f, slate.score(2));
  }

  @Test
  void weightsOfOneChangeNoBit() {
    Searcher searcher = square(Metric.EUCLIDEAN).searcher();
    Slate plain = new Slate(4);
    Slate weighted = new Slate(4);
    float[] q = {0.3f, 0.7f};
    searcher.search(q, plain);
    searcher.search(Query.of(q).weights(1f, 1f), weighted);
    for (int i = 0; i < 4; i++) {
      assertEquals(plain.ordinal(i), weighted.ordinal(i));
      assertEquals(plain.score(i), weighted.score(i));
    }
    searcher.search(Query.of(q).weights(0f, 1f), weighted);
    assertEquals(1, weighted.ordinal(0));
    assertEquals(3, weighted.ordinal(1));
    assertEquals(weighted.score(0), weighted.score(1));
  }

  @Test
  void aRefusingExecutorCostsSpeedOnly() {
    Executor refusing =
        task -> {
          throw new RejectedExecutionException("full");
        };
    Executor never = task -> {};
    for (Executor executor : new Executor[] {refusing, never, Runnable::run}) {
      Slate slate = new Slate(2);
      square(Metric.EUCLIDEAN).searcher(executor, 4).search(new float[] {1, 1}, slate);
      assertEquals(3, slate.ordinal(0));
    }
  }

  @Test
  void statsCountWhatWasScored() {
    Searcher searcher =
        Index.builder(Catalog.of(SQUARE, 2)).strategy(Strategy.SCAN).build().searcher();
    searcher.search(new float[] {1, 1}, new Slate(1));
    assertEquals(new SearchStats(4, 1, 0, 512), searcher.stats());
  }

  @Test
  void wrongInputIsNamed() {
    Index index = square(Metric.EUCLIDEAN);
    Searcher searcher = index.searcher();
    Slate slate = new Slate(1);
    says("k must be at least 1, but it is 0", () -> new Slate(0));
    says(
        "query has 3 attributes, but the index has d = 2",
        () -> searcher.search(new float[3], slate));
    says("query is NaN, column 1", () -> searcher.search(new float[] {0, Float.NaN}, slate));
    says(
        "query is -Infinity, row 1, column 0",
        () ->
            searcher.searchAll(
                new float[] {0, 0, Float.NEGATIVE_INFINITY, 0}, new Slate[] {slate, slate}));
    says(
        "weight must not be negative, but it is -1.0, column 1",
        () -> searcher.search(Query.of(new float[2]).weights(0, -1), slate));
    says(
        "weights go with EUCLIDEAN only, but the metric is DOT",
        () -> square(Metric.DOT).searcher().search(Query.of(new float[2]).weights(1, 1), slate));
    says(
        "allow ranges over 5 items, but the index has 4",
        () -> searcher.search(Query.of(new float[2]).allow(ItemSet.unbound(5)), slate));
    says("radius is NaN", () -> Query.of(new float[2]).radius(Float.NaN));
    says(
        "attribute is NaN, row 70, column 1",
        () -> {
          float[] rows = new float[200];
          rows[141] = Float.NaN;
          Index.builder(Catalog.of(rows, 2)).build();
        });
    says(
        "attribute is Infinity, row 1, column 0",
        () -> Catalog.builder(1).add(1f).add(Float.POSITIVE_INFINITY));
    says("d must be from 1 to 65536, but it is 0", () -> Catalog.builder(0));
    says("d must be from 1 to 65536, but it is 65537", () -> Catalog.of(new float[65_537], 65_537));
    says(
        "an array of 5 floats does not hold rows of 2 attributes",
        () -> Catalog.of(new float[5], 2));
    says(
        "a bias goes with DOT only, but the metric is COSINE",
        () ->
            Index.builder(Catalog.builder(1).add(1f).bias(2f).build())
                .metric(Metric.COSINE)
                .build());
    says(
        "id 5 is that of row 0 already, row 1",
        () ->
            Index.builder(
                    Catalog.builder(1).add(5, new float[] {1}).add(5, new float[] {2}).build())
                .build());
    says(
        "2 queries of d = 2 need 4 floats, but there are 3",
        () -> searcher.searchAll(new float[3], new Slate[] {slate, slate}));
    assertThrows(NullPointerException.class, () -> searcher.search((float[]) null, slate));
    assertThrows(NullPointerException.class, () -> searcher.search(new float[2], null));
  }

  private static void says(String message, Executable wrong) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, wrong).getMessage());
  }
}
