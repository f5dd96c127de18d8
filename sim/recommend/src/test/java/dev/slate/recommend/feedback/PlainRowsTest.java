package dev.slate.recommend.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.InputException;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Workers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of plain rows and the one that knows all cases, on the same files. */
class PlainRowsTest {
  private static final String HEADER = "user,item,value,time,kind\n";
  private static final RowLayout KINDS = RowLayout.ofKinds(0, 1, 2, 3, 4, false);
  private static final List<Kind> KINDS_OF_ROWS = List.of(Kind.values());
  private static final Workers TWO = new Workers(task -> new Thread(task).start(), 2);

  @TempDir private Path directory;

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  /** All rows and names as text, or the complaint. */
  private static String slow(String spec, RowLayout layout) {
    Names users = new Names();
    Names items = new Names();
    Feedback.Builder log = Feedback.builder(users, items);
    try (TextRecords table = TextRecords.csv(spec).header()) {
      table.each(row -> layout.add(row, log, users, items));
    } catch (InputException e) {
      return e.getMessage();
    }
    return LogText.of(log.build());
  }

  private static String both(String spec) {
    try {
      return LogText.of(
          FeedbackFiles.read(List.of(spec), FeedbackFormat.CSV, new Names(), new Names(), TWO));
    } catch (InputException e) {
      return e.getMessage();
    }
  }

  private static boolean plain(String spec, Feedback.Builder log, Names[] names, int block) {
    return PlainRows.read(spec, KINDS, log, names[0], names[1], TWO, block);
  }

  @Test
  void plainFilesAreReadWholeWhateverTheBlocksAndThreads() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder text = new StringBuilder(HEADER);
    for (int row = 0; row < 500; row++) {
      text.append("u").append(random.nextInt(40)).append(',').append(random.nextInt(300));
      text.append(',').append(number(random)).append(',').append(random.nextInt(1 << 30));
      text.append(',').append(KINDS_OF_ROWS.get(random.nextInt(13)).word());
      text.append(row % 7 == 0 ? "\r\n" : "\n").append(row % 50 == 0 ? "\n" : "");
    }
    text.setLength(text.length() - 1); // No end of the last line.
    String spec = file("a.csv", text.toString());
    String zipped = spec + ".gz";
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(zipped)))) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    String right = slow(spec, KINDS);
    assertEquals(500, right.lines().count());
    for (int block : new int[] {80, 81, 97, 1000, 1 << 20}) {
      for (Workers workers : new Workers[] {Workers.ALONE, TWO}) {
        for (String each : new String[] {spec, zipped}) {
          Names users = new Names();
          Names items = new Names();
          Feedback.Builder log = Feedback.builder(users, items);
          assertTrue(PlainRows.read(each, KINDS, log, users, items, workers, block));
          assertEquals(right, LogText.of(log.build()), "blocks of " + block);
        }
      }
    }
  }

  private static String number(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> String.valueOf(random.nextInt());
      case 1 -> String.valueOf(random.nextDouble() * 1000);
      case 2 -> String.valueOf((float) random.nextGaussian());
      case 3 -> "1.0";
      case 4 -> "-0";
      case 5 -> "1e-3";
      case 6 -> "." + random.nextInt(1000);
      default -> random.nextInt(1 << 25) + "." + random.nextInt(10);
    };
  }

  @Test
  void stopsBeforeTheFirstRowThatIsNotPlain() throws IOException {
    String spec = file("s.csv", HEADER + "a,1,1,1,click\nb,2,1,1,\"view\"\nc,3,1,1,click\n");
    Names[] names = {new Names(), new Names()};
    Feedback.Builder log = Feedback.builder(names[0], names[1]);
    assertFalse(plain(spec, log, names, 1 << 20));
    assertEquals(1, log.size());
    assertEquals(3, both(spec).lines().count());
  }

  @Test
  void aLineLongerThanABlockIsLeftToTheOtherReader() throws IOException {
    String spec = file("l.csv", HEADER + "a,1,1,1,click\n" + "b".repeat(200) + ",2,1,1,click\n");
    Names[] names = {new Names(), new Names()};
    Feedback.Builder log = Feedback.builder(names[0], names[1]);
    assertFalse(plain(spec, log, names, 64));
    assertEquals(1, log.size());
  }

  @Test
  void impressionsAndRatings() throws IOException {
    String shown = file("impressions.csv", "step,user,rank,item,ad,chosen\n1,0,1,17,0,1\n");
    Names users = new Names();
    Names items = new Names();
    Feedback.Builder log = Feedback.builder(users, items);
    RowLayout impressions = RowLayout.ofKinds(1, 3, -1, 0, 5, true);
    assertTrue(PlainRows.read(shown, impressions, log, users, items, TWO, PlainRows.BLOCK));
    assertEquals("0 0 17 0 1065353216 1 CLICK\n", LogText.of(log.build()));
    String stars = file("u.data", "1\t2\t3.5\t7\n1\t2\t6\t7\n");
    RowLayout ratings = RowLayout.ofKind('\t', false, 0, 1, 2, 3, Kind.RATING).withStars();
    Feedback.Builder rated = Feedback.builder(users, items);
    assertFalse(PlainRows.read(stars, ratings, rated, users, items, TWO, PlainRows.BLOCK));
    assertEquals(1, rated.size());
  }
}
