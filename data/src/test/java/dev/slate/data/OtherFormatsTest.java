package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Slate does not read: it says what they are, and which command converts them. */
class OtherFormatsTest {
  @TempDir Path dir;

  /**
   * The first bytes of each format, {@code ~} for a zero, {@code ¶} for the end of a line, {@code
   * §} for 4, and a part of the command.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Arrow | ARROW1~~\u00ff\u00ff | read_feather('FILE')",
        "ORC | ORC¶\u0006\u0012\u0004x | read_orc('FILE')",
        "ORC | ORC\u0001\u0012\u0004x | read_orc('FILE')",
        "JSON | [{\"a\": 1, \"b\": 2}] | read_json('FILE')",
        "JSON | {¶  \"a\": [1, 2]¶} | read_json('FILE')",
        "JSON | {\"a\": 1}¶{\"a\": 2}¶ | read_json('FILE', lines=True)",
        "JSON | [[1, 2], [3, 4]] | json.load(open('FILE'))",
        "JSON | [¶ [¶  1.5, 2]] | json.load(open('FILE'))",
        "JSON | [-1.5, 2]¶[3, 4]¶ | json.loads(row) for row in open('FILE')",
        "zstd | (\u00b5/\u00fd$~~ | zstd -d 'FILE'",
        "bzip2 | BZh91AY&SY | bunzip2 -k 'FILE'",
        "xz | \u00fd7zXZ~~ | xz -dk 'FILE'",
        "lz4 | §\"M\u0018d@ | lz4 -d 'FILE'",
        "a 7z archive | 7z\u00bc\u00af'\u001c~ | 7z x 'FILE'",
        "a zip archive | PK\u0003\u0004\u0014~~~~~12345678901234567890items.csv | unzip 'FILE'",
        "Excel | PK\u0003\u0004\u0014~~~~~12345678901234567890docProps/app.xml | read_excel",
        "Excel | PK\u0003\u0004\u0014~~~~~12345678901234567890[Content_Types].xml | read_excel",
        "Excel | \u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1 | read_excel('FILE')",
        "PyTorch | PK\u0003\u0004\u0014~~~~~12345678901234567890archive/data.pkl | torch.load",
        "safetensors | @~~~~~~~{\"emb\":{\"dtype\":\"F32\" | load_file('FILE')['NAME']",
        "a Python pickle | \u0080\u0004\u0095\u00c7~~ | read_pickle('FILE')",
        "a Python pickle | \u0080\u0002]q\u0001(G | read_pickle('FILE')",
        "SQLite | SQLite format 3~\u0010~ | sqlite3 -header -csv 'FILE'",
        "DuckDB | 12345678DUCK@~~~~ | duckdb 'FILE'",
        "a Faiss index | IxF2\u0080\u0001~~\u0005~~~ | faiss.read_index('FILE')",
        "MATLAB | MATLAB 5.0 MAT-file, Platform: GLNXA64 | scipy.io.loadmat('FILE')",
        "MATLAB | MATLAB 7.3 MAT-file, Platform: GLNXA64 | h5py.File('FILE')",
        "word2vec in binary | 2 2¶the \u0001\u0002\u0003?\u0004\u0005\u0006? | KeyedVectors",
      })
  void aFileIsNamedWithTheCommandThatConvertsIt(String label, String head, String command)
      throws IOException {
    byte[] bytes =
        head.replace('~', '\0')
            .replace('¶', '\n')
            .replace('§', '\4')
            .getBytes(StandardCharsets.ISO_8859_1);
    Path unknown = Files.write(dir.resolve("items.x"), bytes);
    String told = command.replace("FILE", unknown.toString());
    String refused = refusal(unknown.toString());
    assertTrue(
        refused.contains(": looks like " + label + ", which Slate does not read; convert it: "),
        refused);
    assertTrue(refused.contains(told), refused);
    Path csv = Files.write(dir.resolve("items.csv"), bytes);
    refused = refusal(csv.toString());
    assertTrue(refused.contains(": looks like " + label + ", not csv; convert it: "), refused);
    refused =
        assertThrows(
                InputException.class,
                () -> Vectors.open("-", new ByteArrayInputStream(bytes), ReadOptions.DEFAULT))
            .getMessage();
    assertTrue(refused.startsWith("-: looks like " + label + ", not text"), refused);
  }

  /** Slate reads it as vectors, but not where text is asked for. */
  @Test
  void parquetInPlaceOfText() throws IOException {
    Path file = Files.writeString(dir.resolve("ratings.csv"), "PAR1\u0015\u0004\u0015(");
    String refused = refusal(file.toString());
    assertTrue(refused.contains(": looks like Parquet, not csv; convert it: "), refused);
    assertTrue(refused.contains("pandas.read_parquet('" + file + "').to_csv"), refused);
    assertBad(() -> OtherFormats.refuse(file.toString()), "looks like Parquet, not text");
  }

