package dev.slate.spark;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One session with two threads for all tests of a JVM. */
final class LocalSpark implements BeforeAllCallback {
  private static final ExtensionContext.Namespace SPARK =
      ExtensionContext.Namespace.create(LocalSpark.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getRoot().getStore(SPARK).getOrComputeIfAbsent("session", key -> new Session());
  }

  static SparkSession session() {
    return SparkSession.active();
  }

  @SuppressWarnings("deprecation")
  private static final class Session implements ExtensionContext.Store.CloseableResource {
    private final SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            // Frames of tests are small: planning them costs more than running them.
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.adaptive.enabled", "false")
            .getOrCreate();

    @Override
    public void close() {
      session.stop();
    }
  }
}
