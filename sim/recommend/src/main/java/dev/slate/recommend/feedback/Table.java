package dev.slate.recommend.feedback;

import dev.slate.data.InputException;
import java.util.List;

/** Records of a file, one at a time, with positions for complaints. For one thread. */
interface Table extends AutoCloseable {
  /** The names of the columns; none where the file does not have them. */
  List<String> names();

  /** Moves to the next record. */
  boolean next();

  /** A cell of the record without blanks around it, not empty. */
  String text(int column);

  /** A cell of the record, as a finite number. */
  float number(int column);

  /** A cell of the record, as a time; fractions are cut off. */
  long time(int column);

  /** A complaint about the record. */
  InputException bad(String problem);

  /** The name of the file. */
  String spec();

  /** The column of the first of these names that the table has, or -1. */
  default int column(String... wanted) {
    for (String name : wanted) {
      for (int i = 0; i < names().size(); i++) {
        if (names().get(i).equalsIgnoreCase(name)) {
          return i;
        }
      }
    }
    return -1;
  }

  /** The column of the first of these names that the table has. */
  default int required(String... wanted) {
    int column = column(wanted);
    if (column < 0) {
      throw new InputException(
          spec(), "has no column '" + wanted[0] + "'; it has " + String.join(", ", names()));
    }
    return column;
  }

  @Override
  void close();
}
