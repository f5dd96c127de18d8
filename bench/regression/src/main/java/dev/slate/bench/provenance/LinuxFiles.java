package dev.slate.bench.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Linux tells about the machine in files; nothing elsewhere. */
final class LinuxFiles {
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path CGROUP = Path.of("/proc/self/cgroup");
  private static final Set<String> UNLIMITED =
      Set.of("max", "max 100000", "-1", Long.toString(Long.MAX_VALUE / 4096 * 4096));
  private static final String CGROUPS = "/sys/fs/cgroup";

  private LinuxFiles() {}

  static void processor(Map<String, Object> facts) {
    Map<String, String> cpu = firstProcessor();
    put(facts, "cpu", Optional.ofNullable(cpu.get("model name")));
    put(facts, "cpu_family_model_stepping", numbers(cpu));
    put(facts, "microcode", Optional.ofNullable(cpu.get("microcode")));
    put(facts, "cpu_flags", Optional.ofNullable(cpu.get("flags")));
    put(facts, "governor", read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
  }

  static void limits(Map<String, Object> facts) {
    put(facts, "container_cpu_max", limit("cpu.max", "cpu/cpu.cfs_quota_us"));
    put(facts, "container_memory_max", limit("memory.max", "memory/memory.limit_in_bytes"));
    put(facts, "huge_pages", read("/sys/kernel/mm/transparent_hugepage/enabled"));
  }

  /** The limit of this process's own group, of the root group, or of version 1 of the groups. */
  private static Optional<String> limit(String name, String first) {
    return Stream.of(CGROUPS + group() + "/" + name, CGROUPS + "/" + name, CGROUPS + "/" + first)
        .flatMap(file -> read(file).stream())
        .findFirst()
        .map(limit -> UNLIMITED.contains(limit) ? "unlimited" : limit);
  }

  private static String group() {
    return lines(CGROUP).stream()
        .filter(line -> line.startsWith("0::"))
        .map(line -> line.substring(3))
        .findFirst()
        .orElse("");
  }

  private static Optional<String> numbers(Map<String, String> cpu) {
    return cpu.containsKey("cpu family")
        ? Optional.of(cpu.get("cpu family") + "/" + cpu.get("model") + "/" + cpu.get("stepping"))
        : Optional.empty();
  }

  private static Map<String, String> firstProcessor() {
    return lines(CPU).stream()
        .takeWhile(line -> !line.isBlank())
        .map(line -> line.split("\\s*:\\s*", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0].strip(), pair -> pair[1].strip(), (a, b) -> a));
  }

  private static void put(Map<String, Object> facts, String name, Optional<String> value) {
    value.filter(text -> !text.isEmpty()).ifPresent(text -> facts.put(name, text));
  }

  private static Optional<String> read(String file) {
    List<String> lines = lines(Path.of(file));
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(0).strip());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
