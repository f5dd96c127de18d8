package dev.slate.bench.report;

import dev.slate.bench.provenance.MachineFacts;
import dev.slate.kernel.simd.Simd;
import java.util.List;
import java.util.Map;

/**
 * {@code machine.json}: where numbers were measured, on what, and of which build. What a system
 * does not tell is left out.
 *
 * @param facts by name, in the order of reading
 */
public record Machine(Map<String, Object> facts) {
  /**
   * Looks at this machine.
   *
   * @param build the build that was measured
   * @param command the command that was run
   * @param flags of the forks
   * @param data the files of vectors
   */
  public static Machine look(
      MeasuredBuild build, String command, List<String> flags, List<DataFile> data) {
    Map<String, Object> facts = MachineFacts.begin(command);
    facts.put("commit", build.commit());
    facts.put("dirty", build.dirty());
    facts.put("build", build.digest());
    facts.put("data", data);
    MachineFacts.hardware(facts);
    facts.put("jvm", property("java.vm.name") + " " + property("java.vm.version"));
    facts.put("jvm_vendor", property("java.vendor"));
    facts.put("jvm_flags", flags);
    facts.put("vector_bits", Simd.bits());
    facts.put("vector_reason", Simd.reason());
    return new Machine(facts);
  }

  /**
   * What was measured.
   *
   * @param commit of the sources; empty where it is not known
   * @param dirty whether files differed from it
   * @param digest of all code that runs
   */
  public record MeasuredBuild(String commit, boolean dirty, String digest) {}

  /** One line for the head of a table. */
  public String line() {
    return facts.getOrDefault("cpu", facts.get("architecture"))
        + ", "
        + facts.get("cores")
        + " cores, "
        + (Simd.bits() == 32 ? "scalar" : Simd.bits() + "-bit vectors")
        + ", JDK "
        + Runtime.version().feature();
  }

  /** Renders the file. */
  public String json() {
    return MachineFacts.json(facts);
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
