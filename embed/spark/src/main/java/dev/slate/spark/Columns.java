package dev.slate.spark;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds columns by their names. */
final class Columns {
  private Columns() {}

  /**
   * Finds a column: by its exact name or, where there is none, whatever the case.
   *
   * @return its place
   * @throws InputException if there is none, or several that differ in case
   */
  static int find(StructType schema, String name) {
    String[] names = schema.fieldNames();
    int found = -1;
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
      if (names[i].equalsIgnoreCase(name)) {
        if (found >= 0) {
          throw new InputException(name + ": several columns have this name but for its case");
        }
        found = i;
      }
    }
    if (found < 0) {
      throw new InputException(name + ": no such column; there are " + String.join(", ", names));
    }
    return found;
  }

  static StructField field(StructType schema, String name) {
    return schema.fields()[find(schema, name)];
  }

  static void checkNumeric(StructType schema, String name) {
    DataType type = field(schema, name).dataType();
    if (!(type instanceof NumericType)) {
      throw new InputException(name + ": must be numbers, but they are " + type.simpleString());
    }
  }

  /** Refuses a name for a new column that one has already. */
  private static void checkAbsent(StructType schema, String name) {
    for (String each : schema.fieldNames()) {
      if (each.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        throw new InputException(name + ": there is a column of this name already");
      }
    }
  }

  /** A column whose name may hold dots and backticks. */
  static Column named(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** The type of the answers to a query. */
  static DataType answers(IdType idType) {
    StructType item =
        new StructType()
            .add("id", idType.dataType(), false)
            .add("score", DataTypes.FloatType, false);
    return DataTypes.createArrayType(item, false);
  }

  /** A schema and one more column, whose name must be free. */
  static StructType appended(StructType schema, String name, DataType type) {
    checkAbsent(schema, name);
    return schema.add(name, type, false);
  }
}
