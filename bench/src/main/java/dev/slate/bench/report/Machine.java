package dev.slate.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.slate.kernel.simd.Simd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code machine.json}: where numbers were measured. What a system does not tell is left out.
 *
 * @param facts by name, in the order of reading
 */
public record Machine(Map<String, Object> facts) {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  /**
   * Looks at this machine.
   *
   * @param commit of the sources; empty where it is not known
   * @param command what was run
   * @param flags of the forks
   * @param data a hash for each data set, by its name
   */
  public static Machine look(
      String commit, List<String> command, List<String> flags, Map<String, String> data) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("command", String.join(" ", command));
    facts.put("commit", commit.replace("-dirty", ""));
    facts.put("dirty", commit.endsWith("-dirty"));
    facts.put("data", data);
    processor(facts);
    system(facts);
    facts.put("jvm", property("java.vm.name") + " " + property("java.vm.version"));
    facts.put("jvm_vendor", property("java.vendor"));
    facts.put("jvm_flags", flags);
    facts.put("vector_bits", Simd.bits());
    facts.put("vector_reason", Simd.reason());
    return new Machine(facts);
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

  private static void processor(Map<String, Object> facts) {
    Map<String, String> cpu = firstProcessor();
    put(facts, "cpu", Optional.ofNullable(cpu.get("model name")));
    put(facts, "cpu_family_model_stepping", numbers(cpu));
    put(facts, "microcode", Optional.ofNullable(cpu.get("microcode")));
    put(facts, "cpu_flags", Optional.ofNullable(cpu.get("flags")));
    put(facts, "governor", read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
    facts.put("architecture", property("os.arch"));
    facts.put("cores", Runtime.getRuntime().availableProcessors());
  }

  private static void system(Map<String, Object> facts) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    facts.put("memory_bytes", system.getTotalMemorySize());
    facts.put("load_average", system.getSystemLoadAverage());
    put(facts, "container_cpu_max", read("/sys/fs/cgroup/cpu.max"));
    put(facts, "container_memory_max", read("/sys/fs/cgroup/memory.max"));
    put(facts, "huge_pages", read("/sys/kernel/mm/transparent_hugepage/enabled"));
    facts.put("kernel", property("os.name") + " " + property("os.version"));
  }

  private static Optional<String> numbers(Map<String, String> cpu) {
    return cpu.containsKey("cpu family")
        ? Optional.of(cpu.get("cpu family") + "/" + cpu.get("model") + "/" + cpu.get("stepping"))
        : Optional.empty();
  }

  private static Map<String, String> firstProcessor() {
    try {
      return Files.readAllLines(CPU).stream()
          .takeWhile(line -> !line.isBlank())
          .map(line -> line.split("\\s*:\\s*", 2))
          .filter(pair -> pair.length == 2)
          .collect(Collectors.toMap(pair -> pair[0].strip(), pair -> pair[1].strip(), (a, b) -> a));
    } catch (IOException e) {
      return Map.of();
    }
  }

  private static void put(Map<String, Object> facts, String name, Optional<String> value) {
    value.filter(text -> !text.isEmpty()).ifPresent(text -> facts.put(name, text));
  }

  private static Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
