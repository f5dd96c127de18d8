package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputExceptionTest {
  @Test
  void messageNamesOnlyKnownPositions() {
    InputException bare = new InputException("a.npy", "is empty");
    assertEquals("a.npy: is empty", bare.getMessage());
    assertEquals("a.npy: is empty, row 0", bare.atRow(0).getMessage());
    assertEquals("a.npy: is empty, line 1", bare.onLine(1).getMessage());
    assertEquals(
        "a.npy: is empty, row 3, column 0, line 5",
        bare.onLine(5).atColumn(0).atRow(3).getMessage());
    assertEquals(OptionalLong.empty(), bare.row());
    assertEquals(OptionalLong.of(0), bare.atColumn(0).column());
  }

  @Test
  void positionsKeepTheGuess() {
    InputException bare = new InputException("a.csv", "is no number");
    assertEquals(Optional.empty(), bare.atRow(0).guess());
    InputException guessed = bare.afterGuess(Notice.Topic.HEADER).atRow(0).atColumn(1).onLine(1);
    assertEquals(Optional.of(Notice.Topic.HEADER), guessed.guess());
    assertEquals("a.csv: is no number, row 0, column 1, line 1", guessed.getMessage());
  }

  @Test
  void positionsKeepTheCause() {
    IOException cause = new IOException("short read");
    assertSame(cause, new InputException("a.npy", "ends early", cause).atRow(7).getCause());
  }

  @Test
  void theSourceIsThatWhichWasNamed() {
    assertEquals("a.npy", new InputException("a.npy", "is empty").atRow(3).source());
    InputException unwritable =
        OutputFile.unwritable("b/c.npy", new NoSuchFileException("b/c.npy"));
    assertEquals("b/c.npy", unwritable.source());
    assertTrue(unwritable.getMessage().contains("its directory does not exist"));
  }

  @Test
  void recordsTellTheirParts() {
    Meme meme = new Meme("image_1.jpg", 1, 0.5f, -1, -1, 0.5f);
    assertEquals(0.5f, meme.overallSentiment());
    VectorGenerator generator = new VectorGenerator(Distribution.GAUSSIAN, 3, 7);
    assertEquals(Distribution.GAUSSIAN, generator.distribution());
  }

  @Test
  void anOutputAppearsWhenItIsComplete(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("out.bin");
    try (OutputFile output = OutputFile.create(file.toString())) {
      output.channel().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertFalse(Files.exists(file));
      output.commit();
    }
    assertEquals(3, Files.size(file));
  }
}
