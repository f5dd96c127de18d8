package dev.slate.bench.results;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The conditions of a score besides the code: the JVM, its flags, the vector width and the batch.
 * Fields that an old JMH did not write are empty.
 *
 * @param jmhVersion of the harness
 * @param jdkVersion such as {@code 25.0.1}
 * @param vmName such as {@code OpenJDK 64-Bit Server VM}
 * @param vmVersion such as {@code 25.0.1+8-LTS}
 * @param jvmArgs the flags of the forked JVM, in order
 * @param vectorBits width of the vectors that Slate computed with; 0 where the run does not say
 * @param batchSize calls that count as one operation in single-shot mode
 */
public record Environment(
    String jmhVersion,
    String jdkVersion,
    String vmName,
    String vmVersion,
    List<String> jvmArgs,
    int vectorBits,
    int batchSize) {
  /** The secondary result in which Slate's own benchmarks say the width of their vectors. */
  public static final String VECTOR_BITS = "vectorBits";

  /** The agent of an editor, whose port changes with each run, and what keeps JMH from a lock. */
  private static final Pattern OF_NO_EFFECT =
      Pattern.compile("-javaagent:.*\\bidea_rt\\.jar=\\d+:|-Djmh\\.ignoreLock=");

  /** Copies the flags. */
  public Environment {
    jvmArgs = List.copyOf(jvmArgs);
  }

  /**
   * Says what keeps two runs from being compared. What one side does not state is not a difference,
   * and neither is the harness: {@link #harnessDifference}.
   *
   * @param other the candidate's environment
   * @return one phrase for each difference; empty where there is none
   */
  public List<String> differences(Environment other) {
    List<String> found = new ArrayList<>();
    compare(found, "JDK", jdkVersion, other.jdkVersion);
    compare(found, "JVM", vmName, other.vmName);
    if (found.isEmpty()) {
      compare(found, "JVM version", vmVersion, other.vmVersion);
    }
    List<String> mine = flags();
    List<String> others = other.flags();
    if (!mine.equals(others)) {
      found.add("JVM flags: " + only(mine, others) + " against " + only(others, mine));
    }
    if (vectorBits != other.vectorBits && vectorBits > 0 && other.vectorBits > 0) {
      found.add("vector width: " + vectorBits + " against " + other.vectorBits + " bits");
    }
    if (batchSize != other.batchSize) {
      found.add("batch size: " + batchSize + " against " + other.batchSize);
    }
    return found;
  }

  /** The flags that can make a difference. */
  private List<String> flags() {
    return jvmArgs.stream().filter(arg -> !OF_NO_EFFECT.matcher(arg).lookingAt()).toList();
  }

  /**
   * Says whether two releases of JMH were used: they may differ in how they consume results.
   *
   * @param other the candidate's environment
   * @return a phrase, or an empty string
   */
  public String harnessDifference(Environment other) {
    List<String> found = new ArrayList<>();
    compare(found, "JMH", jmhVersion, other.jmhVersion);
    return String.join("", found);
  }

  private static void compare(List<String> found, String what, String mine, String other) {
    if (!mine.isEmpty() && !other.isEmpty() && !mine.equals(other)) {
      found.add(what + ": " + mine + " against " + other);
    }
  }

  private static String only(List<String> mine, List<String> others) {
    List<String> rest = new ArrayList<>(mine);
    others.forEach(rest::remove);
    if (rest.isEmpty()) {
      return others.containsAll(mine) && mine.containsAll(others) && mine.size() == others.size()
          ? "the same in another order"
          : "none";
    }
    return String.join(" ", rest);
  }
}
