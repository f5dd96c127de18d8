package dev.slate.bench.provenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Facts about the machine and the command, by name, in the order of {@code machine.json}. A fact
 * that the system does not tell is left out.
 */
public final class MachineFacts {
  private MachineFacts() {}

  /**
   * Time and command line.
   *
   * @param command the command that was run
   * @return a new map, to be continued
   */
  public static Map<String, Object> begin(String command) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("command", command);
    return facts;
  }

  /**
   * Adds processor, memory, load, limits of the container and the kernel of the system.
   *
   * @param facts where they are put
   */
  public static void hardware(Map<String, Object> facts) {
    LinuxFiles.processor(facts);
    facts.put("architecture", property("os.arch"));
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    facts.put("memory_bytes", memoryBytes());
    facts.put("load_average", Math.round(system.getSystemLoadAverage() * 100) / 100.0);
    LinuxFiles.limits(facts);
    facts.put("kernel", property("os.name") + " " + property("os.version"));
  }

  /**
   * What tells this machine's processor from others.
   *
   * @return one line
   */
  public static String processor() {
    Map<String, Object> facts = new LinkedHashMap<>();
    LinuxFiles.processor(facts);
    facts.remove("cpu_flags");
    return facts.values() + " " + Runtime.getRuntime().availableProcessors();
  }

  /**
   * What results of one machine have in common: processor, cores, memory, architecture and system.
   *
   * @return one line
   */
  public static String fingerprint() {
    Map<String, Object> facts = new LinkedHashMap<>();
    hardware(facts);
    long gibibytes = Math.round((double) memoryBytes() / (1L << 30));
    return "%s, %s cores, %d GiB, %s, %s"
        .formatted(
            facts.getOrDefault("cpu", "unknown processor"),
            Runtime.getRuntime().availableProcessors(),
            gibibytes,
            property("os.arch"),
            property("os.name"));
  }

  /**
   * Renders facts.
   *
   * @param facts by name
   * @return a JSON object and a line break
   */
  public static String json(Map<String, Object> facts) {
    try {
      return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(facts)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long memoryBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
