package dev.slate.data.cli;

import dev.slate.data.Header;
import dev.slate.data.ReadOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that reads vectors. */
public final class ReadingOptions {
  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "C",
      description =
          "Columns to take: names from the header, numbers from 0, or ranges such as 0-127"
              + " (default: all).")
  private List<String> columns = List.of();

  @Option(
      names = "--header",
      paramLabel = "H",
      defaultValue = "AUTO",
      description =
          "Whether the first line of text names the columns: ${COMPLETION-CANDIDATES}. AUTO takes it"
              + " for names if none of its chosen cells is a number, or if it counts the columns of"
              + " fractions (default: ${DEFAULT-VALUE}).")
  private Header header;

  @Option(
      names = "--delimiter",
      paramLabel = "D",
      converter = DelimiterConverter.class,
      description =
          "What stands between the cells of text: one character, or tab, comma, semicolon, blank or"
              + " pipe (default: told from the text).")
  private @Nullable Character delimiter;

  @Option(
      names = "--decimal",
      paramLabel = "M",
      converter = DecimalConverter.class,
      description = "The decimal mark of text: . or , (default: told from the text).")
  private @Nullable Character decimal;

  /** Creates what was not asked for anything. */
  public ReadingOptions() {}

  /**
   * What was asked for.
   *
   * @return options for {@link dev.slate.data.Vectors#open}
   */
  public ReadOptions asked() {
    return cut(ReadOptions.DEFAULT).withColumns(columns).withHeader(header);
  }

  /** The same cuts of text into cells and numbers, of another file. */
  ReadOptions cut(ReadOptions options) {
    ReadOptions cut = delimiter == null ? options : options.withDelimiter(delimiter);
    return decimal == null ? cut : cut.withDecimal(decimal);
  }
}
