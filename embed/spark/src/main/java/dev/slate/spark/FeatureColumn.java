package dev.slate.spark;

import java.io.Serializable;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Reads vectors of float32 from a column of array&lt;float&gt;, array&lt;double&gt; or spark.ml's
 * vectors. Doubles are rounded to the nearest float.
 *
 * @param ordinal place of the column
 * @param name of the column, for messages
 * @param kind of vectors
 * @param densify whether sparse vectors may be unpacked
 */
record FeatureColumn(int ordinal, String name, Kind kind, boolean densify) implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int VECTOR_FIELDS = 4;

  /** The types that a column of vectors may have. */
  enum Kind {
    FLOATS,
    DOUBLES,
    VECTOR;

    static Kind of(DataType type, String column) {
      if (type instanceof VectorUDT) {
        return VECTOR;
      }
      if (type instanceof ArrayType array) {
        if (array.elementType().equals(DataTypes.FloatType)) {
          return FLOATS;
        }
        if (array.elementType().equals(DataTypes.DoubleType)) {
          return DOUBLES;
        }
      }
      throw new InputException(
          column
              + ": features must be array<float>, array<double> or vector, but they are "
              + type.simpleString()
              + ": cast the column");
    }
  }

  /**
   * Finds a column.
   *
   * @throws InputException if there is no such column or it holds no vectors
   */
  static FeatureColumn in(StructType schema, String name, boolean densify) {
    int ordinal = Columns.find(schema, name);
    Kind kind = Kind.of(schema.fields()[ordinal].dataType(), name);
    return new FeatureColumn(ordinal, name, kind, densify);
  }

  /**
   * Reads the vector of a row of Spark's own.
   *
   * @throws InputException if it is missing, sparse or not finite; the message begins with the name
   *     of the column
   */
  float[] read(SpecializedGetters row) {
    if (row.isNullAt(ordinal)) {
      throw problem("null");
    }
    if (kind != Kind.VECTOR) {
      return read(row.getArray(ordinal));
    }
    InternalRow vector = row.getStruct(ordinal, VECTOR_FIELDS);
    boolean dense = vector.getByte(0) == 1;
    if (dense) {
      return narrow(vector.getArray(3).toDoubleArray());
    }
    checkSparse();
    float[] features = new float[vector.getInt(1)];
    ArrayData indices = vector.getArray(2);
    ArrayData values = vector.getArray(3);
    for (int i = 0; i < indices.numElements(); i++) {
      features[indices.getInt(i)] = (float) values.getDouble(i);
    }
    return finite(features);
  }

  /**
   * Reads the vector of a row.
   *
   * @throws InputException as the other method does
   */
  float[] read(Row row) {
    Object value = row.get(ordinal);
    if (value == null) {
      throw problem("null");
    }
    if (value instanceof Vector vector) {
      if (vector instanceof SparseVector) {
        checkSparse();
      }
      return narrow(vector.toArray());
    }
    Seq<?> values = (Seq<?>) value;
    float[] features = new float[values.size()];
    scala.collection.Iterator<?> each = values.iterator();
    for (int j = 0; j < features.length; j++) {
      Object feature = each.next();
      if (feature == null) {
        throw problem("null, column " + j);
      }
      features[j] = ((Number) feature).floatValue();
    }
    return finite(features);
  }

  private float[] read(ArrayData values) {
    for (int j = 0; j < values.numElements(); j++) {
      if (values.isNullAt(j)) {
        throw problem("null, column " + j);
      }
    }
    return kind == Kind.FLOATS ? finite(values.toFloatArray()) : narrow(values.toDoubleArray());
  }

  private float[] narrow(double[] values) {
    float[] features = new float[values.length];
    for (int j = 0; j < features.length; j++) {
      features[j] = (float) values[j];
    }
    return finite(features);
  }

  private float[] finite(float[] features) {
    for (int j = 0; j < features.length; j++) {
      if (!Float.isFinite(features[j])) {
        throw problem(features[j] + ", column " + j);
      }
    }
    return features;
  }

  private void checkSparse() {
    if (!densify) {
      throw problem("a sparse vector; set densify to unpack it");
    }
  }

  private InputException problem(String value) {
    return new InputException(name + " is " + value);
  }
}
