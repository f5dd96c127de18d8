package dev.slate.data;

import dev.slate.data.format.Location;
import dev.slate.data.memotion.LabelFile;
import dev.slate.data.memotion.Points;
import dev.slate.kernel.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Memes as a catalogue: what the simulation shows to its users. Immutable.
 *
 * <p>The built-in one, and one loaded from a label file, begin with the advertisement at ordinal
 * {@value #ADVERTISEMENT}.
 */
public final class MemeCatalog implements Catalog {
  /** Ordinal of the advertisement. */
  public static final int ADVERTISEMENT = 0;

  /** Author of the advertisement. */
  public static final String ADVERTISER = "Celebrations";

  /** Authors of all other memes. */
  public static final List<String> AUTHORS =
      List.of(
          "Alice",
          "An Unnamed cell",
          "Bob",
          "Chad",
          "Charlie",
          "David",
          "Eve",
          "Franck",
          "GigaChad",
          "Heidi",
          "Ivan",
          "Judy",
          "Kurt",
          "Leander",
          "Ludovic",
          "Mike",
          "Niaj",
          "Olivia",
          "Pat",
          "Quentin",
          "Roman",
          "Sybil",
          "Ted",
          "Vanna",
          "Walter",
          "Xx_D4rkL0rd_xX",
          "Yohan",
          "Zakarias");

  private static final Meme PROMOTED = new Meme("image_0.png", ADVERTISER, 0, -1, -1, 1, 1);
  private static final long ORDER_SEED = 6992;
  private static final long AUTHOR_SEED = 28;

  private final List<Meme> memes;
  private final float[] rows;

  private MemeCatalog(List<Meme> memes) {
    this.memes = List.copyOf(memes);
    int d = Meme.ATTRIBUTES.size();
    this.rows = new float[memes.size() * d];
    for (int i = 0; i < memes.size(); i++) {
      System.arraycopy(memes.get(i).attributes(), 0, rows, i * d, d);
    }
  }

  /**
   * Wraps memes.
   *
   * @param memes in the order of their ordinals; copied
   * @return their catalogue
   */
  public static MemeCatalog of(List<Meme> memes) {
    return new MemeCatalog(memes);
  }

  /**
   * The built-in catalogue of 6,993 memes: the advertisement, then the points of the Memotion 7k
   * labels, each as often as it occurs there, in a fixed shuffled order, named {@code image_1}
   * onwards. The names and authors are not those of the labels, the attributes are.
   *
   * @return the same memes each time
   */
  public static MemeCatalog builtIn() {
    float[] points = Points.expanded();
    int d = Points.DIMENSIONS;
    int n = points.length / d;
    int[] order = new int[n];
    SplittableRandom random = new SplittableRandom(ORDER_SEED);
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    List<Meme> memes = new ArrayList<>(n + 1);
    memes.add(PROMOTED);
    for (int i = 0; i < n; i++) {
      float[] attributes = new float[d];
      System.arraycopy(points, order[i] * d, attributes, 0, d);
      memes.add(Meme.of("image_" + (i + 1), "", attributes));
    }
    return new MemeCatalog(withAuthors(memes));
  }

  /**
   * Loads a label file of the Memotion 7k data set: CSV with the columns {@code image_name} and the
   * five attributes, whose cells are words such as {@code very_funny}. The advertisement comes
   * first, then the file in its own order. Authors are assigned as in the built-in catalogue.
   *
   * @param file its name, which ends in {@code .csv} or {@code .csv.gz}
   * @return its memes
   * @throws InputException if there is no such file, a column is missing, or a word is not a level
   *     of its attribute
   */
  public static MemeCatalog read(String file) {
    List<Meme> memes = new ArrayList<>();
    memes.add(PROMOTED);
    memes.addAll(LabelFile.read(Location.of(file)));
    return new MemeCatalog(withAuthors(memes));
  }

  /** The author of the i-th meme after the advertisement is the i-th draw of a fixed sequence. */
  private static List<Meme> withAuthors(List<Meme> memes) {
    SplittableRandom random = new SplittableRandom(AUTHOR_SEED);
    List<Meme> signed = new ArrayList<>(memes.size());
    signed.add(memes.get(ADVERTISEMENT));
    for (Meme meme : memes.subList(1, memes.size())) {
      String author = AUTHORS.get(random.nextInt(AUTHORS.size()));
      signed.add(Meme.of(meme.name(), author, meme.attributes()));
    }
    return signed;
  }

  /**
   * These memes and more, such as the copies of a flood.
   *
   * @param more appended in their order
   * @return a new catalogue
   */
  public MemeCatalog with(List<Meme> more) {
    return new MemeCatalog(Stream.concat(memes.stream(), more.stream()).toList());
  }

  /**
   * One meme.
   *
   * @param ordinal its position
   * @return its name, author and attributes
   * @throws IndexOutOfBoundsException if there is no such meme
   */
  public Meme meme(int ordinal) {
    return memes.get(Objects.checkIndex(ordinal, memes.size()));
  }

  /**
   * All memes.
   *
   * @return in the order of their ordinals; unmodifiable
   */
  public List<Meme> memes() {
    return memes;
  }

  @Override
  public int size() {
    return memes.size();
  }

  @Override
  public int dimensions() {
    return Meme.ATTRIBUTES.size();
  }

  @Override
  public void copyRows(int first, int count, float[] dst, int offset) {
    Objects.checkFromIndexSize(first, count, memes.size());
    int d = dimensions();
    System.arraycopy(rows, first * d, dst, offset, count * d);
  }
}
