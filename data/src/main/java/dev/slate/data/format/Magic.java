package dev.slate.data.format;

import dev.slate.data.InputException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of well-known file formats, which tell a file's format whatever its name says;
 * and for those that Slate does not read, a command that converts a file.
 */
enum Magic {
  NPY("npy", "\u0093NUMPY"),
  HDF5("HDF5", "\u0089HDF\r\n\u001a\n"),
  GZIP("gzip", "\u001f\u008b\b"),
  PYTORCH(
      "PyTorch",
      zipOf("[^/]+/(?:data\\.pkl|\\.format_version|\\.storage_alignment|byteorder)"),
      "python3 -c \"import torch, numpy; t = torch.load('FILE', map_location='cpu');"
          + " numpy.save('converted.npy', t.float().numpy())\"; of a dictionary take t['NAME']"),
  EXCEL("Excel", zipOf("(?:\\[Content_Types\\]\\.xml|_rels/|docProps/|xl/)"), spreadsheet()),
  OPEN_DOCUMENT(
      "OpenDocument", zipOf("mimetypeapplication/vnd\\.oasis\\.opendocument"), spreadsheet()),
  ZIP("a zip archive", "PK\u0003\u0004", "unzip 'FILE'"),
  SEVEN_ZIP("a 7z archive", "7z\u00bc\u00af'\u001c", "7z x 'FILE'"),
  ZSTD("zstd", "\\(\u00b5/\u00fd", "zstd -d 'FILE'"),
  BZIP2("bzip2", "BZh[1-9]1AY", "bunzip2 -k 'FILE'"),
  XZ("xz", "\u00fd7zXZ\u0000", "xz -dk 'FILE'"),
  LZ4("lz4", "\u0004\"M\u0018", "lz4 -d 'FILE'"),
  PARQUET("Parquet", "PAR1[\u0000-\u0008\u000e-\u001f]", table("read_parquet('FILE')")),
  ARROW("Arrow", "ARROW1\u0000\u0000", table("read_feather('FILE')")),
  ORC("ORC", "ORC\n?[\u0000-\u0008]", table("read_orc('FILE')")),
  JSON_ROWS("JSON", jsonOf("\\[\\s*\\["), json("json.load(open('FILE'))")),
  JSON_ROW_LINES("JSON", jsonOf("\\[-?\\d"), json("[json.loads(row) for row in open('FILE')]")),
  JSON_LINES("JSON", jsonOf("\\{\""), table("read_json('FILE', lines=True)")),
  JSON("JSON", jsonOf("(?:\\{\\s+\"|\\[\\s*[{\"])"), table("read_json('FILE')")),
  OLD_EXCEL("Excel", "\u00d0\u00cf\u0011\u00e0", spreadsheet()),
  SQLITE(
      "SQLite",
      "SQLite format 3\u0000",
      "sqlite3 -header -csv 'FILE' 'SELECT * FROM NAME' > converted.csv"),
  DUCKDB("DuckDB", ".{8}DUCK.\u0000{3}", "duckdb 'FILE' \"COPY NAME TO 'converted.csv'\""),
  SAFETENSORS(
      "safetensors",
      ".{4}\u0000{4}\\{\"[ -~]{8}",
      "python3 -c \"import numpy; from safetensors.numpy import load_file;"
          + " numpy.save('converted.npy', load_file('FILE')['NAME'])\""),
  FAISS(
      "a Faiss index",
      "Ix[F2MHP][IlL2TfSsNDpQ]..\u0000\u0000",
      "python3 -c \"import faiss, numpy; i = faiss.read_index('FILE');"
          + " numpy.save('converted.npy', i.reconstruct_n(0, i.ntotal))\""),
  NEW_MATLAB(
      "MATLAB",
      "MATLAB 7\\.3",
      "python3 -c \"import h5py, numpy;"
          + " numpy.save('converted.npy', h5py.File('FILE')['NAME'][:].T)\""),
  MATLAB(
      "MATLAB",
      "MATLAB 5\\.0",
      "python3 -c \"import numpy, scipy.io;"
          + " numpy.save('converted.npy', scipy.io.loadmat('FILE')['NAME'])\""),
  PICKLE(
      "a Python pickle",
      "\u0080(?:[\u0002\u0003][^\u0000]{2}|[\u0004\u0005]\u0095)",
      "python3 -c \"import pandas, numpy;"
          + " numpy.save('converted.npy', numpy.asarray(pandas.read_pickle('FILE'), 'f4'))\""),
  WORD2VEC(
      "word2vec in binary",
      "\\d+ \\d+\n[^ \n]+ [^\n]*[\u0000-\u0008\u000e-\u001f]",
      "python3 -c \"from gensim.models import KeyedVectors as K;"
          + " K.load_word2vec_format('FILE', binary=True)"
          + ".save_word2vec_format('converted.txt')\""),
  PNG("a PNG picture", "\u0089PNG\r\n"),
  JPEG("a JPEG picture", "\u00ff\u00d8\u00ff"),
  PDF("PDF", "%PDF-");

