package dev.slate.bench.results;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads what {@code -rf json} writes, in JMH 1.37 and in the older releases that are still in use.
 *
 * <p>An array of runs, one for each benchmark, mode and set of parameters:
 *
 * <pre>
 * benchmark, mode, threads      the name of the method, its short mode
 * params                        absent where there are none
 * jvm, jvmArgs, jdkVersion ...  absent in old releases
 * primaryMetric
 *   score, scoreUnit            numbers, or the strings "NaN", "+INF", "-INF"
 *   rawData                     [fork][iteration] score
 *   rawDataHistogram            [fork][iteration][value, count], of sampled benchmarks: an
 *                               iteration's score is the median of its operations
 * secondaryMetrics              by name; "·gc.alloc.rate.norm" before 1.37
 * </pre>
 *
 * <p>Old releases break a line after each comma, in the middle of a string too, and write in the
 * platform's charset: both are read. A run without raw data counts as one fork.
 */
public final class JmhReader {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build()
          .reader();

  /**
   * What JMH 1.37 allocates in an iteration, in each thread, with the profiler gc: a single shot of
   * nothing shows 6,700 to 6,800 bytes; rounded up. Single shots themselves get no allowance, since
   * their iterations have no length.
   */
  private static final double HARNESS_BYTES = 8 << 10;

  private static final Pattern TEXT_OUTPUT =
      Pattern.compile("# (JMH|VM) version|Benchmark\\s+(\\(.*\\)\\s+)*Mode\\s");
  private static final Pattern BYTE_ORDER_MARKS = Pattern.compile("^\uFEFF+");
  private static final Pattern LAST_TOKEN = Pattern.compile("[\\w.]*\\s*");

  private JmhReader() {}

  /**
   * Reads one file.
   *
   * @param file of JMH, or {@code -} for standard input
   * @return its rows
   * @throws BadInputException if the file cannot be read, is empty, cut off, or not of JMH
   */
  public static Results read(String file) {
    try {
      return file.equals("-")
          ? parse("standard input", WholeFile.read("standard input", System.in))
          : parse(file, WholeFile.read(file));
    } catch (NoSuchFileException e) {
      throw new BadInputException(file, "no such file", e);
    } catch (AccessDeniedException e) {
      throw new BadInputException(file, "permission denied", e);
    } catch (IOException e) {
      throw new BadInputException(
          file, Files.isDirectory(Path.of(file)) ? "is a directory" : "cannot be read", e);
    }
  }

  /**
   * Reads the bytes of one file.
   *
   * @param source the file, for messages
   * @param bytes all of it
   * @return its rows
   * @throws BadInputException as {@link #read}
   */
  public static Results parse(String source, byte[] bytes) {
    return parse(source, runs(source, bytes));
  }

