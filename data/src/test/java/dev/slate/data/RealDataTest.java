package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files as they are published. They lie where the environment variable SLATE_DATA says. */
class RealDataTest {
  @Test
  void siftText() {
    String file = data("vectors/sift-dataset-5k.tsv", "corpus-texmex.irisa.fr");
    float[][] rows = Fixtures.read(file, ReadOptions.DEFAULT.withColumns(List.of("0-127")));
    assertEquals(5000, rows.length);
    assertEquals(128, rows[0].length);
    assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 13, 10}, Arrays.copyOf(rows[0], 10));
    assertEquals(17, rows[0][127]);
    assertEquals(17, rows[1][0]);
    float[][] ids = Fixtures.read(file, ReadOptions.DEFAULT.withColumns(List.of("128")));
    assertEquals(100001, ids[0][0]);
  }

  @Test
  void siftQueries() {
    String file = data("vectors/siftsmall_query.fvecs", "corpus-texmex.irisa.fr");
    float[][] rows = Fixtures.read(file);
    assertEquals(100, rows.length);
    assertEquals(128, rows[0].length);
    for (float[] row : rows) {
      for (float value : row) {
        assertEquals(Math.round(value), value);
        assertEquals(true, value >= 0 && value <= 255);
      }
    }
  }

  @Test
  void memotionLabels() {
    String file = data("memotion/labels.csv", "the Memotion 7k data set, SemEval-2020 Task 8");
    MemeCatalog memes = MemeCatalog.read(file);
    assertEquals(6993, memes.size());
    Map<String, Meme> byName = new HashMap<>();
    Map<String, Integer> points = new HashMap<>();
    for (Meme meme : memes.memes()) {
      byName.put(meme.name(), meme);
    }
    memes.memes().stream()
        .skip(1)
        .forEach(meme -> points.merge(Arrays.toString(meme.attributes()), 1, Integer::sum));
    assertEquals(495, points.size());
    assertEquals(258, Collections.max(points.values()));
    has(byName, "image_0.png", 0, -1, -1, 1, 1);
    has(byName, "image_1.jpg", 1, 1, -1, -1, 1);
    has(byName, "image_2.jpeg", -1, 1, -1, 1, 1);
    has(byName, "image_3.JPG", .5f, -1, -1, -1, .5f);
    has(byName, "image_4.png", .5f, -.5f, .5f, 1, .5f);
    has(byName, "image_1979.png", .5f, -.5f, -.5f, 1, 1);
    has(byName, "image_6629.jpg", .5f, -.5f, -.5f, 1, 1);
    has(byName, "image_3246.jpg", .5f, -.5f, -.5f, 1, 1);
    has(byName, "image_6080.png", 1, -.5f, 1, -1, .5f);
    has(byName, "image_3823.jpg", -.5f, 1, -1, -1, -.5f);
  }

  @Test
  void builtInCatalogueHoldsThePointsOfTheLabels() {
    String file = data("memotion/labels.csv", "the Memotion 7k data set, SemEval-2020 Task 8");
    assertEquals(points(MemeCatalog.read(file)), points(MemeCatalog.builtIn()));
  }

  private static List<String> points(MemeCatalog memes) {
    List<String> points = new ArrayList<>();
    for (Meme meme : memes.memes()) {
      points.add(Arrays.toString(meme.attributes()));
    }
    Collections.sort(points);
    return points;
  }

  private static void has(Map<String, Meme> byName, String name, float... attributes) {
    Meme meme = byName.get(name);
    assertArrayEquals(attributes, meme == null ? null : meme.attributes(), name);
  }

  private static String data(String name, String published) {
    String folder = System.getenv("SLATE_DATA");
    Path file = Path.of(folder == null ? "" : folder, name);
    assumeTrue(
        folder != null && Files.exists(file),
        () -> "needs " + name + " under $SLATE_DATA (published: " + published + ")");
    return file.toString();
  }
}
