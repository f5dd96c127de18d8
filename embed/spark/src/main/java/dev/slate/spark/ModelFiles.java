package dev.slate.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.ArraySeq;

/** A model in a folder: {@code metadata}, as spark.ml writes it, and {@code items}, as Parquet. */
final class ModelFiles {
  private static final String ITEMS = "items";
  private static final String ID = "id";
  private static final String FEATURES = "features";
  private static final String BIAS = "bias";

  private ModelFiles() {}

  /** Writes a model. */
  static final class Writer extends MLWriter {
    private final ExactTopKModel model;

    Writer(ExactTopKModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter$.MODULE$.saveMetadata(model, path, sparkSession());
      ItemStore store = model.store();
      StructType schema =
          new StructType()
              .add(ID, store.idType.dataType(), false)
              .add(FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false), false);
      if (store.biased) {
        schema = schema.add(BIAS, DataTypes.FloatType, false);
      }
      IdType idType = store.idType;
      JavaRDD<Row> rows = store.shards.flatMap(block -> rows(block, idType));
      sparkSession().createDataFrame(rows, schema).write().parquet(items(path));
    }
  }

  private static String items(String path) {
    return new Path(path, ITEMS).toString();
  }

  private static Iterator<Row> rows(ItemBlock block, IdType idType) {
    int d = block.dimensions();
    float[] biases = block.biases();
    List<Row> rows = new ArrayList<>(block.size());
    for (int i = 0; i < block.size(); i++) {
      Object id = idType.external(block.ids(), i);
      Object features =
          ArraySeq.unsafeWrapArray(Arrays.copyOfRange(block.rows(), i * d, i * d + d));
      rows.add(
          biases == null
              ? RowFactory.create(id, features)
              : RowFactory.create(id, features, biases[i]));
    }
    return rows.iterator();
  }

  /** Reads a model. */
  static final class Reader extends MLReader<ExactTopKModel> {
    @Override
    public ExactTopKModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, sparkSession(), ExactTopKModel.class.getName());
      ExactTopKModel model = new ExactTopKModel(metadata.uid(), null);
      metadata.getAndSetParams(model, Option.empty());
      Cluster.checkJava(sparkSession());
      Dataset<Row> items = sparkSession().read().parquet(items(path));
      boolean biased = Arrays.asList(items.schema().fieldNames()).contains(BIAS);
      return model.over(
          ItemStore.of(items, ID, FEATURES, biased ? BIAS : null, false, model.getNumShards()));
    }
  }
}
