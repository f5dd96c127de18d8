package dev.slate.spark;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** Reads vectors and denied ids from rows of queries. */
final class QueryColumns implements Serializable {
  private static final long serialVersionUID = 1;

  private final FeatureColumn features;
  private final IdType idType;
  private final int denied;
  private final int d;
  private final int label;
  private final @Nullable StructField labelField;

  /**
   * Finds the columns.
   *
   * @param deniedCol may be null
   * @param d number of features of the items, 0 where there are no items
   * @throws InputException if one is missing or of the wrong type
   */
  QueryColumns(
      StructType schema, FeatureColumn features, @Nullable String deniedCol, IdType idType, int d) {
    this.features = features;
    this.idType = idType;
    this.d = d;
    this.denied = deniedCol == null ? -1 : Columns.find(schema, deniedCol);
    if (deniedCol != null) {
      check(schema.fields()[denied].dataType(), deniedCol);
    }
    int found = -1;
    StructField[] fields = schema.fields();
    for (int i = fields.length - 1; i >= 0; i--) {
      if (fields[i].dataType() instanceof AtomicType) {
        found = i;
      }
    }
    this.label = found;
    this.labelField = found < 0 ? null : fields[found];
  }

  private void check(DataType type, String name) {
    if (!(type instanceof ArrayType array) || !array.elementType().equals(idType.dataType())) {
      throw new InputException(
          name
              + ": must be array<"
              + idType.dataType().simpleString()
              + ">, as ids are, but it is "
              + type.simpleString());
    }
  }

  int dimensions() {
    return d;
  }

  boolean denies() {
    return denied >= 0;
  }

  float[] vector(Row row) {
    try {
      return checked(features.read(row));
    } catch (InputException e) {
      throw named(labelField == null ? null : row.get(label), e);
    }
  }

  float[] vector(InternalRow row) {
    try {
      return checked(features.read(row));
    } catch (InputException e) {
      StructField field = labelField;
      throw named(
          field == null || row.isNullAt(label) ? null : row.get(label, field.dataType()), e);
    }
  }

  private float[] checked(float[] vector) {
    if (d > 0 && vector.length != d) {
      throw new InputException("has " + vector.length + " features, but the items have " + d);
    }
    return vector;
  }

  /** A query has no id of its own; its first simple column tells it from others. */
  private InputException named(@Nullable Object value, InputException problem) {
    String which =
        value == null || labelField == null ? "" : " with " + labelField.name() + " = " + value;
    return new InputException("query" + which + ": " + problem.getMessage());
  }

  void addDenied(Row row, IdColumn.Builder to) {
    if (!row.isNullAt(denied)) {
      Seq<?> ids = row.getAs(denied);
      scala.collection.Iterator<?> each = ids.iterator();
      while (each.hasNext()) {
        Object id = each.next();
        if (id != null) {
          idType.add(id, to);
        }
      }
    }
  }

  void addDenied(InternalRow row, IdColumn.Builder to) {
    if (!row.isNullAt(denied)) {
      ArrayData ids = row.getArray(denied);
      for (int i = 0; i < ids.numElements(); i++) {
        if (!ids.isNullAt(i)) {
          idType.add(ids, i, to);
        }
      }
    }
  }
}