  /** How much of a file to look at. */
  static final int HEAD = 512;

  /** In a command, for the file. */
  private static final String FILE = "FILE";

  /** Names that a shell takes as they are between any quotes. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} ._/+,:=@%-]+");

  private final String label;
  private final Pattern beginning;
  private final @Nullable String command;

  Magic(String label, String beginning) {
    this(label, beginning, null);
  }

  Magic(String label, String beginning, @Nullable String command) {
    this.label = label;
    this.beginning = Pattern.compile(beginning, Pattern.DOTALL);
    this.command = command;
  }

  /** A zip archive whose first member has a name that begins so. */
  private static String zipOf(String member) {
    return "PK\u0003\u0004.{26}" + member;
  }

  private static String table(String read) {
    return pandas(read, ".to_csv('converted.csv', index=False)")
        + "; of a column of lists: "
        + "python3 -c \"import pandas, numpy; numpy.save('converted.npy', numpy.stack(pandas."
        + read
        + "['NAME']).astype('f4'))\"";
  }

  /** Text that begins so. */
  private static String jsonOf(String beginning) {
    return "(?=[^\u0000-\u0008\u000e-\u001f]*\\z)\\s*" + beginning;
  }

  private static String json(String rows) {
    return "python3 -c \"import json, numpy; numpy.save('converted.npy', numpy.array("
        + rows
        + ", 'f4'))\"";
  }

  private static String spreadsheet() {
    return pandas("read_excel('FILE')", ".to_csv('converted.csv', index=False)");
  }

  private static String pandas(String read, String write) {
    return "python3 -c \"import pandas; pandas." + read + write + "\"";
  }

  String label() {
    return label;
  }

  /**
   * Refuses a file of this format.
   *
   * @param file its name
   * @param wanted the format that it should have
   * @return the exception to throw, with a command that converts the file
   */
  InputException refusal(String file, String wanted) {
    return new InputException(file, "looks like " + label + ", not " + wanted + conversion(file));
  }

  /**
   * What to do with a file that Slate does not read.
   *
   * @param file its name
   * @return the end of a message; empty where there is nothing to say
   */
  String conversion(String file) {
    return command == null ? "" : "; convert it: " + command(command, file);
  }

  /**
   * A command for a file, to be pasted into a shell.
   *
   * @param template with {@code FILE} for its name
   * @param file its name; left out if a shell would read more out of it
   * @return the command
   */
  static String command(String template, String file) {
    return PLAIN.matcher(file).matches() ? template.replace(FILE, file) : template;
  }

  /** Whether a file of numbers without a header may begin like this by chance. */
  boolean isWeak() {
    return this == PICKLE || this == SAFETENSORS;
  }

  /** Whether an HDF5 file may begin so, with a block of the user's own before its signature. */
  boolean isUserBlock() {
    return this == NEW_MATLAB || label.equals(JSON.label);
  }

  /**
   * Guesses the format of a file.
   *
   * @param head the first bytes of the file
   * @return the format, or null where nothing is known
   */
  static @Nullable Magic of(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    for (Magic magic : values()) {
      if (magic.beginning.matcher(text).lookingAt()) {
        return magic;
      }
    }
    return null;
  }

  /** What the file looks like, for a message: a known format, else text, else null. */
  static @Nullable String describe(byte[] head) {
    Magic magic = of(head);
    if (magic != null) {
      return magic.label;
    }
    return head.length > 0 && isText(head) ? "text" : null;
  }

  /** Whether there is a zero byte and no mark of UTF-16: text has none. */
  static boolean isBinary(byte[] head) {
    boolean utf16 = head.length > 1 && (head[0] & head[1] & 0xfe) == 0xfe;
    for (byte b : head) {
      if (b == 0 && !utf16) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether bytes may be text, of any encoding that keeps ASCII. */
  static boolean isText(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
