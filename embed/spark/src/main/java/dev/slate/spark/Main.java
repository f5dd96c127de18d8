package dev.slate.spark;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Exact top-K as a job for spark-submit, for those who do not program: items and queries from
 * files, answers to files. {@code --help} lists the options.
 */
@Command(
    name = "slate-spark",
    mixinStandardHelpOptions = true,
    version = "slate-spark",
    sortOptions = false,
    description = "Finds the exact k best items for each query.",
    footer = {
      "",
      "spark-submit --class dev.slate.spark.Main slate-spark-job.jar \\",
      "    --items items.parquet --queries queries.parquet --out out.parquet -k 10 --metric dot",
      "",
      "Exit codes: 0 done, 1 a bug or a cluster that fails, 2 wrong use or input."
    })
public final class Main implements Callable<Integer> {
  private static final int USAGE = 2;

  @Spec private CommandSpec spec;

  @Option(names = "--items", required = true, description = "File or folder of the items.")
  private String items;

  @Option(names = "--queries", required = true, description = "File or folder of the queries.")
  private String queries;

  @Option(
      names = "--out",
      required = true,
      description = "Folder for the queries and their answers; must not exist.")
  private String out;

  @Option(
      names = "--format",
      defaultValue = "parquet",
      description =
          "Format of all three: ${DEFAULT-VALUE}, orc, json, or another that Spark knows.")
  private String format;

  @Option(names = "--overwrite", description = "Replaces what is in the way of --out.")
  private boolean overwrite;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      defaultValue = "id",
      description = "Ids of the items: int, long or string; default ${DEFAULT-VALUE}.")
  private String id;

  @Option(
      names = "--features",
      paramLabel = "COLUMN",
      defaultValue = "features",
      description = "Vectors of items and queries; default ${DEFAULT-VALUE}.")
  private String features;

  @Option(names = "--bias", paramLabel = "COLUMN", description = "Biases of the items.")
  private @Nullable String bias;

  @Option(
      names = "--deny",
      paramLabel = "COLUMN",
      description = "Arrays of ids, in the queries, that are not to be returned.")
  private @Nullable String deny;

  @Option(
      names = "--allow",
      paramLabel = "PREDICATE",
      description = "Leaves out the items for which this is not true, such as \"price < 5\".")
  private @Nullable String allow;

  @Option(
      names = "-k",
      defaultValue = "10",
      description = "Items wanted; default ${DEFAULT-VALUE}.")
  private int k;

  @Option(
      names = "--metric",
      defaultValue = "euclidean",
      description = "euclidean, dot or cosine; default ${DEFAULT-VALUE}.")
  private String metric;

  @Option(
      names = "--strategy",
      defaultValue = SearchSpec.AUTO,
      description = "How the answer is found, which does not change it; default ${DEFAULT-VALUE}.")
  private String strategy;

  @Option(
      names = "--placement",
      defaultValue = SearchSpec.AUTO,
      description =
          "replicated: a copy of the items in each executor; sharded: a part in each; default"
              + " ${DEFAULT-VALUE}: replicated while a copy fits.")
  private String placement;

  @Option(
      names = "--shards",
      defaultValue = "0",
      description = "Number of shards; default: one an executor.")
  private int shards;

  @Option(names = "--densify", description = "Unpacks sparse vectors.")
  private boolean densify;

  // Set before the fields are read.
  @SuppressWarnings("NullAway")
  private Main() {}

  /**
   * Runs the job and ends the JVM.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    int code = run(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Runs the job.
   *
   * @param args the options
   * @return the exit code
   */
  static int run(String... args) {
    return new CommandLine(new Main())
        .setParameterExceptionHandler((e, wrong) -> fail(String.valueOf(e.getMessage())))
        .setExecutionExceptionHandler((e, line, result) -> failed(e))
        .execute(args);
  }

  private static int failed(Exception failure) throws Exception {
    RuntimeException cause = InputException.of(failure);
    if (cause instanceof InputException) {
      return fail(String.valueOf(cause.getMessage()));
    }
    if (failure instanceof AnalysisException analysis) {
      return fail(analysis.getSimpleMessage());
    }
    throw failure;
  }

  private static int fail(String problem) {
    System.err.println("slate: " + problem.strip().replaceAll("\\s*\\R\\s*", " "));
    return USAGE;
  }

  @Override
  public Integer call() {
    ExactTopK estimator = estimator();
    SparkSession spark = SparkSession.builder().appName("slate-spark").getOrCreate();
    Dataset<Row> catalogue = read(spark, "--items", items);
    Dataset<Row> asked = read(spark, "--queries", queries);
    if (!overwrite) {
      checkAbsent(spark);
    }
    ExactTopKModel model = estimator.fit(catalogue);
    try {
      model
          .transform(asked)
          .write()
          .mode(overwrite ? SaveMode.Overwrite : SaveMode.ErrorIfExists)
          .format(format)
          .save(out);
    } finally {
      model.unpersist();
    }
    return 0;
  }

  private ExactTopK estimator() {
    ExactTopK estimator = new ExactTopK();
    try {
      estimator
          .setIdCol(id)
          .setFeaturesCol(features)
          .setK(k)
          .setMetric(metric)
          .setStrategy(strategy)
          .setPlacement(placement)
          .setNumShards(shards)
          .setDensify(densify);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (bias != null) {
      estimator.setBiasCol(bias);
    }
    if (deny != null) {
      estimator.setDenyCol(deny);
    }
    if (allow != null) {
      estimator.setAllow(allow);
    }
    return estimator;
  }

  private Dataset<Row> read(SparkSession spark, String option, String path) {
    try {
      return spark.read().format(format).load(path);
    } catch (Exception e) {
      // Scala throws it without a declaration, so Java cannot catch it by name.
      if (e instanceof AnalysisException analysis) {
        throw new InputException(option + ": " + analysis.getSimpleMessage());
      }
      throw e;
    }
  }

  /** Refuses to search for hours and then not to write. */
  private void checkAbsent(SparkSession spark) {
    Path path = new Path(out);
    try {
      if (path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path)) {
        throw new InputException("--out: " + out + " exists; --overwrite replaces it");
      }
    } catch (IOException e) {
      throw new InputException("--out: " + e.getMessage());
    }
  }
}
