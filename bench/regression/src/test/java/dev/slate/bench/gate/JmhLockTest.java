package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhLockTest {
  @TempDir private Path folder;

  @Test
  @SuppressWarnings("try") // The lock is held, not used.
  void oneAtATimeAndTheFileStays() throws IOException {
    Path file = folder.resolve("jmh.lock");
    try (JmhLock first = JmhLock.take(file)) {
      assertRefused("locked by another run of JMH", file);
      assertRefused("locked by another run of JMH", file);
    }
    JmhLock.take(file).close();
    assertTrue(file.toFile().exists());
  }

  @Test
  void whereThereIsNoFileToBeHadIsSaid() {
    assertRefused("cannot be locked", folder.resolve("none/jmh.lock"));
  }

  private static void assertRefused(String reason, Path file) {
    BadInputException refused =
        assertThrows(BadInputException.class, () -> JmhLock.take(file).close());
    assertTrue(refused.getMessage().startsWith(file + ": " + reason), refused::getMessage);
  }
}