  private static String refusal(String spec) {
    return String.valueOf(
        assertThrows(InputException.class, () -> Vectors.open(spec)).getMessage());
  }

  @Test
  void textUnderGzipIsLookedAtToo() throws IOException {
    Path file = dir.resolve("items.csv.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("{\"a\": 1}\n{\"a\": 2}\n".getBytes(StandardCharsets.UTF_8));
    }
    assertBad(() -> read(file.toString()), "looks like JSON, not text; convert it: python3 -c");
  }

  /** A command is to be pasted into a shell, which would take more out of some names. */
  @Test
  void aNameThatAShellWouldReadIsNotPutIntoTheCommand() throws IOException {
    Path file = Files.writeString(dir.resolve("it's $(x).json"), "[[1, 2]]");
    assertBad(() -> read(file.toString()), "json.load(open('FILE'))");
    Path plain = Files.writeString(dir.resolve("é ü.json"), "[[1, 2]]");
    assertBad(() -> read(plain.toString()), "json.load(open('" + plain + "'))");
  }

  @Test
  void aNameWithoutAnEndingIsToldFromItsBytes() throws IOException {
    Path npy = Files.copy(Path.of(Fixtures.fixture("f4.npy")), dir.resolve("items.dat"));
    assertBad(() -> read(npy.toString()), "looks like npy, but the name does not end in .npy");
    Path h5 = Files.copy(Path.of(Fixtures.fixture("layouts.hdf5")), dir.resolve("items.h5ad"));
    assertBad(() -> read(h5.toString()), "looks like HDF5, but the name does not end in .hdf5");
    Path text = Files.writeString(dir.resolve("items"), "1,2\n");
    assertBad(() -> read(text.toString()), "the name does not end in a known format");
    assertBad(
        () -> Vectors.create(npy.toString(), 1, List.of()),
        "the name does not end in a known format");
  }

  /** Text that begins like one of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PAR1\n1\n2\n",
        "PAR1,PAR2\n1,2\n",
        "ORC\n1\n2\n",
        "ARROW1\n1\n",
        "ANIMALS,DUCK\n1,2\n",
        "IxF2,b\n1,2\n",
        "[x],[y]\n1,2\n",
        "7z\n1\n",
      })
  void textIsNotTakenForThem(String text) throws IOException {
    Path file = Files.writeString(dir.resolve("items.csv"), text);
    assertEquals(text.lines().count() - 1, read(file.toString()).length, text);
  }

  @Test
  void wordsAreNotTakenForJson() throws IOException {
    Path file = Files.writeString(dir.resolve("words.txt"), "[ 0.5 0.25\n{ 1 2\n[[ 3 4\n");
    assertEquals(3, read(file.toString()).length);
    Path other = Files.writeString(dir.resolve("other.txt"), "{ 0.5 0.25\n[ 1 2\n");
    assertEquals(2, read(other.toString()).length);
  }

  /** 640 is how a pickle begins, 8827 how JSON does. */
  @ParameterizedTest
  @ValueSource(ints = {640, 896, 1152, 8827})
  void numbersAreNotTakenForThem(int d) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * d).order(ByteOrder.LITTLE_ENDIAN).putInt(d);
    Path file = Files.write(dir.resolve("items.fvecs"), bytes.array());
    assertEquals(d, read(file.toString())[0].length);
    // The first value is 0, and the second begins as a name in JSON does.
    bytes.putInt(8, 0x6d65227b).putInt(12, 0x3a226562);
    assertEquals(d, read(Files.write(file, bytes.array()).toString())[0].length);
  }
}
