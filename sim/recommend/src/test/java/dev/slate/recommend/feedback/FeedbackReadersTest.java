package dev.slate.recommend.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.InputException;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Workers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random files, read by several threads in blocks of every size, and record by record by one: the
 * same rows, bits and ordinals, or the same complaint with the same line. Failures print the seed.
 */
class FeedbackReadersTest {
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final ExecutorService POOL = Executors.newFixedThreadPool(2);
  private static final List<Workers> TEAMS =
      List.of(Workers.ALONE, new Workers(POOL, 2), new Workers(POOL, 3));

  /** Names that are quoted, stripped, not ASCII, or no names. */
  private static final List<String> ODD_NAMES =
      List.of(
          "\"a,b\"",
          "\"a\nb\"",
          "\"a\r\nb\"",
          "\"say \"\"so\"\"\"",
          "\"7\"",
          "\"",
          "a\"b",
          " a",
          "a ",
          "\t",
          "",
          " ",
          "\u00fc",
          "\u2003x",
          "\u0001",
          "\u007f",
          "\0",
          "a\rb",
          "1,2",
          "007",
          "#1");

  /** Values and times, few of which are right, and kinds. */
  private static final List<String> ODD_VALUES =
      List.of(
          "\"7\"",
          "\"click\"",
          " 7 ",
          "",
          "\u0667",
          "NaN",
          "Infinity",
          "1e99",
          "1e-99",
          "1..2",
          "-",
          ".",
          "5.",
          "-0",
          "+5",
          "-5",
          "9",
          "0.4",
          "12.7",
          "007",
          "16777217",
          "123456789012345678",
          "1234567890123456789",
          "9999999999999999999",
          "99999999999999999999",
          "0.1234567890123",
          "0x1p3",
          "1f",
          "1_0",
          "WATCH",
          "Repeat Visit");

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(
              FeedbackFormat.CSV,
              "user,item,value,time,kind",
              RowLayout.ofKinds(0, 1, 2, 3, 4, false)),
          new Shape(
              FeedbackFormat.CSV,
              "note,kind,time,item,more,weight,user",
              RowLayout.ofKinds(6, 3, 5, 2, 1, false)),
          new Shape(
              FeedbackFormat.CSV,
              "user,item",
              RowLayout.ofKind(',', true, 0, 1, -1, -1, Kind.CLICK)),
          new Shape(
              FeedbackFormat.CSV,
              "user_id,item_id,rating,timestamp",
              RowLayout.ofKind(',', true, 0, 1, 2, 3, Kind.RATING)),
          new Shape(
              FeedbackFormat.MOVIELENS,
              "",
              RowLayout.ofKind('\t', false, 0, 1, 2, 3, Kind.RATING).withStars()),
          new Shape(
              FeedbackFormat.MOVIELENS,
              "userId,movieId,rating,timestamp",
              RowLayout.ofKind(',', true, 0, 1, 2, 3, Kind.RATING).withStars()),
          new Shape(
              FeedbackFormat.INTER,
              "user_id:token\titem_id:token\trating:float\ttimestamp:float",
              RowLayout.ofKind('\t', true, 0, 1, 2, 3, Kind.RATING)),
          new Shape(
              FeedbackFormat.IMPRESSIONS,
              "step,user,rank,item,ad,chosen",
              RowLayout.ofKinds(1, 3, -1, 0, 5, true)));

  @TempDir private Path directory;

  @AfterAll
  static void stop() {
    POOL.shutdownNow();
  }

  /** Files of one layout; the header is empty where there is none. */
  private record Shape(FeedbackFormat format, String header, RowLayout layout) {
    String[] cells(SplittableRandom random) {
      int width = layout.header() ? header.split("[,\t]").length : 4;
      String[] cells = new String[width];
      Arrays.setAll(cells, i -> "" + random.nextInt(9));
      cells[layout.user()] = (random.nextInt(4) == 0 ? "u" : "") + random.nextInt(12);
      cells[layout.item()] = "" + random.nextInt(40);
      if (layout.value() >= 0) {
        cells[layout.value()] =
            layout.stars() ? "" + (1 + random.nextInt(10)) / 2.0 : number(random);
      }
      if (layout.time() >= 0) {
        cells[layout.time()] = "" + random.nextInt(1 << 30);
      }
      if (layout.kind() >= 0) {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        cells[layout.kind()] = layout.chosen() ? "" + random.nextInt(2) : kind.word();
      }
      return cells;
    }

    /** Puts something odd into one of the columns that are read. */
    void spoil(String[] cells, SplittableRandom random) {
      int[] values = {layout.value(), layout.time(), layout.kind()};
      int column = values[random.nextInt(values.length)];
      if (column >= 0 && random.nextBoolean()) {
        cells[column] = any(ODD_VALUES, random);
      } else {
        cells[random.nextBoolean() ? layout.user() : layout.item()] = any(ODD_NAMES, random);
      }
    }
  }

  private static String any(List<String> of, SplittableRandom random) {
    return of.get(random.nextInt(of.size()));
  }

  private static String number(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> "" + random.nextInt();
      case 1 -> "" + random.nextDouble() * 1000;
      case 2 -> "" + (float) random.nextGaussian();
      case 3 -> "1e-3";
      case 4 -> "." + random.nextInt(1000);
      default -> random.nextInt(1 << 25) + "." + random.nextInt(10);
    };
  }

  /** The text of a file; most have one oddity or none. */
  private static String text(Shape shape, SplittableRandom random) {
    String separator = String.valueOf(shape.layout.separator());
    String usual = random.nextInt(3) == 0 ? "\r\n" : "\n";
    boolean mixed = random.nextInt(8) == 0;
    StringBuilder text = new StringBuilder(random.nextInt(12) == 0 ? "\ufeff" : "");
    int rows = random.nextInt(12) == 0 ? 0 : random.nextInt(1, 12);
    int odd = random.nextInt(3) == 0 ? -2 : random.nextInt(-1, rows + 1);
    text.append(random.nextInt(6) == 0 ? usual.repeat(random.nextInt(1, 3)) : "");
    for (int row = shape.layout.header() ? -1 : 0; row < rows; row++) {
      String[] cells = row < 0 ? shape.header.split(separator) : shape.cells(random);
      if (row == odd || (mixed && random.nextInt(4) == 0)) {
        int cell = random.nextInt(cells.length);
        switch (random.nextInt(10)) {
          case 0 -> cells = Arrays.copyOf(cells, random.nextInt(1, cells.length + 1));
          case 1 -> cells[cell] += separator + "x";
          case 2 -> cells[cell] = " " + cells[cell];
          case 3 -> cells[cell] = '"' + cells[cell] + '"';
          case 4 -> cells[cell] = "";
          default -> shape.spoil(cells, random);
        }
      }
      text.append(String.join(separator, cells));
      boolean end = row == rows - 1 && random.nextInt(3) == 0;
      text.append(end ? "" : mixed ? end(random) : usual);
      text.append(end || random.nextInt(8) > 0 ? "" : usual.repeat(random.nextInt(1, 3)));
    }
    return random.nextInt(40) == 0 ? "" : text.toString();
  }

  private static String end(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> "\r";
      case 1 -> "\n\r";
      case 2 -> "\n \n";
      case 3 -> "\r\r\n";
      case 4 -> "\r\n";
      default -> "\n";
    };
  }

  private String write(Shape shape, String text, SplittableRandom random) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean zip = random.nextInt(4) == 0;
    String end = shape.layout.quotes() ? "csv" : "data";
    if (zip) {
      bytes = zipped(bytes, random.nextInt(bytes.length + 1));
      if (random.nextInt(6) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length)); // Cut off.
      }
    }
    Path file = directory.resolve("f" + random.nextInt(2) + "." + end + (zip ? ".gz" : ""));
    return Files.write(file, bytes).toString();
  }

  /** In two parts, as tools that append leave them. */
  private static byte[] zipped(byte[] bytes, int first) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int part = 0; part < 2; part++) {
      try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
        zip.write(bytes, part == 0 ? 0 : first, part == 0 ? first : bytes.length - first);
      }
    }
    return out.toByteArray();
  }

  private static Names known(int count) {
    Names names = new Names();
    for (int i = count - 1; i >= 0; i--) {
      names.add("" + i);
    }
    return names;
  }

  /** Where a header is not that of the shape, its columns may be others; then no rows. */
  private static String recordByRecord(List<String> specs, Shape shape, int known) {
    Names users = known(known);
    Names items = known(known);
    Feedback.Builder log = Feedback.builder(users, items);
    try {
      for (String spec : specs) {
        int before = log.size();
        try (TextRecords table =
            shape.layout.quotes()
                ? TextRecords.csv(spec)
                : TextRecords.plain(spec, '\t', StandardCharsets.UTF_8)) {
          if (shape.layout.header()) {
            List<String> names = table.header().names();
            if (!names.equals(List.of(shape.header.split("[,\t]")))) {
              return "header";
            }
          }
          table.each(row -> shape.layout.add(row, log, users, items));
        }
        if (log.size() == before) {
          throw new InputException(spec, "holds no feedback");
        }
      }
    } catch (InputException e) {
      return e.getMessage();
    }
    return rows(log.build());
  }

  private static String rows(Feedback log) {
    return LogText.of(log) + log.users().size() + ' ' + log.items().size();
  }

  private static String inBlocks(
      List<String> specs, Shape shape, int known, Workers team, int block) {
    Names users = known(known);
    Names items = known(known);
    try {
      return rows(FeedbackFiles.read(specs, shape.format, users, items, team, block));
    } catch (InputException e) {
      return e.getMessage();
    }
  }

  @Test
  void agreeOnEveryFileInBlocksOfEverySize() throws IOException {
    int files = Integer.getInteger("slate.test.cases", 300);
    Map<String, Integer> seen = new HashMap<>();
    for (int seed = 0; seed < files; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
      List<String> texts = new ArrayList<>();
      List<String> specs = new ArrayList<>();
      for (int i = random.nextInt(6) == 0 ? 2 : 1; i > 0; i--) {
        texts.add(text(shape, random));
        specs.add(write(shape, texts.getLast(), random));
      }
      int known = random.nextInt(2) * random.nextInt(50);
      String right = recordByRecord(specs, shape, known);
      seen.merge(outcome(right), 1, Integer::sum);
      if (right.equals("header")) {
        right = inBlocks(specs, shape, known, Workers.ALONE, 1); // No row fits.
      }
      int longest = texts.stream().mapToInt(String::length).max().orElse(0);
      // Small blocks end everywhere; of the large ones, which end at few places, a sample will do.
      int step = 1;
      for (int block = random.nextInt(1, 30); block <= longest + 8; block += step) {
        step = block < 60 ? 1 : random.nextInt(1, 6);
        Workers team = TEAMS.get((block + seed) % TEAMS.size());
        String now = inBlocks(specs, shape, known, team, block);
        int size = block;
        int number = seed;
        assertEquals(
            right, now, () -> "file " + number + ", blocks of " + size + " bytes: " + texts);
      }
    }
    for (String each : new String[] {"rows", "line", "nothing", "header", "other"}) {
      assertTrue(seen.getOrDefault(each, 0) >= files / 100, seen.toString());
    }
  }

  private static String outcome(String text) {
    if (text.indexOf('\n') >= 0) {
      return "rows";
    }
    if (text.endsWith("holds no feedback") || text.endsWith("is empty")) {
      return "nothing";
    }
    return text.equals("header") ? text : text.matches(".*, line \\d+") ? "line" : "other";
  }
}
