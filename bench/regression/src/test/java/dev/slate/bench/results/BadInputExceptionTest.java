package dev.slate.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class BadInputExceptionTest {
  @Test
  void saysWhyAFileCannotBeWritten() {
    assertProblem("its directory does not exist", new NoSuchFileException("no/x"));
    assertProblem("permission denied", new AccessDeniedException("x"));
    assertProblem("cannot be written: no space left", new IOException("no space left"));
  }

  private static void assertProblem(String problem, IOException cause) {
    BadInputException found = BadInputException.notWritten("x", cause);
    assertEquals("x: " + problem, found.getMessage());
    assertSame(cause, found.getCause());
  }
}
