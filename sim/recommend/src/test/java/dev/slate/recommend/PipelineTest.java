package dev.slate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.recommend.NextSlate.Effect;
import dev.slate.recommend.NextSlate.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineTest {
  /** Items 0 to 5 on a half circle; the user looks along item 0. */
  private static Embeddings model() {
    Names users = new Names();
    users.add("u");
    Names items = new Names();
    float[] vectors = new float[12];
    for (int item = 0; item < 6; item++) {
      items.add("i" + item);
      vectors[2 * item] = (float) Math.cos(0.3 * item);
      vectors[2 * item + 1] = (float) Math.sin(0.3 * item);
    }
    Feedback log =
        Feedback.builder(users, items).add(0, 5, 1, Feedback.NO_TIME, Kind.CLICK).build();
    return new Embeddings(
        "circle",
        Interactions.of(log, Weighting.usual()),
        new Factors(2, new float[] {1, 0}, vectors, null),
        (request, vector) -> false,
        Workers.ALONE);
  }

  private static List<Integer> slate(Pipeline.Session session, List<Event> events, int k) {
    Candidates out = new Candidates();
    session.recommend(Request.of(0), events, k, out);
    return java.util.stream.IntStream.range(0, out.size()).mapToObj(out::item).toList();
  }

  @Test
  void stagesFollowEachOtherAndAreTraced() {
    Ranker reversed =
        (request, candidates) -> {
          for (int i = 0; i < candidates.size(); i++) {
            candidates.score(i, -candidates.score(i));
          }
          candidates.sort();
        };
    Pipeline.Session plain = new Pipeline(model(), 4, null, NextSlate.usual()).open();
    assertEquals(List.of(0, 1, 2), slate(plain, List.of(), 3));
    Pipeline.Session ranked = new Pipeline(model(), 4, () -> reversed, NextSlate.usual()).open();
    assertEquals(List.of(3, 2), slate(ranked, List.of(), 2));
    Pipeline.Trace trace = ranked.trace();
    assertEquals(4, trace.retrieved());
    assertEquals(0, trace.hidden());
    assertEquals(2, trace.cut());
    assertTrue(trace.retrieveNanos() > 0 && trace.rankNanos() > 0 && trace.slateNanos() > 0);
    assertThrows(
        IllegalArgumentException.class, () -> new Pipeline(model(), 0, null, NextSlate.usual()));
  }

  @Test
  void feedbackOfTheSessionActsAsThePolicySays() {
    Pipeline.Session usual = new Pipeline(model(), 5, null, NextSlate.usual()).open();
    List<Integer> down = slate(usual, List.of(new Event(0, Kind.THUMB_DOWN)), 4);
    assertFalse(down.contains(0));
    assertEquals(1, usual.trace().hidden());
    NextSlate strong =
        new NextSlate(
            Map.of(Kind.DOUBLE_THUMB_UP, new Effect(false, 50), Kind.SHOWN, new Effect(true, 0)));
    Pipeline.Session pulled = new Pipeline(model(), 5, null, strong).open();
    assertEquals(4, slate(pulled, List.of(new Event(4, Kind.DOUBLE_THUMB_UP)), 1).getFirst());
    assertFalse(slate(pulled, List.of(new Event(0, Kind.SHOWN)), 5).contains(0));
    assertEquals(0, slate(pulled, List.of(new Event(0, Kind.CLICK)), 5).getFirst());
  }

  @Test
  void givenItemsAreScoredAsRetrievalScoresThem() {
    Embeddings model = model();
    Candidates found = new Candidates();
    model.open().retrieve(Request.of(0), 5, found);
    float[] scores = new float[5];
    model.scorer().score(Request.of(0), found, scores);
    for (int i = 0; i < 5; i++) {
      assertEquals(found.score(i), scores[i]);
    }
  }
}
