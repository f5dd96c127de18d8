package dev.slate.data.cli;

import dev.slate.data.Header;
import dev.slate.data.ReadOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** How a command reads its input. */
final class ReadingOptions {
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
              + " for names if none of its chosen cells is a number (default: ${DEFAULT-VALUE}).")
  private Header header;

  ReadOptions asked() {
    return ReadOptions.DEFAULT.withColumns(columns).withHeader(header);
  }
}
