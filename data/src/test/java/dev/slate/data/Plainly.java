package dev.slate.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The simplest readers there can be, to compare the real ones with. Null is a refusal. */
final class Plainly {
  private static final Pattern NPY =
      Pattern.compile(
          "\\{'descr': '<(f4|f8|i4)', 'fortran_order': False, 'shape': \\((\\d+), (\\d+)\\), } *\n");

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1};

  private Plainly() {}

  /** Whether a version 1 file has a header in the one way that numpy writes it. */
  static boolean isUsualNpy(byte[] file) {
    return file.length > 10
        && Arrays.equals(file, 0, 7, MAGIC, 0, 7)
        && NPY.matcher(header(file)).matches();
  }

  private static String header(byte[] file) {
    int length =
        Short.toUnsignedInt(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getShort(8));
    int end = Math.min(file.length, 10 + length);
    return new String(file, 10, end - 10, StandardCharsets.ISO_8859_1);
  }

  static float @Nullable [][] npy(byte[] file) {
    Matcher header = NPY.matcher(header(file));
    if (!header.matches()) {
      throw new IllegalArgumentException("not the usual header");
    }
    int width = header.group(1).equals("f8") ? 8 : 4;
    int start = 10 + header(file).length();
    BigInteger rows = new BigInteger(header.group(2));
    BigInteger columns = new BigInteger(header.group(3));
    BigInteger promised = rows.multiply(columns).multiply(BigInteger.valueOf(width));
    if (promised.signum() == 0 || !promised.equals(BigInteger.valueOf(file.length - start))) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(start);
    float[] values = new float[rows.multiply(columns).intValue()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (header.group(1)) {
            case "f8" -> (float) bytes.getDouble();
            case "i4" -> bytes.getInt();
            default -> bytes.getFloat();
          };
    }
    return finite(Fixtures.split(values, columns.intValue()));
  }

  static float @Nullable [][] vecs(byte[] file, SampleFile kind) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int width = kind == SampleFile.BVECS ? 1 : 4;
    List<float[]> rows = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int d = bytes.remaining() < 4 ? -1 : bytes.getInt();
      if (d < 1
          || d > bytes.remaining() / width
          || (!rows.isEmpty() && d != rows.getFirst().length)) {
        return null;
      }
      float[] row = new float[d];
      for (int j = 0; j < d; j++) {
        row[j] =
            switch (kind) {
              case BVECS -> bytes.get() & 255;
              case IVECS -> bytes.getInt();
              default -> bytes.getFloat();
            };
      }
      rows.add(row);
    }
    return rows.isEmpty() ? null : finite(rows.toArray(float[][]::new));
  }

  /** Whether text is so plain that splitting it at separators and line ends is the whole truth. */
  static boolean isPlain(byte[] file, char separator) {
    for (byte b : file) {
      if ("0123456789.-+e\n".indexOf(b) < 0 && b != separator) {
        return false;
      }
    }
    return true;
  }

  static float @Nullable [][] text(byte[] file, char separator) {
    List<float[]> rows = new ArrayList<>();
    boolean first = true;
    int width = 0;
    boolean gap = false;
    List<String> lines = Arrays.asList(new String(file, StandardCharsets.US_ASCII).split("\n", -1));
    String cut = Pattern.quote(String.valueOf(separator));
    boolean emptyLast =
        lines.stream()
                .filter(line -> !line.isEmpty())
                .limit(100)
                .allMatch(line -> endsEmpty(line, cut))
            && lines.stream()
                .filter(line -> !line.isEmpty())
                .findFirst()
                .filter(line -> !line.matches("(" + cut + ")*"))
                .isPresent();
    for (String line : lines) {
      if (line.isEmpty()) {
        gap |= !first && width == 1;
        continue;
      }
      if (gap || (emptyLast && !endsEmpty(line, cut))) {
        return null;
      }
      String[] cells = line.split(cut, -1);
      cells = emptyLast ? Arrays.copyOf(cells, cells.length - 1) : cells;
      boolean header =
          first
              && Arrays.stream(cells).noneMatch(Plainly::isNumber)
              && !Arrays.stream(cells).allMatch(cell -> cell.isEmpty() || cell.matches("--?"));
      width = first ? cells.length : width;
      first = false;
      if (header) {
        continue;
      }
      if (cells.length != width || !Arrays.stream(cells).allMatch(Plainly::isNumber)) {
        return null;
      }
      float[] row = new float[width];
      for (int j = 0; j < width; j++) {
        row[j] = Float.parseFloat(cells[j]);
      }
      rows.add(row);
    }
    return rows.isEmpty() ? null : finite(rows.toArray(float[][]::new));
  }

  private static boolean endsEmpty(String line, String cut) {
    String[] cells = line.split(cut, -1);
    return cells.length > 1 && cells[cells.length - 1].isEmpty();
  }

  private static boolean isNumber(String cell) {
    return cell.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?");
  }

  private static float @Nullable [][] finite(float[][] rows) {
    for (float[] row : rows) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          return null;
        }
      }
    }
    return rows;
  }
}
