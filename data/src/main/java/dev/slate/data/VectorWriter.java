package dev.slate.data;

/**
 * Writes rows of vectors to a file that appears under its name only when it is whole: after {@link
 * #commit}. Close it in every case; without a commit nothing is left behind. For one thread.
 */
public interface VectorWriter extends AutoCloseable {
  /**
   * Appends rows.
   *
   * @param rows row-major
   * @param offset where the first row starts
   * @param count number of rows
   * @throws IndexOutOfBoundsException if the array does not hold that number of rows
   * @throws InputException if the format cannot hold a value, naming its row and column, or the
   *     file cannot be written
   */
  void append(float[] rows, int offset, int count);

  /**
   * Completes the file and gives it its name.
   *
   * @throws InputException if the file cannot be written
   */
  void commit();

  @Override
  void close();
}
