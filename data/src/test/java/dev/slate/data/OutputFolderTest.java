package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir private Path directory;

  @Test
  void whatWasMadeAndIsEmptyGoes() {
    Path deep = directory.resolve("a/b/c");
    try (OutputFolder folder = OutputFolder.create(deep)) {
      assertEquals(deep, folder.path());
      assertTrue(Files.isDirectory(deep));
    }
    assertFalse(Files.exists(directory.resolve("a")));
    assertTrue(Files.exists(directory));
  }

  @Test
  void whatHoldsAFileStays() throws IOException {
    Path file = directory.resolve("a/b/file");
    try (OutputFolder folder = OutputFolder.create(directory.resolve("a/b"));
        OutputFolder other = OutputFolder.create(directory.resolve("a/b/empty"))) {
      Files.createFile(folder.path().resolve("file"));
      assertTrue(Files.exists(other.path()));
    }
    assertTrue(Files.exists(file));
    assertFalse(Files.exists(directory.resolve("a/b/empty")));
  }

  @Test
  void whatWasThereBeforeStaysThoughItIsEmpty() throws IOException {
    Path before = Files.createDirectory(directory.resolve("before"));
    OutputFolder.create(before).close();
    assertTrue(Files.exists(before));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    InputException failure = assertThrows(InputException.class, () -> OutputFolder.create(file));
    assertEquals(file + ": is not a directory", failure.getMessage());
    assertThrows(InputException.class, () -> OutputFolder.create(file.resolve("a/b")));
    assertTrue(Files.isRegularFile(file));
  }
}
