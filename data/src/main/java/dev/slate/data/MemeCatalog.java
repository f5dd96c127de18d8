package dev.slate.data;

import dev.slate.data.format.FileSpec;
import dev.slate.data.memotion.LabelFile;
import dev.slate.data.memotion.Points;
import dev.slate.kernel.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Memes as a catalogue: what the simulation shows to its users. Immutable.
 *
 * <p>The built-in one, and one loaded from a label file, begin with the advertisement at ordinal
 * {@value #ADVERTISEMENT}.
 */
public final class MemeCatalog implements Catalog {
  /** Ordinal of the advertisement. */
  public static final int ADVERTISEMENT = 0;

  private static final Meme PROMOTED = new Meme("image_0.png", 0, -1, -1, 1, 1);
  private static final long ORDER_SEED = 6992;

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
   * onwards. The names are not those of the labels, the attributes are.
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
      memes.add(Meme.of("image_" + (i + 1), attributes));
    }
    return new MemeCatalog(memes);
  }

  /**
   * Loads a label file of the Memotion 7k data set: CSV with the columns {@code image_name} and the
   * five attributes, whose cells are words such as {@code very_funny}. The advertisement comes
   * first, then the file in its own order.
   *
   * @param file its name, which ends in {@code .csv} or {@code .csv.gz}
   * @return its memes
   * @throws InputException if there is no such file, a column is missing, or a word is not a level
   *     of its attribute
   */
  public static MemeCatalog read(String file) {
    List<Meme> memes = new ArrayList<>();
    memes.add(PROMOTED);
    memes.addAll(LabelFile.read(FileSpec.ofInput(file)));
    return new MemeCatalog(memes);
  }

  /**
   * One meme.
   *
   * @param ordinal its position
   * @return its name and attributes
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
