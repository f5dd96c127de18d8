package dev.slate.bench.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.Distribution;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exact answers, and the names and vectors that they are kept with. */
class ExactAnswersTest {
  @TempDir Path directory;

  @Test
  void anIndexThatAnswersOtherwiseIsRefused() throws IOException {
    DataSet data = DataSet.of(Distribution.GAUSSIAN, 500, 4);
    ExactAnswers answers = ExactAnswers.find(data, 40, Metric.EUCLIDEAN, 3, Runnable::run, 1);
    assertEquals(40, answers.ordinals().length);
    Index index = Index.builder(data.items()).build();
    answers.require(index, data.queries(), 3);
    Path file = directory.resolve(ExactAnswers.file("GAUSSIAN", 500, 4, Metric.EUCLIDEAN, 3));
    answers.write(file);
    ExactAnswers read = ExactAnswers.read(file);
    assertArrayEquals(answers.ordinals(), read.ordinals());
    assertArrayEquals(answers.scores(), read.scores());
    read.ordinals()[7][2]++;
    WrongAnswer refused =
        assertThrows(WrongAnswer.class, () -> read.require(index, data.queries(), 3));
    assertTrue(String.valueOf(refused.getMessage()).contains("query 7"), refused::getMessage);
  }

  @Test
  void rowsOfLengthOneAndZeroRows() {
    float[] rows = {3, 4, 0, 0};
    CanonicalScore.normalise(rows, 2);
    assertArrayEquals(new float[] {0.6f, 0.8f, 0, 0}, rows);
    assertEquals(25f, CanonicalScore.of(Metric.EUCLIDEAN, new float[] {3, 4}, 0, new float[2]));
    assertEquals(11f, CanonicalScore.of(Metric.DOT, new float[] {3, 4}, 0, new float[] {1, 2}));
  }

  @Test
  void aNameIsAPartOfAFileName() {
    assertEquals("uniform", DataSet.fileName("UNIFORM"));
    assertEquals("a-b.hdf5-train", DataSet.fileName("A b.hdf5:train"));
    assertEquals(60, DataSet.fileName("x".repeat(300)).length());
  }
}
