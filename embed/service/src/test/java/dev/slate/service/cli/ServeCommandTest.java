package dev.slate.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.InputException;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code slate serve} as a process: what it opens, what it refuses, and how it ends. */
class ServeCommandTest {
  private static final String READY = "slate: ready at ";

  @TempDir private Path directory;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();
  private String address = "";

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
  }

  /** The process. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new ServeCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(args));
  }

  private Process serve(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(ServeCommandTest.class.getName());
    command.addAll(List.of("--port", "0"));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    started.add(process);
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    assertTrue(line != null && line.startsWith(READY), line);
    address = line.substring(READY.length());
    return process;
  }

  private String send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  @Test
  void servesAnIndexFromAFile() throws Exception {
    Path file = directory.resolve("x.slate");
    Index.builder(Catalog.of(new float[] {1, 2, 3, 4, 5, 6}, 2))
        .metric(Metric.DOT)
        .build()
        .attach("slate.names", new byte[] {0, 0, 0, 1, 'a', 0, 0, 0, 0, 0, 0, 0, 1, 'c'})
        .save(file);
    serve("--items", file.toString(), "--opening", "on_demand");
    assertEquals("200 {\"status\":\"ready\"}", send("GET", "/health", ""));
    assertEquals(
        "200 {\"items\":[{\"id\":2,\"name\":\"c\",\"score\":11.0}],\"complete\":true}",
        send("POST", "/search", "{\"vector\": [1, 1], \"k\": 1}"));
  }

  @Test
  void servesChosenColumnsOfAText() throws Exception {
    Path file = directory.resolve("x.csv");
    Files.writeString(file, "name;x;y;z\nfirst;1,5;2;9\nsecond;2,5;3;9\n");
    serve("--items", file.toString(), "--columns", "x,y", "--id-column", "name");
    assertEquals(
        "200 {\"id\":1,\"name\":\"second\",\"vector\":[2.5,3.0]}", send("GET", "/items/1", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--items a.npy --live b | --items: goes without --live",
        "--live b | --dims: says how many attributes the items of --live have",
        "--items a.npy --dims 3 | --dims: goes with --live only",
        "--columns 0 | --columns: goes with --items only",
        "--live b --dims 2 --id-column 0 | --id-column: goes with --items only",
        "--items a.npy --opening load | --opening: goes with the .slate file of an index only",
        "--items a.slate --metric cosine | --metric: is fixed in a.slate, as dot; leave it out, or"
            + " make another file with slate build",
        "--items a.slate --columns 0 | --columns: is fixed in a.slate; leave it out, or make"
            + " another file with slate build",
        "--items b.slate | b.slate: no such file",
        "--live a.slate --dims 2 | --live: a.slate: is not a directory",
        "--items c.slate | c.slate: was built with --center: serve takes vectors as they are; build"
            + " it without",
        "--port 70000 | --port: must be from 0 to 65535",
      })
  void refusesWhatDoesNotGoTogether(String line, String reason) throws IOException {
    Index index = Index.builder(Catalog.of(new float[] {1, 2}, 2)).metric(Metric.DOT).build();
    index.save(directory.resolve("a.slate"));
    index.attach("slate.origin", new byte[16]).save(directory.resolve("c.slate"));
    refuses(line, reason);
  }

  private void refuses(String line, String reason) {
    ServeCommand command = new ServeCommand();
    String[] args =
        Arrays.stream(line.split(" ", -1))
            .map(a -> a.matches("[abc](\\.\\w+)?") ? directory.resolve(a).toString() : a)
            .toArray(String[]::new);
    new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
    InputException e = assertThrows(InputException.class, command::call);
    assertEquals(reason, String.valueOf(e.getMessage()).replace(directory + "/", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--items a.slate", "--live b --dims 2"})
  @Timeout(60)
  void refusesAPortThatIsTaken(String line) throws IOException {
    Index.builder(Catalog.of(new float[] {1, 2}, 2)).build().save(directory.resolve("a.slate"));
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String reason = "--port: cannot listen at 127.0.0.1:" + other.getLocalPort() + ": ";
      refuses(line + " --port " + other.getLocalPort(), reason + "Address already in use");
    }
    serve("--live", directory.resolve("b").toString(), "--dims", "2");
  }

  /**
   * Every write that was answered with 2xx is there, after a kill and after a SIGTERM under load.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisabledOnOs(OS.WINDOWS)
  void whatWasAcknowledgedIsThereAfterTheEnd(boolean kill) throws Exception {
    String[] args = {"--live", directory.resolve("live").toString(), "--dims", "2"};
    Process process = serve(args);
    AtomicLong next = new AtomicLong();
    List<Long> acknowledged = new ArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
      List<Future<List<Long>>> written = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        written.add(writers.submit((Callable<List<Long>>) () -> write(next)));
      }
      while (next.get() < 300) {
        Thread.sleep(5);
      }
      if (kill) {
        process.toHandle().destroyForcibly();
      } else {
        process.toHandle().destroy();
      }
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(128 + (kill ? 9 : 15), process.exitValue());
      for (Future<List<Long>> each : written) {
        acknowledged.addAll(each.get());
      }
    }
    assertTrue(acknowledged.size() > 100, acknowledged.size() + " writes");
    serve(args);
    for (long id : acknowledged) {
      assertEquals(
          "200 {\"id\":" + id + ",\"vector\":[" + id + ".0,1.0]}", send("GET", "/items/" + id, ""));
    }
  }

  /** Writes items until the service ends; returns those that were acknowledged. */
  private List<Long> write(AtomicLong next) throws Exception {
    List<Long> acknowledged = new ArrayList<>();
    while (true) {
      long id = next.getAndIncrement();
      try {
        String answer = send("PUT", "/items/" + id, "{\"vector\": [" + id + ", 1]}");
        if (answer.equals("204 ")) {
          acknowledged.add(id);
        } else {
          assertTrue(answer.startsWith("503 "), answer);
        }
      } catch (IOException e) { // it has ended
        return acknowledged;
      }
    }
  }
}
