package dev.slate.spark;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
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
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SparkThrowable known
          && String.valueOf(known.getCondition()).startsWith("FAILED_READ_FILE")) {
        return fail(last(each));
      }
    }
    throw failure;
  }

  /** What the innermost cause of a failure says. */
  private static String last(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
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
    check("--items", () -> estimator.transformSchema(catalogue.schema()));
    check("--queries", () -> checkQueries(asked.schema(), catalogue.schema(), estimator));
    checkOut(spark);
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
      // Spark begins with the generated name of the estimator.
      String problem = String.valueOf(e.getMessage()).replaceFirst("^\\S+ parameter ", "");
      throw new ParameterException(spec.commandLine(), problem, e);
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
      if (e instanceof SparkThrowable) {
        throw new InputException(option + ": " + last(e));
      }
      throw e;
    }
  }

  private static void check(String option, Runnable columns) {
    try {
      columns.run();
    } catch (InputException e) {
      throw new InputException(option + ": " + e.getMessage());
    }
  }

  /** Refuses queries before the items are taken in, where their columns suffice to tell. */
  private void checkQueries(StructType asked, StructType catalogue, ExactTopK estimator) {
    FeatureColumn vectors = FeatureColumn.in(asked, features, densify);
    IdType ids = IdType.of(Columns.field(catalogue, id).dataType(), id);
    new QueryColumns(asked, vectors, deny, ids, 0);
    Columns.appended(asked, estimator.getOutputCol(), Columns.answers(ids));
  }

  /** Refuses to search for hours and then not to write, or to write over what is being read. */
  private void checkOut(SparkSession spark) {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    try {
      Path path = qualified(out, configuration);
      for (String read : List.of(items, queries)) {
        if (overlap(path, qualified(read, configuration))) {
          throw new InputException("--out: " + out + " overlaps " + read + ", which is read");
        }
      }
      FileSystem files = path.getFileSystem(configuration);
      if (files.exists(path)) {
        if (!overwrite) {
          throw new InputException("--out: " + out + " exists; --overwrite replaces it");
        }
        return;
      }
      if (!files.mkdirs(path)) {
        throw new InputException("--out: " + out + " cannot be made");
      }
      files.delete(path, false);
    } catch (IOException e) {
      throw new InputException("--out: " + e.getMessage());
    }
  }

  private static Path qualified(String path, Configuration configuration) throws IOException {
    Path named = new Path(path);
    return named.getFileSystem(configuration).makeQualified(named);
  }

  /** Whether one of two paths is the other or lies in it. */
  private static boolean overlap(Path one, Path other) {
    String a = one + "/";
    String b = other + "/";
    return a.startsWith(b) || b.startsWith(a);
  }
}
