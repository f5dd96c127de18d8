package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file system of a few megabytes that runs full: an error, whole files from before, searches that
 * go on, and everything acknowledged there once there is room again.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  private static final int D = 3;

  /** Space that is given back at the end: more than the rest, which a snapshot needs at most. */
  private static final int BALLAST = 4 << 20;

  private static final String MOUNT = "mount -t tmpfs -o size=6m tmpfs \"$0\" && exec \"$@\"";

  @TempDir private Path disk;

  @Test
  void aFullDiskStopsWritesAndNothingElse() throws Exception {
    List<String> shell = List.of("unshare", "-rm", "sh", "-c", MOUNT, disk.toString());
    assumeTrue(works(shell), "a file system cannot be mounted here");
    Process process = TestProcess.start(FullDiskTest.class, shell, "256m", disk.toString());
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(
        """
        a save failed, and the file from before is whole
        a snapshot failed, and writes go on
        a write failed, and so does the next
        searches go on
        closed
        everything acknowledged is there, and it goes on
        """,
        said);
    assertEquals(0, process.exitValue());
  }

  private static boolean works(List<String> shell) throws InterruptedException {
    try {
      List<String> command = Stream.concat(shell.stream(), Stream.of("true")).toList();
      Process probe = new ProcessBuilder(command).redirectErrorStream(true).start();
      probe.getInputStream().readAllBytes();
      return probe.waitFor() == 0;
    } catch (IOException e) { // no unshare
      return false;
    }
  }

  /** The process whose disk it is. */
  public static void main(String[] args) throws IOException {
    Path disk = Path.of(args[0]);
    Path ballast = Files.write(disk.resolve("ballast"), new byte[BALLAST]);
    save(disk.resolve("x.slate"));
    long acknowledged = fill(disk.resolve("live"));
    Files.delete(ballast);
    try (LiveIndex live = LiveIndex.builder(D).open(disk.resolve("live"))) {
      require(live.version() >= acknowledged, live.version() + " of " + acknowledged);
      for (long id = 0; id < acknowledged; id++) {
        require(live.contains(id), "write " + id + " of " + acknowledged);
      }
      live.upsert(-1, 1, 2, 3);
      live.save();
    }
    say("everything acknowledged is there, and it goes on");
  }

  private static void save(Path file) throws IOException {
    Index.builder(Catalog.of(new float[] {1, 2, 3}, D)).build().save(file);
    Index large = Index.builder(Catalog.of(new float[1_500_000], D)).build();
    try {
      large.save(file);
      say("the disk is larger than it should be");
    } catch (IOException e) {
      require(Index.open(file).size() == 1, "another file");
      try (var parts = Files.newDirectoryStream(file.getParent(), ".*")) {
        require(!parts.iterator().hasNext(), "a part of a file is left");
      }
      say("a save failed, and the file from before is whole");
    }
  }

  private static long fill(Path directory) throws IOException {
    LiveIndex live = LiveIndex.builder(D).durability(Durability.PROCESS_DEATH).open(directory);
    long id = 0;
    boolean saved = true;
    while (saved) {
      for (int i = 0; i < 2_000; i++) {
        live.upsert(id, (float) id++, 1, 2);
      }
      try {
        live.save();
      } catch (IOException e) {
        saved = false;
      }
    }
    live.upsert(id, (float) id++, 1, 2);
    say("a snapshot failed, and writes go on");
    try {
      while (true) {
        live.upsert(id, (float) id, 1, 2);
        id++;
      }
    } catch (UncheckedIOException e) {
      try {
        live.upsert(id + 1, 1, 1, 1);
      } catch (UncheckedIOException next) {
        say("a write failed, and so does the next");
      }
    }
    Slate slate = new Slate(1);
    live.search(new float[] {7, 1, 2}, slate);
    say(slate.id(0) == 7 ? "searches go on" : slate.toString());
    live.close();
    say("closed");
    return id;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException(what);
    }
  }

  private static void say(String what) {
    System.out.println(what);
  }
}
