package dev.slate.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Loads a model that another process saved, and asks it. */
final class AskingProcess {
  private AskingProcess() {}

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    ExactTopKModel model = ExactTopKModel.load(folder.resolve("model").toString());
    model
        .transform(spark.read().parquet(folder.resolve("queries").toString()))
        .write()
        .parquet(folder.resolve("answers").toString());
    spark.stop();
  }
}
