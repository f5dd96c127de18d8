package dev.slate.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.dataset.VectorSource;
import dev.slate.bench.report.DataFile;
import dev.slate.bench.suite.StrategyChoice;
import dev.slate.data.Distribution;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedForksTest {
  private static final Question QUESTION =
      new Question(
          new VectorSource.Generated(Distribution.UNIFORM, 1000, 5), 10, Metric.DOT, 1, 1, 1);
  private static final Case ASKED =
      new Case(new BenchSubject.Kernel(StrategyChoice.SCAN), QUESTION);

  @TempDir Path directory;

  private static String plan(ForkTiming timing, String build, String machine) {
    return new RunPlan(List.of(ASKED), timing).fingerprint(build, machine);
  }

  @Test
  void aPlanIsTheSameOnlyForTheSameBuildMachineAndPace() {
    String plan = plan(ForkTiming.quick(2), "build", "machine");
    assertEquals(plan, plan(ForkTiming.quick(2), "build", "machine"));
    assertNotEquals(plan, plan(ForkTiming.quick(2), "other", "machine"));
    assertNotEquals(plan, plan(ForkTiming.quick(2), "build", "other"));
    assertNotEquals(plan, plan(ForkTiming.quick(3), "build", "machine"));
    assertNotEquals(plan, plan(ForkTiming.full(2), "build", "machine"));
    ForkTiming longer = ForkTiming.quick(2).measuring(Duration.ofSeconds(9));
    assertNotEquals(plan, plan(longer, "build", "machine"));
  }

  @Test
  void forksOfAnotherBuildGo() throws IOException {
    Path forks = directory.resolve("forks");
    SavedForks.open(forks, plan(ForkTiming.quick(2), "a", "m"));
    Files.writeString(forks.resolve(ASKED.key() + "-0.fork"), "of build a");
    assertEquals(1, SavedForks.open(forks, plan(ForkTiming.quick(2), "a", "m")).count());
    SavedForks other = SavedForks.open(forks, plan(ForkTiming.quick(2), "b", "m"));
    assertEquals(0, other.count());
    assertTrue(other.load(ASKED, 0).isEmpty());
  }

  @Test
  void aTornForkIsMeasuredAgain() throws IOException {
    SavedForks saved = SavedForks.open(directory.resolve("forks"), "plan");
    Files.write(directory.resolve("forks").resolve(ASKED.key() + "-0.fork"), new byte[] {1, 2});
    assertTrue(saved.load(ASKED, 0).isEmpty());
  }

  @Test
  void keepsWhatTheDataWas() throws IOException {
    List<DataFile> files = List.of(new DataFile("a.npy", "00", "slate data generate"));
    SavedForks saved = SavedForks.open(directory.resolve("forks"), "plan");
    saved.saveData(QUESTION.dataKey(), files);
    assertEquals(
        files, SavedForks.open(directory.resolve("forks"), "plan").data(QUESTION.dataKey()));
    assertEquals(List.of(), saved.data("other"));
  }
}