  /**
   * Reads the runs that {@link #runs} returned.
   *
   * @param source the file, for messages
   * @param runs an array
   * @return its rows
   * @throws BadInputException if a run is not of JMH
   */
  public static Results parse(String source, JsonNode runs) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      try {
        run(runs.get(i), series);
      } catch (BadInputException e) {
        throw new BadInputException(source, "not JMH's JSON: " + e.problem(), e).atRow(i);
      }
    }
    return Results.of(source, series);
  }

  /**
   * Reads the bytes of one file as they are.
   *
   * @param source the file, for messages
   * @param bytes all of it
   * @return an array of runs, at least one
   * @throws BadInputException if the file is empty, cut off, or not an array of anything
   */
  public static JsonNode runs(String source, byte[] bytes) {
    String text = BYTE_ORDER_MARKS.matcher(decode(bytes)).replaceFirst("");
    if (text.isBlank()) {
      throw new BadInputException(source, "empty file");
    }
    String form = otherForm(text);
    if (!form.isEmpty()) {
      throw new BadInputException(
          source, "is JMH's " + form + ", which has no forks; run JMH with -rf json -rff FILE");
    }
    JsonNode root = arrays(source, text);
    if (root.isEmpty()) {
      throw new BadInputException(source, "holds no results: JMH ran no benchmark");
    }
    return root;
  }

  /** JMH's other output, by how it begins. */
  private static String otherForm(String text) {
    String start = text.stripLeading();
    if (start.startsWith("\"Benchmark\",\"Mode\"") || start.startsWith("\"Benchmark\";\"Mode\"")) {
      return "CSV";
    }
    return TEXT_OUTPUT.matcher(start).lookingAt() ? "text output" : "";
  }

  /** PowerShell writes UTF-16 where it is redirected to. */
  private static String decode(byte[] bytes) {
    if (bytes.length >= 2) {
      int first = bytes[0] & 0xff;
      int second = bytes[1] & 0xff;
      if ((first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff)) {
        return new String(bytes, StandardCharsets.UTF_16);
      }
      if (first == 0 || second == 0) {
        return new String(
            bytes, first == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** The runs of an array, or of several that were written one after the other. */
  private static JsonNode arrays(String source, String text) {
    ArrayNode runs = JsonNodeFactory.instance.arrayNode();
    try (JsonParser parser = READER.createParser(text)) {
      for (JsonNode root = READER.readTree(parser);
          root != null && !root.isMissingNode();
          root = READER.readTree(parser)) {
        if (!root.isArray()) {
          throw new BadInputException(source, "not JMH's JSON: " + notAnArray(root));
        }
        root.forEach(runs::add);
      }
      return runs;
    } catch (JsonProcessingException e) {
      String problem =
          isCutOff(text, e) ? "cut off: the JSON ends before it is complete" : "not JSON";
      throw new BadInputException(source, problem, e).onLine(line(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names the field of an object that holds what JMH wrote, where one does. */
  private static String notAnArray(JsonNode root) {
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getValue().path(0).has("primaryMetric")) {
        return "its runs lie in the field \"%s\"; jq '.%s' FILE takes them out"
            .formatted(field.getKey(), field.getKey());
      }
    }
    return "an array of runs is expected (java -jar ... -rf json)";
  }

  /** Whether an array ends before it is closed: Jackson names a half-written token instead. */
  private static boolean isCutOff(String text, JsonProcessingException e) {
    long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getCharOffset());
    return e instanceof JsonEOFException
        || (text.stripLeading().startsWith("[")
            && LAST_TOKEN.matcher(text.substring((int) offset)).matches());
  }

  private static long line(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null ? 1 : location.getLineNr();
  }

  private static void run(JsonNode run, List<Series> series) {
    String benchmark = text(run, "benchmark");
    JsonNode primaryNode = run.get("primaryMetric");
    if (benchmark.isEmpty() || primaryNode == null || !primaryNode.isObject()) {
      String missing = benchmark.isEmpty() ? "benchmark" : "primaryMetric";
      throw new BadInputException("", "a run has no \"" + missing + "\"");
    }
    String mode = text(run, "mode");
    RowKey key =
        RowKey.run(benchmark, mode, run.path("threads").asInt(1), params(run.path("params")));
    Environment environment = environment(run);
    BenchmarkMetric primary = BenchmarkMetric.primary(mode, text(primaryNode, "scoreUnit"));
    List<double[]> score = forks(primaryNode);
    series.add(new Series(key.of(primary), primary, environment, score));
    List<Series> secondary = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : run.path("secondaryMetrics").properties()) {
      BenchmarkMetric metric =
          BenchmarkMetric.secondary(entry.getKey(), text(entry.getValue(), "scoreUnit"));
      double harness = metric.isAllocation() ? harness(run, key, primary) : 0;
      secondary.add(
          new Series(key.of(metric), metric, environment, forks(entry.getValue()), harness));
    }
    List<List<double[]>> similar =
        secondary.stream()
            .filter(other -> other.metric().mayBelongToAGroup(primary.unit()))
            .map(Series::forks)
            .toList();
    boolean group = GroupMethods.make(mode, score, similar);
    for (Series other : secondary) {
      boolean method = group && other.metric().mayBelongToAGroup(primary.unit());
      series.add(method ? other.better(primary.direction()) : other);
    }
  }

  /**
   * Bytes per operation that JMH itself may have allocated: its bytes per iteration, divided by the
   * operations of an iteration.
   */
  private static double harness(JsonNode run, RowKey key, BenchmarkMetric primary) {
    double time =
        Units.perOperation(number(run.path("primaryMetric").path("score")), primary.unit());
    double each = primary.unit().endsWith("/op") ? time : time * key.threads();
    double share = HARNESS_BYTES * each / Units.length(text(run, "measurementTime"));
    return Double.isFinite(share) ? share : 0;
  }

  private static Map<String, String> params(JsonNode node) {
    Map<String, String> params = new TreeMap<>();
    for (Map.Entry<String, JsonNode> param : node.properties()) {
      params.put(param.getKey(), unbroken(param.getValue().asText()));
    }
    return params;
  }

  private static Environment environment(JsonNode run) {
    List<String> jvmArgs = new ArrayList<>();
    run.path("jvmArgs").forEach(arg -> jvmArgs.add(unbroken(arg.asText())));
    return new Environment(
        text(run, "jmhVersion"),
        text(run, "jdkVersion"),
        text(run, "vmName"),
        text(run, "vmVersion"),
        jvmArgs,
        run.path("secondaryMetrics").path(Environment.VECTOR_BITS).path("score").asInt(0),
        run.path("measurementBatchSize").asInt(1));
  }

  private static List<double[]> forks(JsonNode metric) {
    JsonNode raw =
        metric.path("rawDataHistogram").isArray()
            ? metric.path("rawDataHistogram")
            : metric.path("rawData");
    List<double[]> forks = new ArrayList<>();
    for (JsonNode fork : raw) {
      double[] iterations = new double[fork.size()];
      int n = 0;
      for (JsonNode iteration : fork) {
        double score = iteration.isArray() ? new Histogram(iteration).median() : number(iteration);
        if (Double.isFinite(score)) {
          iterations[n++] = score;
        }
      }
      if (n > 0) {
        forks.add(Arrays.copyOf(iterations, n));
      }
    }
    double score = number(metric.path("score"));
    if (forks.isEmpty() && !hasCells(raw) && Double.isFinite(score)) {
      forks.add(new double[] {score});
    }
    return forks;
  }

  /** Whether JMH wrote iterations at all: those of a failed benchmark are NaN, not absent. */
  private static boolean hasCells(JsonNode raw) {
    for (JsonNode fork : raw) {
      if (!fork.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : Double.NaN;
  }

  private static String text(JsonNode node, String field) {
    return unbroken(node.path(field).asText(""));
  }

  private static String unbroken(String text) {
    return text.replaceAll("(?<=,)\\R\\s*", "").replaceAll("\\R", " ");
  }
}
