package dev.slate.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.CatalogBuilder;
import dev.slate.kernel.Index;
import dev.slate.kernel.LiveIndex;
import dev.slate.kernel.Opening;
import dev.slate.kernel.Strategy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients see, the friendly and the hostile ones. */
class ServiceTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String READ_ONLY =
      "{\"error\":\"the items were read from a file: only a live index takes writes\"}";

  @TempDir private Path directory;

  private final HttpClient client = HttpClient.newHttpClient();
  private Service service;

  @BeforeEach
  void start() throws IOException {
    service = live();
    for (int id = 0; id < 5; id++) {
      assertEquals("204 ", put(id, "{\"vector\": [" + id + ", 1]}"));
    }
  }

  private Service live() throws IOException {
    Meters meters = new Meters();
    LiveIndex index = LiveIndex.builder(2).listener(meters.listener()).open(directory);
    return new Service(index, meters, "127.0.0.1", 0);
  }

  private static Service fixed(Index index, List<String> names) {
    return new Service(index, names, new Meters(), "127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void finds() throws IOException {
    assertFinds();
  }

  private void assertFinds() throws IOException {
    assertEquals(
        "200 {\"items\":[{\"id\":2,\"score\":0.0},{\"id\":1,\"score\":1.0}],\"complete\":true}",
        post("/search", "{\"vector\": [2, 1], \"k\": 2}"));
    assertEquals(
        "200 {\"items\":[{\"id\":3,\"score\":1.0}],\"complete\":true}",
        post("/search", "{\"id\": 2, \"k\": 1, \"deny\": [2, 1, 99]}"));
    assertEquals(
        "200 {\"items\":[{\"id\":0,\"score\":4.0}],\"complete\":true}",
        post("/search", "{\"id\": 2, \"allow\": [0, 99, 0]}"));
  }

  @Test
  void whatWasAcknowledgedIsThereAfterARestart() throws IOException {
    assertEquals("204 ", send("DELETE", "/items/4", ""));
    assertEquals("200 {\"id\":3,\"vector\":[3.0,1.0]}", send("GET", "/items/3", ""));
    service.close();
    start();
    assertEquals(
        "200 {\"applied\":3}",
        post(
            "/items",
            "{\"id\":7,\"vector\":[9,9]}\n\n{\"delete\":1}\n{\"id\":8,\"vector\":[8,8]}"));
    assertEquals("404 {\"error\":\"there is no item 1\"}", send("GET", "/items/1", ""));
    assertEquals("200 {\"id\":8,\"vector\":[8.0,8.0]}", send("GET", "/items/8", ""));
  }

  @Test
  void returnsAtMostSomeItemsOfAGroup() throws IOException {
    assertEquals("204 ", put(1, "{\"vector\": [1, 1], \"group\": 7}"));
    assertEquals("204 ", put(2, "{\"vector\": [2, 1], \"group\": 7}"));
    assertEquals("200 {\"applied\":1}", post("/items", "{\"id\":3,\"vector\":[3,1],\"group\":-7}"));
    assertGrouped();
    service.close();
    service = live();
    assertGrouped();
    assertEquals("204 ", put(2, "{\"vector\": [2, 1]}"));
    assertEquals("200 {\"id\":2,\"vector\":[2.0,1.0]}", send("GET", "/items/2", ""));
    assertFinds();
  }

  private void assertGrouped() throws IOException {
    assertEquals("200 {\"id\":1,\"vector\":[1.0,1.0],\"group\":7}", send("GET", "/items/1", ""));
    assertEquals("200 {\"id\":3,\"vector\":[3.0,1.0],\"group\":-7}", send("GET", "/items/3", ""));
    assertEquals(
        "200 {\"items\":[{\"id\":2,\"score\":0.0},{\"id\":3,\"score\":1.0},{\"id\":0,\"score\":4.0}],"
            + "\"complete\":true}",
        post("/search", "{\"id\": 2, \"k\": 3, \"atMost\": 1}"));
    assertEquals(
        "200 {\"items\":[{\"id\":2,\"score\":0.0},{\"id\":1,\"score\":1.0}],\"complete\":true}",
        post("/search", "{\"id\": 2, \"k\": 2, \"atMost\": 2}"));
  }

  @Test
  void saysHowItIs() throws IOException {
    assertEquals("503 {\"status\":\"warming\"}", send("GET", "/health", ""));
    service.warmUp();
    assertEquals("200 {\"status\":\"ready\"}", send("GET", "/health", ""));
    assertEquals("200 ", send("HEAD", "/health", ""));
    assertEquals("400", post("/search", "{}").substring(0, 3));
    post("/search", "{\"id\": 1}");
    String metrics = send("GET", "/metrics", "");
    for (String line :
        List.of(
            "slate_items 5.0",
            "slate_writes_total 5.0",
            "slate_parts 1.0",
            "slate_requests_refused_total 1.0",
            "slate_search_seconds_count 1",
            "slate_search_seconds_bucket{le=\"+Inf\"} 1",
            "slate_recovery_seconds_count 1")) {
      assertTrue(metrics.contains("\n" + line + "\n"), line + " in " + metrics);
    }
    assertTrue(send("GET", "/openapi.yaml", "").startsWith("200 openapi: 3.1.0\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"vector\": [1]}; query has 1 attributes, but the index has d = 2",
        "{\"vector\": [1, 2, 3]}; vector: has more than 2 numbers",
        "{\"vector\": [1, 1e39]}; vector: does not fit a float, column 1",
        "{\"vector\": [1, \"a\"]}; vector: is not a number, column 1",
        "{\"vector\": 1}; vector: is not an array",
        "{\"vector\": [1, 2], \"id\": 1}; either vector or id is expected",
        "{}; either vector or id is expected",
        "[]; a JSON object is expected",
        "{\"id\": 1, \"k\": 2147483647}; k: must be from 1 to 10000",
        "{\"id\": 1, \"k\": 0}; k: must be from 1 to 10000",
        "{\"id\": 1, \"atMost\": 0}; atMost: must be from 1 to 10000",
        "{\"id\": 1, \"atMost\": [1]}; atMost: is not a whole number",
        "{\"id\": 1, \"deadlineMillis\": 0}; deadlineMillis: must be from 1 to 60000",
        "{\"id\": 1, \"n\": 0}; n: is not a field of a search",
        "{\"id\": 1.5}; id: is not a whole number",
        "{\"id\": 1} {}; something follows the JSON object",
        "{\"id\": 1; JSON: Unexpected end-of-input: expected close marker for Object",
        "{\"vector\": [1, NaN]}; JSON: Non-standard token 'NaN'",
      })
  void refusesWithAReason(String body, String reason) throws IOException {
    assertEquals("400 {\"error\":\"" + reason + "\"}", post("/search", body));
  }

  @Test
  void refusesWhatIsNoJson() throws IOException {
    String deep = "{\"vector\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    for (String body :
        List.of(
            "",
            "{",
            "{\"vector\": [NaN, 1]}",
            "{\"id\": 1e999999999}",
            deep,
            "\0\1\2",
            "{\"id\":1,\"id\":2}")) {
      String answer = post("/search", body);
      assertTrue(
          answer.startsWith("400 {\"error\":"), () -> "for " + shortened(body) + ": " + answer);
    }
    assertEquals(
        "413 {\"error\":\"the body is longer than 1048576 bytes\"}",
        post("/search", " ".repeat(2_000_000)));
    assertTrue(put(1, "{\"vector\": [1, 2], \"bias\": 1}").startsWith("400"));
    for (String group : List.of("-2147483648", "2147483648", "9e99", "1.0", "\"a\"")) {
      assertTrue(
          put(1, "{\"vector\": [1, 2], \"group\": " + group + "}")
              .startsWith("400 {\"error\":\"group: "),
          group);
    }
    String one = "{\"id\":7,\"vector\":[9,9]}\n";
    for (String[] line :
        new String[][] {
          {"{\"id\":7}", "vector: missing"},
          {"{\"vector\":[9,9]}", "either id and vector or delete are expected"},
          {
            "{\"id\":7,\"vector\":[9,9],\"delete\":8}",
            "either id and vector or delete are expected"
          },
          {"{\"delete\":7,\"vector\":[9,9]}", "either id and vector or delete are expected"}
        }) {
      assertEquals("400 {\"error\":\"line 2: " + line[1] + "\"}", post("/items", one + line[0]));
    }
    assertEquals(
        "400 {\"error\":\"line 1: vector: missing\"}", post("/items", "{\"id\":7}\n" + one));
    assertEquals("400 {\"error\":\"vector: missing\"}", put(7, "{\"bias\":0}"));
    assertEquals(
        "400 {\"error\":\"id: stands in the path already\"}",
        put(7, "{\"id\":7,\"vector\":[9,9]}"));
    assertEquals(
        "400 {\"error\":\"delete: is for lines of a batch; DELETE /items/7 deletes\"}",
        put(7, "{\"delete\":7}"));
    assertTrue(post("/items", "x".repeat(3_000_000)).startsWith("413"));
    assertFinds();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/",
    "GET,/items",
    "GET,/items/..%2f..%2fetc",
    "GET,/../../etc/passwd",
    "DELETE,/items/x",
    "PUT,/search",
    "GET,/items/99999999999999999999",
    "TRACE,/search",
    "GET,/%00"
  })
  void refusesOtherPaths(String method, String path) throws IOException {
    int status = raw(method + " " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    assertTrue(status >= 400 && status < 500, method + " " + path + ": " + status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET; /search; POST",
        "PUT; /search; POST",
        "HEAD; /search; POST",
        "GET; /items; POST",
        "POST; /items/1; DELETE, GET, HEAD, PUT",
        "PATCH; /items/x; DELETE, GET, HEAD, PUT",
        "POST; /health; GET, HEAD",
        "DELETE; /metrics; GET, HEAD",
        "OPTIONS; /openapi.yaml; GET, HEAD",
      })
  void namesTheMethodsOfAPath(String method, String path, String allowed) throws Exception {
    HttpResponse<String> response = exchange(method, path, "");
    assertEquals(405, response.statusCode());
    assertEquals(List.of(allowed), response.headers().allValues("Allow"));
    String reason = "{\"error\":\"" + path + " takes " + allowed + ", not " + method + "\"}";
    assertEquals(method.equals("HEAD") ? "" : reason, response.body());
    assertCounted("slate_requests_refused_total", 1);
  }

  @ParameterizedTest
  @CsvSource({"/items/1,200", "/items/9,404", "/health,503", "/metrics,200", "/openapi.yaml,200"})
  void headHasTheHeadersOfGet(String path, int status) throws IOException {
    HttpResponse<String> get = exchange("GET", path, "");
    HttpResponse<String> head = exchange("HEAD", path, "");
    assertEquals(status, get.statusCode());
    assertEquals(status, head.statusCode());
    assertEquals("", head.body());
    assertEquals(get.headers().allValues("Content-Type"), head.headers().allValues("Content-Type"));
    assertFinds();
  }

  @ParameterizedTest
  @CsvSource({"POST,/search,gzip", "PUT,/items/1,br", "POST,/items,GZIP", "POST,/items,'gzip, br'"})
  void saysThatBodiesAreNotCompressed(String method, String path, String coding) throws Exception {
    try (Socket socket = connect(service)) {
      String body = "{\"id\": 7, \"vector\": [1, 1]}";
      write(
          socket,
          (method + " " + path + " HTTP/1.1;Host: a;Content-Encoding: " + coding)
                  .replace(";", "\r\n")
              + ("\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body));
      String answer = untilTheEnd(socket);
      assertEquals("HTTP/1.1 415", status(answer));
      assertTrue(answer.contains("\r\nAccept-Encoding: identity\r\n"), answer);
      String reason = "send the body without Content-Encoding";
      assertTrue(answer.endsWith("\r\n\r\n{\"error\":\"" + reason + "\"}"), answer);
    }
    assertCounted("slate_requests_refused_total", 1);
    assertFinds();
  }

  /**
   * Those that read to the end of an answer would else wait until the idle connection is closed.
   */
  @Test
  void closesTheConnectionForClientsThatAskForIt() throws Exception {
    assertLogsNothing(
        () -> {
          for (String request : List.of("GET /items/1", "GET /items/9", "POST /search")) {
            try (Socket socket = connect(service)) {
              write(socket, request + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
              assertTrue(untilTheEnd(socket).endsWith("}"));
            }
          }
        });
    assertFinds();
  }

  /** Also a body in chunks, and a request without a body: some clients always send the header. */
  @Test
  void identityIsNoCompression() throws Exception {
    for (String rest :
        List.of("Content-Length: 2;;{}", "Transfer-Encoding: chunked;;2;{};0;;", ";")) {
      for (String request : List.of("POST /search", "GET /items/1")) {
        try (Socket socket = connect(service)) {
          String head = " HTTP/1.1;Host: a;Connection: close;Content-Encoding: identity;";
          write(socket, (request + head + rest).replace(";", "\r\n"));
          String answer = untilTheEnd(socket);
          String expected = request.startsWith("GET") ? "HTTP/1.1 200" : "HTTP/1.1 400";
          assertEquals(expected, status(answer), answer);
        }
      }
    }
    assertFinds();
  }

  /** Connections that say nothing, or little, leave the others and the log alone. */
  @Test
  void slowClientsDoNotHoldUpOthers() throws Exception {
    assertLogsNothing(
        () -> {
          holdConnections(500);
          assertFinds();
          service.close();
        });
    start();
  }

  private void holdConnections(int count) throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        Socket socket = connect(service);
        slow.add(socket);
        if (i % 2 == 0) {
          write(socket, "POST /search HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{");
        }
      }
      assertFinds();
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  /** The server warns of nothing meanwhile. */
  private static void assertLogsNothing(Work work) throws Exception {
    List<LogRecord> logged = Collections.synchronizedList(new ArrayList<>());
    Handler handler = new Remembering(logged);
    Logger helidon = Logger.getLogger("io.helidon");
    helidon.addHandler(handler);
    try {
      work.run();
    } finally {
      helidon.removeHandler(handler);
    }
    assertEquals(List.of(), logged.stream().map(LogRecord::getMessage).distinct().toList());
  }

  /** A byte now and then does not hold a connection for good, whatever was answered. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST /search HTTP/1.1;Host: a;Content-Length: 9999;;{ | HTTP/1.1 408",
        "DELETE /items/x HTTP/1.1;Host: a;Content-Length: 9999;;{ | HTTP/1.1 400",
        "POST /items HTTP/1.1;Host: a;Content-Length: 9999;;{};[ | HTTP/1.1 400",
        "POST /items HTTP/1.1;Host: a;Content-Length: 9999;;{ | HTTP/1.1 408",
        "POST /items HTTP/1.1;Host: a;Content-Length: 9999;;; | HTTP/1.1 408",
        "GET /items/7 HTTP/1.1;Host: a;Content-Length: 9999;;{ | HTTP/1.1 404",
        "GET /health HTTP/1.1;Host: a;Content-Length: 9999;;{ | HTTP/1.1 503",
        "GET /nothing HTTP/1.1;Host: a;Content-Length: 9999;;{ | HTTP/1.1 404",
        "GET /health HTTP/1.1;Host: a;X: | ''",
      })
  void aClientThatDribblesIsCutOff(String request, String status) throws Exception {
    LiveIndex other = LiveIndex.builder(2).build();
    try (Service impatient = impatient(other);
        Socket socket = connect(impatient)) {
      write(socket, request.replace(";", "\r\n"));
      Thread dribbling = Thread.startVirtualThread(() -> dribble(socket));
      assertEquals(status, status(untilTheEnd(socket)));
      dribbling.interrupt();
      dribbling.join();
    }
  }

  /** Nor does none at all; a connection that waits between two requests stays. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST /search HTTP/1.1;Host: a;Content-Length: 9999;;{ | ''",
        "POST /search HTTP/1.1;Host: a;Content-Length: 9999;; | ''",
        "PUT /items/7 HTTP/1.1;Host: a;Content-Length: 9999;;{ | ''",
        "POST /items HTTP/1.1;Host: a;Content-Length: 9999;;{ | ''",
        "GET /nothing HTTP/1.1;Host: a;Content-Length: 9999;;{ | HTTP/1.1 404",
        "GET /health HTTP/1.1;Host: a;X: | ''",
      })
  void aClientThatFallsSilentIsCutOff(String request, String status) throws Exception {
    LiveIndex other = LiveIndex.builder(2).build();
    try (Service impatient = impatient(other);
        Socket waiting = connect(impatient);
        Socket socket = connect(impatient)) {
      assertTrue(health(waiting).startsWith("HTTP/1.1 503"));
      write(socket, request.replace(";", "\r\n"));
      assertEquals(status, status(untilTheEnd(socket)));
      assertTrue(health(waiting).startsWith("HTTP/1.1 503"));
    }
  }

  /** A request whose answer is read, but not the end of its connection. */
  private static String health(Socket socket) throws IOException {
    write(socket, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
    byte[] answer = new byte[1_000];
    socket.setSoTimeout(5_000);
    int size = Math.max(0, socket.getInputStream().read(answer));
    return new String(answer, 0, size, StandardCharsets.US_ASCII);
  }

  private static void dribble(Socket socket) {
    try {
      while (true) {
        write(socket, " ");
        Thread.sleep(10);
      }
    } catch (IOException | InterruptedException e) {
      // the connection has ended
    }
  }

  /** What is sent until the connection ends; fails if nothing comes for a while. */
  private static String untilTheEnd(Socket socket) throws IOException {
    socket.setSoTimeout(5_000);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        answer.write(next);
      }
    } catch (SocketException e) {
      // reset, as bytes were under way
    }
    return answer.toString(StandardCharsets.US_ASCII);
  }

  @Test
  void aRequestThatHasBegunEndsBeforeTheServiceDoes() throws Exception {
    String lines = "{\"id\":7,\"vector\":[9,9]}\n{\"id\":8,\"vector\":[9,9]}\n";
    try (Socket socket = connect(service)) {
      write(
          socket,
          "POST /items HTTP/1.1\r\nHost: a\r\nContent-Length: "
              + lines.length()
              + "\r\n\r\n"
              + lines.substring(0, 30));
      Thread.sleep(200);
      Thread closing = Thread.startVirtualThread(service::close);
      Thread.sleep(1_000);
      write(socket, lines.substring(30));
      String answer = untilTheEnd(socket);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertTrue(answer.endsWith("{\"applied\":2}"), answer);
      closing.join();
    }
    start();
    assertEquals("200 {\"id\":8,\"vector\":[9.0,9.0]}", send("GET", "/items/8", ""));
  }

  /** What has not begun is not waited for: a client that says nothing, or half a header. */
  @Test
  @Timeout(9)
  void connectionsWithoutARequestDoNotDelayTheEnd() throws Exception {
    try (Socket silent = connect(service);
        Socket half = connect(service)) {
      write(half, "POST /search HTTP/1.1\r\nHos");
      assertFinds(); // leaves a connection behind, kept for another request
      Thread.sleep(100);
      service.close();
      assertEquals("", untilTheEnd(silent));
      assertEquals("", untilTheEnd(half));
    }
  }

  /** A client that is gone is counted, and nothing else. */
  @Test
  void aClientThatLeavesIsCounted() throws Exception {
    assertLogsNothing(
        () -> {
          int count = 0;
          for (boolean reset : new boolean[] {false, true}) {
            for (String begun :
                List.of(
                    "POST /search HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{",
                    "POST /items HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")) {
              leave(begun, reset);
              assertCounted("slate_requests_refused_total", ++count);
            }
          }
          leave("POST /search HTTP/1.1\r\nHos", false);
          assertCounted("slate_requests_refused_total", ++count);
          assertCounted("slate_requests_failed_total", 0);
        });
  }

  private void leave(String begun, boolean reset) throws Exception {
    try (Socket socket = connect(service)) {
      write(socket, begun);
      Thread.sleep(100);
      if (reset) {
        socket.setSoLinger(true, 0);
      }
    }
  }

  private void assertCounted(String meter, int times) throws Exception {
    String line = "\n" + meter + " " + times + ".0\n";
    String metrics = send("GET", "/metrics", "");
    for (int i = 0; i < 100 && !metrics.contains(line); i++) {
      Thread.sleep(50);
      metrics = send("GET", "/metrics", "");
    }
    assertTrue(metrics.contains(line), line + metrics);
  }

  /** What no handler sees is answered in JSON too, and counted. */
  @Test
  void theServersOwnRefusalsAreCountedAndInJson() throws Exception {
    assertEquals(
        "404 {\"error\":\"there is no such request: see /openapi.yaml\"}", send("GET", "/", ""));
    String[][] requests = {
      {"nonsense\r\n\r\n", "400"},
      {"GET /health HTTP/1.1\r\nHost: a:b\r\n\r\n", "400"},
      {"POST /items HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999999\r\n\r\n", "413"},
      {"POST /search HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "400"},
      {"GET /health HTTP/1.0\r\nHost: a\r\n\r\n", "505"},
    };
    for (String[] request : requests) {
      try (Socket socket = connect(service)) {
        write(socket, request[0]);
        socket.shutdownOutput();
        String answer = untilTheEnd(socket);
        assertTrue(answer.startsWith("HTTP/1.1 " + request[1]), answer);
        assertTrue(answer.contains("\r\n\r\n{\"error\":\""), answer);
      }
    }
    assertCounted("slate_requests_refused_total", 1 + requests.length);
    assertCounted("slate_requests_failed_total", 0);
  }

  @Test
  void aFailureOfTheServiceItselfIsCountedAndInJson() throws Exception {
    service.close();
    ServedItems broken =
        (ServedItems)
            Proxy.newProxyInstance(
                ServedItems.class.getClassLoader(),
                new Class<?>[] {ServedItems.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("close")) {
                    return null;
                  }
                  throw new IllegalArgumentException("a test");
                });
    service = new Service(broken, null, new Meters(), "127.0.0.1", 0, LONG);
    assertEquals(
        "500 {\"error\":\"the service failed: its log says why\"}",
        post("/search", "{\"vector\": [1, 2]}"));
    assertCounted("slate_requests_failed_total", 1);
  }

  /** Lines before a bad one are applied, whatever is bad about it. */
  @Test
  void aBadLineIsNamed() throws IOException {
    String good = "{\"id\":7,\"vector\":[9,9]}\n";
    String tooLong = " ".repeat(1 << 21);
    for (String[] bad :
        new String[][] {
          {
            "{\"id\":8,\"vector\":[9,9],\"bias\":1}",
            "400 {\"error\":\"line 2: bias: items have one only where the metric is DOT\"}"
          },
          {"{\"id\":8}", "400 {\"error\":\"line 2: vector: missing\"}"},
          {tooLong, "413 {\"error\":\"line 2: is longer than 1048576 bytes\"}"}
        }) {
      assertEquals(bad[1], post("/items", good + bad[0] + "\n{\"id\":9,\"vector\":[9,9]}"));
      assertEquals("200 {\"id\":7,\"vector\":[9.0,9.0]}", send("GET", "/items/7", ""));
      assertTrue(send("GET", "/items/9", "").startsWith("404"));
      assertEquals("204 ", send("DELETE", "/items/7", ""));
    }
    assertEquals(
        "400 {\"error\":\"bias: items have one only where the metric is DOT\"}",
        put(7, "{\"vector\":[9,9],\"bias\":1}"));
  }

  @Test
  void blankLinesOfABatchAreSkipped() throws IOException {
    String line = "{\"id\":7,\"vector\":[9,9]}\r\n";
    assertEquals(
        "200 {\"applied\":2}", post("/items", "\r\n" + line + "\r\n \t\n" + line + "\r\n"));
  }

  /** A batch of wide rows is applied in parts that memory has room for. */
  @Test
  void aBatchIsBoundedByItsBytes() throws IOException {
    service.close();
    int d = 1 << 16;
    LiveIndex wide = LiveIndex.builder(d).build();
    service = new Service(new LiveItems(wide), wide, new Meters(), "127.0.0.1", 0, LONG);
    String line = "{\"id\":1,\"vector\":[" + "0,".repeat(d - 1) + "0]}\n";
    assertEquals("200 {\"applied\":65}", post("/items", line.repeat(65)));
    assertEquals(2, wide.version());
  }

  /** JSON has no infinity. */
  @Test
  void aScoreThatOverflowsIsNull() throws IOException {
    assertEquals("204 ", put(7, "{\"vector\": [3e38, 3e38]}"));
    assertEquals(
        "200 {\"items\":[{\"id\":7,\"score\":null}],\"complete\":true}",
        post("/search", "{\"vector\": [-3e38, 0], \"allow\": [7]}"));
  }

  /** Keeps what is logged as a warning or worse. */
  private static final class Remembering extends Handler {
    private final List<LogRecord> records;

    Remembering(List<LogRecord> records) {
      this.records = records;
      setLevel(Level.WARNING);
    }

    @Override
    public void publish(LogRecord one) {
      if (isLoggable(one)) {
        records.add(one);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void aFileIsReadOnly() throws IOException {
    service.close();
    service = fixed(Index.builder(Catalog.of(new float[] {1, 1, 2, 2}, 2)).build(), List.of());
    assertEquals(
        "400 {\"error\":\"atMost: the items were read from a file: only those of a live index have"
            + " groups\"}",
        post("/search", "{\"vector\": [1, 2], \"atMost\": 2}"));
    for (String[] write : new String[][] {{"PUT", "/items/1"}, {"DELETE", "/items/1"}}) {
      HttpResponse<String> refused = exchange(write[0], write[1], "{\"vector\": [1, 2]}");
      assertEquals(405, refused.statusCode());
      assertEquals(List.of("GET, HEAD"), refused.headers().allValues("Allow"));
      assertEquals(READ_ONLY, refused.body());
    }
    HttpResponse<String> batch = exchange("POST", "/items", "{\"delete\": 1}");
    assertEquals(405, batch.statusCode());
    assertEquals(List.of(""), batch.headers().allValues("Allow"));
    assertEquals(READ_ONLY, batch.body());
    assertEquals("503 {\"status\":\"warming\"}", send("GET", "/health", ""));
    assertEquals("200 {\"id\":1,\"vector\":[2.0,2.0]}", send("GET", "/items/1", ""));
    assertTrue(send("GET", "/items/2", "").startsWith("404"));
    assertEquals(
        "200 {\"items\":[{\"id\":1,\"score\":0.0}],\"complete\":true}",
        post("/search", "{\"id\": 1, \"k\": 1}"));
    assertTrue(post("/search", "{\"id\": 2}").startsWith("404"));
    assertTrue(send("GET", "/metrics", "").contains("\nslate_items 2.0\n"));
  }

  @Test
  void namesGoWithTheItemsOfAFile() throws IOException {
    service.close();
    CatalogBuilder items = Catalog.builder(2).add(70, new float[] {1, 1});
    Index index = Index.builder(items.add(7, new float[] {2, 2}).build()).build();
    service = fixed(index, List.of("first", "\"second\""));
    assertEquals(
        "200 {\"items\":[{\"id\":7,\"name\":\"\\\"second\\\"\",\"score\":0.0}],"
            + "\"complete\":true}",
        post("/search", "{\"vector\": [2, 2], \"k\": 1}"));
    assertEquals(
        "200 {\"id\":70,\"name\":\"first\",\"vector\":[1.0,1.0]}", send("GET", "/items/70", ""));
  }

  /** Of an index that is read on demand: no wrong answer, no stop. */
  @Test
  void aDamagedFileIsSaidToThoseWhoNeedIt() throws IOException {
    service.close();
    Path file = directory.resolve("x.slate");
    float[] rows = new float[400_000];
    Random r = new Random(1);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = r.nextFloat();
    }
    Index.builder(Catalog.of(rows, 2)).strategy(Strategy.TREE).build().save(file);
    String near = "{\"vector\": [0.1, 0.1], \"k\": 1}";
    Index opened = Index.open(file, Opening.ON_DEMAND);
    service = fixed(opened, List.of());
    String answer = post("/search", near);
    assertTrue(answer.startsWith("200 "), answer);
    Files.write(file, new byte[Math.toIntExact(Files.size(file))]);
    String refused = post("/search", "{\"vector\": [0.9, 0.9], \"k\": 1}");
    assertTrue(refused.startsWith("503 {\"error\":\"" + file + ": is damaged"), refused);
    assertEquals(answer, post("/search", near));
    assertTrue(send("GET", "/metrics", "").contains("\nslate_requests_failed_total 1.0\n"));
  }

  private static String shortened(String body) {
    return body.substring(0, Math.min(40, body.length()));
  }

  private String put(long id, String body) throws IOException {
    return send("PUT", "/items/" + id, body);
  }

  private String post(String path, String body) throws IOException {
    return send("POST", path, body);
  }

  private String send(String method, String path, String body) throws IOException {
    HttpResponse<String> response = exchange(method, path, body);
    return response.statusCode() + " " + response.body();
  }

  private HttpResponse<String> exchange(String method, String path, String body)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** The status of an answer to a request that no client library would send. */
  private int raw(String request) throws IOException {
    try (Socket socket = connect(service)) {
      write(socket, request);
      InputStream in = socket.getInputStream();
      String line = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      return Integer.parseInt(line.substring(9, 12));
    }
  }

  /** A service that waits 200 ms for a client. */
  private static Service impatient(LiveIndex index) {
    return new Service(
        new LiveItems(index), index, new Meters(), "127.0.0.1", 0, Duration.ofMillis(200));
  }

  /** The version and the status of an answer; empty where there is none. */
  private static String status(String answer) {
    return answer.substring(0, Math.min(12, answer.length()));
  }

  private static Socket connect(Service to) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), to.port());
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
