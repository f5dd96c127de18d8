package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs every snippet of the embedding guide, and the examples in javadoc. */
class GuideTest {
  private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final String EXAMPLE = "{@snippet :";
  private static final int D = 3;

  @TempDir private Path root;

  @Test
  void everySnippetCompilesAndRuns() throws Exception {
    List<String> snippets = snippets(Path.of("README.md"));
    assertTrue(snippets.size() >= 5, snippets.size() + " snippets");
    run(snippets);
  }

  @Test
  void everyExampleInJavadocCompilesAndRuns() throws Exception {
    Map<String, List<String>> examples = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        List<String> own = examples(Files.readString(file));
        if (!own.isEmpty()) {
          examples.put(file.getFileName().toString().replace(".java", ""), own);
        }
      }
    }
    assertTrue(
        examples
            .keySet()
            .containsAll(
                Set.of(
                    "Catalog",
                    "CatalogBuilder",
                    "Index",
                    "IndexBuilder",
                    "IndexListener",
                    "ItemGroups",
                    "ItemSet",
                    "LiveBatch",
                    "LiveIndex",
                    "LiveIndexBuilder",
                    "Query",
                    "Searcher",
                    "Slate")),
        examples::toString);
    run(examples.values().stream().flatMap(List::stream).toList());
  }

  /** The text between the braces of each {@code @snippet}, which are balanced. */
  private static List<String> examples(String source) {
    List<String> examples = new ArrayList<>();
    int at = source.indexOf(EXAMPLE);
    while (at >= 0) {
      int from = at + EXAMPLE.length();
      int end = from;
      for (int open = 1; open > 0; end++) {
        char c = source.charAt(end);
        open += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
      examples.add(source.substring(from, end - 1).replaceAll("(?m)^ *\\* ?", ""));
      at = source.indexOf(EXAMPLE, end);
    }
    return examples;
  }

  private void run(List<String> snippets) throws Exception {
    float[] rows = Shape.UNIFORM.rows(new Random(1), 200, D);
    float[] query = {0.1f, 0.2f, 0.3f};
    long[] seen = {1, 2, 99};
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < snippets.size(); i++) {
        Path directory = root.resolve("live" + i);
        compiled(i, snippets.get(i))
            .getMethod(
                "run",
                float[].class,
                int.class,
                float[].class,
                long[].class,
                Path.class,
                ExecutorService.class)
            .invoke(null, rows, D, query, seen, directory, executor);
      }
    }
  }

  private static List<String> snippets(Path file) throws IOException {
    List<String> snippets = new ArrayList<>();
    Matcher matcher = SNIPPET.matcher(Files.readString(file));
    while (matcher.find()) {
      snippets.add(matcher.group(1));
    }
    return snippets;
  }

  private Class<?> compiled(int number, String snippet) throws Exception {
    String name = "Snippet" + number;
    Path source = root.resolve(name + ".java");
    Files.writeString(
        source,
        """
        import dev.slate.kernel.*;
        import java.nio.file.Path;
        import java.time.Duration;
        import java.util.concurrent.ExecutorService;

        public class %s {
          static Catalog items;
          static Index index;
          static Searcher searcher;
          static float[] row;

          public static void run(
              float[] rows, int d, float[] query, long[] seen, Path directory, ExecutorService executor)
              throws Exception {
            items = Catalog.of(rows, d);
            index = Index.builder(items).build();
            searcher = index.searcher();
            row = query.clone();
        %s
          }
        }
        """
            .formatted(name, snippet));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null)) {
      List<String> options =
          List.of("-d", root.toString(), "-cp", System.getProperty("java.class.path"));
      compiler
          .getTask(
              null,
              files,
              problems,
              options,
              null,
              files.getJavaFileObjects(new File[] {source.toFile()}))
          .call();
    }
    assertEquals(List.of(), problems.getDiagnostics(), snippet);
    URLClassLoader loader =
        new URLClassLoader(new URL[] {root.toUri().toURL()}, GuideTest.class.getClassLoader());
    return loader.loadClass(name);
  }
}
