package dev.slate.spark;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** The types that ids may have, between Spark's values and {@link IdColumn}. */
enum IdType {
  INT,
  LONG,
  /** Ordered by UTF-8 bytes, as {@code ORDER BY} does. */
  STRING;

  DataType dataType() {
    return switch (this) {
      case INT -> DataTypes.IntegerType;
      case LONG -> DataTypes.LongType;
      case STRING -> DataTypes.StringType;
    };
  }

  /**
   * The type of a column.
   *
   * @throws InputException if ids cannot have it; a string with a collation is refused, as ids that
   *     it takes for equal would be distinct
   */
  static IdType of(DataType type, String column) {
    for (IdType each : values()) {
      if (each.dataType().equals(type)) {
        return each;
      }
    }
    throw new InputException(
        column + ": ids must be int, long or string, but they are " + type.simpleString());
  }

  /** Appends the id at a place of a row or an array of Spark's, which is not null. */
  void add(SpecializedGetters values, int ordinal, IdColumn.Builder to) {
    switch (this) {
      case INT -> to.add(values.getInt(ordinal));
      case LONG -> to.add(values.getLong(ordinal));
      // Without the copy the bytes may be an array that Spark uses again.
      case STRING -> to.add(values.getUTF8String(ordinal).copy().getBytes());
    }
  }

  /** Appends an id that is an Integer, a Long or a String. */
  void add(Object value, IdColumn.Builder to) {
    if (value instanceof Number number) {
      to.add(number.longValue());
    } else {
      to.add(((String) value).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** An id as rows hold it: an Integer, a Long or a String. */
  Object external(IdColumn ids, int i) {
    return switch (this) {
      case INT -> (int) ids.number(i);
      case LONG -> ids.number(i);
      case STRING -> new String(ids.text(i), StandardCharsets.UTF_8);
    };
  }

  /** An id as Spark's own rows hold it. */
  Object internal(IdColumn ids, int i) {
    return this == STRING ? UTF8String.fromBytes(ids.text(i)) : external(ids, i);
  }
}
