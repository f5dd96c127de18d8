package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemeCatalogTest {
  private static final String HEADER =
      ",image_name,text,humour,sarcasm,offensive,motivational,overall_sentiment\n";

  @TempDir Path dir;

  @Test
  void builtInHasTheRealPoints() {
    MemeCatalog memes = MemeCatalog.builtIn();
    assertEquals(6993, memes.size());
    Map<String, Integer> points = new HashMap<>();
    for (Meme meme : memes.memes().subList(1, 6993)) {
      points.merge(Arrays.toString(meme.attributes()), 1, Integer::sum);
    }
    assertEquals(495, points.size());
    assertEquals(258, Collections.max(points.values()));
    assertEquals(12, points.get("[-1.0, -1.0, -1.0, -1.0, -1.0]"));
  }

  @Test
  void advertisementComesFirst() {
    Meme advertisement = MemeCatalog.builtIn().meme(MemeCatalog.ADVERTISEMENT);
    assertEquals(new Meme("image_0.png", 0, -1, -1, 1, 1), advertisement);
    assertEquals("image_1", MemeCatalog.builtIn().meme(1).name());
    assertEquals("image_6992", MemeCatalog.builtIn().meme(6992).name());
  }

  @Test
  void orderIsShuffledAndFixed() {
    MemeCatalog memes = MemeCatalog.builtIn();
    assertEquals(memes.memes(), MemeCatalog.builtIn().memes());
    int equalNeighbours = 0;
    for (int i = 2; i < memes.size(); i++) {
      equalNeighbours +=
          Arrays.equals(memes.meme(i).attributes(), memes.meme(i - 1).attributes()) ? 1 : 0;
    }
    assertTrue(equalNeighbours < 150, equalNeighbours + " neighbours are equal");
    assertEquals(new Meme("image_1", -.5f, 1, -.5f, -1, -.5f), memes.meme(1));
    assertEquals(new Meme("image_6992", .5f, 1, -.5f, -1, .5f), memes.meme(6992));
  }

  @Test
  void copiesRows() {
    MemeCatalog memes = MemeCatalog.builtIn();
    float[] rows = new float[11];
    memes.copyRows(0, 2, rows, 1);
    assertArrayEquals(new float[] {0, 0, -1, -1, 1, 1}, Arrays.copyOf(rows, 6));
    assertArrayEquals(memes.meme(1).attributes(), Arrays.copyOfRange(rows, 6, 11));
    assertThrows(IndexOutOfBoundsException.class, () -> memes.copyRows(6993, 1, rows, 0));
  }

  @Test
  void refusesWhatIsNoMeme() {
    assertThrows(IllegalArgumentException.class, () -> Meme.of("a", 0, 0, 0, 0, 1.5f));
    assertThrows(IllegalArgumentException.class, () -> Meme.of("a", 0, 0, 0, 0));
  }

  @Test
  void readsLabels() throws IOException {
    String file =
        write(
            dir.resolve("labels.csv"),
            HEADER
                + "0,a.jpg,\"two\nlines, one cell\",hilarious,general,not_offensive,not_motivational,very_positive\n"
                + "1,b.png,,funny,twisted_meaning,hateful_offensive,motivational,neutral\n");
    List<Meme> memes = MemeCatalog.read(file).memes();
    assertEquals(3, memes.size());
    assertEquals("image_0.png", memes.getFirst().name());
    assertEquals("a.jpg", memes.get(1).name());
    assertArrayEquals(new float[] {1, 1, -1, -1, 1}, memes.get(1).attributes());
    assertArrayEquals(new float[] {-.5f, -.5f, 1, 1, 0}, memes.get(2).attributes());
    try (VectorFile open =
        Vectors.open(
            "memotion:" + file, ReadOptions.DEFAULT.withColumns(List.of("offensive", "humour")))) {
      assertArrayEquals(new float[][] {{-1, 0}, {-1, 1}, {1, -.5f}}, Fixtures.rows(open));
    }
  }

  @Test
  void refusesLabels() throws IOException {
    bad(
        HEADER
            + "0,a.jpg,,hilarious,general,not_offensive,motivational,very_positive\n1,b,\"x\ny\",great,,,,\n",
        "labels.csv: 'great' is not a level of humour, row 1, column 3, line 3");
    bad("image_name,humour\na,funny\n", "has no column named sarcasm, row 0, line 2");
    bad(HEADER + "0,a.jpg\n", "the row has only 2 cells, row 0, line 2");
    bad(HEADER, "holds no rows");
    assertBad(() -> MemeCatalog.read(dir.resolve("none.csv").toString()), "no such file");
    assertBad(() -> MemeCatalog.read(dir.resolve("none.npy").toString()), "a label file is a .csv");
    assertBad(() -> Vectors.open("memotion:" + dir), "is a directory");
  }

  private void bad(String text, String problem) throws IOException {
    String file = write(dir.resolve("labels.csv"), text);
    assertBad(() -> MemeCatalog.read(file), problem);
  }
}
