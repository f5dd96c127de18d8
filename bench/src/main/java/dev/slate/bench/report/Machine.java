package dev.slate.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.slate.kernel.simd.Simd;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
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
   * @param build what was measured
   * @param command what was run
   * @param flags of the forks
   * @param data the files of vectors
   */
  public static Machine look(
      Sources build, String command, List<String> flags, List<DataFile> data) {
    Map<String, Object> facts = begin(command);
    facts.put("commit", build.commit());
    facts.put("dirty", build.dirty());
    facts.put("build", build.digest());
    facts.put("data", data);
    hardware(facts);
    facts.put("jvm", property("java.vm.name") + " " + property("java.vm.version"));
    facts.put("jvm_vendor", property("java.vendor"));
    facts.put("jvm_flags", flags);
    facts.put("vector_bits", Simd.bits());
    facts.put("vector_reason", Simd.reason());
    return new Machine(facts);
  }

  /**
   * Looks at this machine, where JVMs of others ran.
   *
   * @param command what was run
   * @param vectorBits width of the vectors that those JVMs compile for
   */
  public static Machine look(String command, int vectorBits) {
    Map<String, Object> facts = begin(command);
    hardware(facts);
    facts.put("vector_bits", vectorBits);
    return new Machine(facts);
  }

  private static Map<String, Object> begin(String command) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("command", command);
    return facts;
  }

  private static void hardware(Map<String, Object> facts) {
    LinuxFiles.processor(facts);
    facts.put("architecture", property("os.arch"));
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    facts.put("memory_bytes", system.getTotalMemorySize());
    facts.put("load_average", Math.round(system.getSystemLoadAverage() * 100) / 100.0);
    LinuxFiles.limits(facts);
    facts.put("kernel", property("os.name") + " " + property("os.version"));
  }

  /**
   * What was measured.
   *
   * @param commit of the sources; empty where it is not known
   * @param dirty whether files differed from it
   * @param digest of all code that runs
   */
  public record Sources(String commit, boolean dirty, String digest) {}

  /** What tells this machine's processor from others, in one line. */
  public static String processor() {
    Map<String, Object> facts = new LinkedHashMap<>();
    LinuxFiles.processor(facts);
    facts.remove("cpu_flags");
    return facts.values() + " " + Runtime.getRuntime().availableProcessors();
  }

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
    try {
      return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(facts)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
