package dev.slate.data.format;

import dev.slate.data.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The header of numpy's format, versions 1 to 3 (NEP 1): magic, version, length, and a Python
 * dictionary of {@code descr}, {@code fortran_order} and {@code shape}, padded with spaces.
 *
 * @param element the number type
 * @param lengths one or two
 * @param columnMajor whether columns, not rows, lie together: Fortran's order of two dimensions
 */
record NpyHeader(Element element, List<Long> lengths, boolean columnMajor) {
  /**
   * Bytes before the dictionary: magic, version, and a length of 2 bytes in version 1, 4 in 2 and
   * 3.
   */
  static final int PREFIX_BYTES = 12;

  /** Longest dictionary that is read; numpy itself trusts no more than 10,000 bytes. */
  static final int MAX_DICTIONARY = 1 << 16;

  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);
  private static final int WRITTEN_BYTES = 128;
  private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

  /** Where the dictionary lies, from the first {@link #PREFIX_BYTES} bytes. */
  record Extent(int start, long length) {
    static Extent of(String spec, byte[] head) {
      if (head.length < PREFIX_BYTES) {
        throw new InputException(spec, "ends within the npy header");
      }
      ByteBuffer prefix = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
      int version = prefix.get(6);
      Extent extent =
          switch (version) {
            case 1 -> new Extent(10, Short.toUnsignedLong(prefix.getShort(8)));
            case 2, 3 -> new Extent(12, Integer.toUnsignedLong(prefix.getInt(8)));
            default ->
                throw new InputException(
                    spec, "is npy of version " + version + "; Slate reads versions 1, 2 and 3");
          };
      if (extent.length > MAX_DICTIONARY) {
        throw new InputException(spec, "the npy header claims " + extent.length + " bytes");
      }
      return extent;
    }
  }

  /** Reads the dictionary. */
  static NpyHeader parse(String spec, String dictionary) {
    Map<String, String> entries = PythonDictionary.parse(spec, dictionary);
    if (!entries.keySet().equals(KEYS)) {
      throw new InputException(
          spec, "the npy header has the keys " + entries.keySet() + " instead of " + KEYS);
    }
    Element element = element(spec, entries.getOrDefault("descr", ""));
    List<Long> lengths = lengths(spec, entries.getOrDefault("shape", ""));
    boolean fortran =
        switch (entries.getOrDefault("fortran_order", "")) {
          case "False" -> false;
          case "True" -> true;
          default -> throw new InputException(spec, "the npy header has no valid fortran_order");
        };
    // Of one row or one column, both orders are the same.
    boolean columnMajor = fortran && lengths.size() == 2 && !lengths.contains(1L);
    return new NpyHeader(element, lengths, columnMajor);
  }

  private static Element element(String spec, String descr) {
    String name = descr.replaceAll("['\"]", "");
    boolean ordered = !name.isEmpty() && "<>=|".indexOf(name.charAt(0)) >= 0;
    char order = ordered ? name.charAt(0) : '=';
    Element element =
        switch (ordered ? name.substring(1) : name) {
          case "f2" -> Element.FLOAT16;
          case "f4" -> Element.FLOAT32;
          case "f8" -> Element.FLOAT64;
          case "i1" -> Element.INT8;
          case "u1" -> Element.UINT8;
          case "i2" -> Element.INT16;
          case "u2" -> Element.UINT16;
          case "i4" -> Element.INT32;
          case "u4" -> Element.UINT32;
          case "i8" -> Element.INT64;
          case "u8" ->
              throw new InputException(
                  spec, "holds unsigned 64-bit integers; save them as int64 or as floats");
          default ->
              throw new InputException(
                  spec,
                  "holds values of numpy type "
                      + descr
                      + "; Slate reads floats and integers up to 64 bits");
        };
    if (order == '>' && element.bytes() > 1) {
      throw new InputException(spec, "is big-endian (" + name + "); save it as little-endian");
    }
    // Without an order, or with that of the machine that wrote it: little-endian, but for a few.
    if (order == '|' && element.bytes() > 1) {
      throw new InputException(spec, "holds values of numpy type " + descr);
    }
    return element;
  }

  private static List<Long> lengths(String spec, String tuple) {
    List<Long> lengths = new ArrayList<>();
    if (!tuple.startsWith("(") && !tuple.startsWith("[")) {
      throw new InputException(spec, "the npy header has the shape " + tuple);
    }
    for (String part : tuple.substring(1, tuple.length() - 1).split(",", -1)) {
      // Python 2 wrote its long integers with an L.
      String digits = part.strip().replaceFirst("L$", "");
      if (digits.isEmpty()) {
        continue;
      }
      try {
        lengths.add(Long.parseLong(digits));
      } catch (NumberFormatException e) {
        throw new InputException(spec, "the npy header has the shape " + tuple, e);
      }
    }
    if (lengths.isEmpty() || lengths.size() > 2) {
      throw new InputException(
          spec, "is an array of " + lengths.size() + " dimensions; Slate reads 1 and 2");
    }
    return lengths;
  }

  /**
   * A header of version 1 whose length does not depend on the number of rows, so that it can be
   * written again once they are known.
   */
  static byte[] bytes(Element element, long rows, int columns) {
    String kind =
        switch (element) {
          case FLOAT16, FLOAT32, FLOAT64 -> "f";
          case UINT8, UINT16, UINT32 -> "u";
          case INT8, INT16, INT32, INT64 -> "i";
        };
    String dictionary =
        String.format(
            Locale.ROOT,
            "{'descr': '%s%s%d', 'fortran_order': False, 'shape': (%d, %d), }",
            element.bytes() == 1 ? "|" : "<",
            kind,
            element.bytes(),
            rows,
            columns);
    int padded = WRITTEN_BYTES - MAGIC.length - 4 - 1;
    return ByteBuffer.allocate(WRITTEN_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) (padded + 1))
        .put(("%-" + padded + "s\n").formatted(dictionary).getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }
}
