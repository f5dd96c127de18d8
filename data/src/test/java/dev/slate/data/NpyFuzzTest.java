package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Headers of npy that lie about what follows, or are no headers at all. */
class NpyFuzzTest {
  private static final String MATRIX =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }\n";

  /** A claim is believed if and only if exactly its bytes are there. */
  @Property
  void claimedShape(
      @ForAll("lengths") String rows,
      @ForAll("lengths") String columns,
      @ForAll @IntRange(max = 40) int floats) {
    byte[] file = file(1, MATRIX.formatted(rows + ", " + columns), 4 * floats);
    boolean holds =
        rows.matches("\\d+")
            && columns.matches("\\d+")
            && floats > 0
            && new BigInteger(rows)
                .multiply(new BigInteger(columns))
                .equals(BigInteger.valueOf(floats));
    Damaged.read(
        ".npy",
        file,
        read -> {
          if (holds) {
            assertNotNull(read);
            assertEquals(Integer.parseInt(rows), read.length);
            assertEquals(Integer.parseInt(columns), read[0].length);
          } else {
            assertNull(read);
          }
        });
  }

  @Provide
  Arbitrary<String> lengths() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 8).map(String::valueOf),
        Arbitraries.of(
            "0",
            "-1",
            "007",
            "1e3",
            "0x10",
            "1_0",
            "2147483647",
            "2147483648",
            "4294967295",
            "4611686018427387904",
            "9223372036854775807",
            "18446744073709551616",
            "99999999999999999999999999"));
  }

  /** Whatever the dictionary says: all the floats that follow are read, or none. */
  @Property
  void hostileDictionary(
      @ForAll("dictionaries") String dictionary, @ForAll @IntRange(min = 1, max = 3) int version) {
    Damaged.read(
        ".npy",
        file(version, dictionary, 24),
        rows -> assertEquals(true, rows == null || 24 % (rows.length * rows[0].length) == 0));
  }

  @Provide
  Arbitrary<String> dictionaries() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "'",
            "\"",
            ",",
            ":",
            " ",
            "\n",
            "\0",
            "\\",
            "'descr'",
            "'shape'",
            "'fortran_order'",
            "True",
            "False",
            "None",
            "'<f4'",
            "'<f8'",
            "'|u1'",
            "6",
            "(6,)",
            "(2, 3)",
            "(3, 2L)",
            "9999999999",
            "-",
            "\u001b[31m");
    Arbitrary<String> free = pieces.list().ofMaxSize(40).map(list -> String.join("", list));
    // One piece in the place of each of the values, so that the rest makes sense.
    Arbitrary<String> values =
        pieces.flatMap(
            piece ->
                Arbitraries.of(
                        "{'descr': %s, 'fortran_order': False, 'shape': (2, 3), }",
                        "{'descr': '<f4', 'fortran_order': %s, 'shape': (2, 3), }",
                        "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }",
                        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, %s), }",
                        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), %s}",
                        "{%s: '<f4', 'fortran_order': False, 'shape': (2, 3), }")
                    .map(text -> text.replace("%s", piece)));
    return Arbitraries.oneOf(free, values);
  }

  /** The length of the header itself lies. */
  @Property
  void claimedHeader(
      @ForAll("headers") long length, @ForAll @IntRange(min = 1, max = 4) int version) {
    String dictionary = MATRIX.formatted("2, 3");
    byte[] file = file(version, dictionary, 24);
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (version == 1) {
      header.putShort(8, (short) length);
    } else {
      header.putInt(8, (int) length);
    }
    boolean true1 = (version == 1 ? length & 0xffff : length & 0xffff_ffffL) == dictionary.length();
    Damaged.read(".npy", file, rows -> assertEquals(true1 && version < 4, rows != null));
  }

  @Provide
  Arbitrary<Long> headers() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 120),
        Arbitraries.of(0xffffL, 0x1_0000L, 0x7fff_ffffL, 0xffff_ffffL));
  }

  @Example
  void deepNesting() {
    for (String open : new String[] {"(", "[", "{", "'", "{'shape': (", "{'shape': [("}) {
      String deep = open.repeat(60_000 / open.length());
      Damaged.read(".npy", file(1, deep, 24), rows -> assertNull(rows));
    }
  }

  @Example
  void whatIsWrittenHereIsRead() {
    for (int version = 1; version <= 3; version++) {
      Damaged.read(
          ".npy",
          file(version, MATRIX.formatted("2, 3"), 24),
          rows -> assertArrayEquals(new float[2][3], rows));
    }
  }

  private static byte[] file(int version, String dictionary, int payload) {
    byte[] text = dictionary.getBytes(StandardCharsets.ISO_8859_1);
    int start = version == 1 ? 10 : 12;
    ByteBuffer file =
        ByteBuffer.allocate(start + text.length + payload).order(ByteOrder.LITTLE_ENDIAN);
    file.put("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1)).put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) text.length);
    } else {
      file.putInt(text.length);
    }
    return file.put(text).array();
  }
}
