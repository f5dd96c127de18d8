package dev.slate.bench.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the machine has, and what a container leaves of it. */
final class MachineFindings {
  private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.*)$");
  private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");

  private MachineFindings() {}

  static List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(cores());
    caches().ifPresent(findings::add);
    findings.add(memory());
    findings.add(hugePages());
    findings.add(load());
    return findings;
  }

  /**
   * A number of bytes for people.
   *
   * @param bytes not negative
   * @return such as {@code 5.9 GiB}
   */
  static String bytes(long bytes) {
    return bytes < 1L << 30
        ? "%d MiB".formatted(bytes >> 20)
        : "%.1f GiB".formatted(bytes / (double) (1L << 30));
  }

  private static Finding cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    String model = read(Path.of("/proc/cpuinfo")).flatMap(MachineFindings::model).orElse("");
    String value = cores + (model.isEmpty() ? "" : ", " + model);
    return new Finding("Cores", value + limit("/sys/fs/cgroup/cpu.max"));
  }

  private static Optional<String> model(String cpuinfo) {
    Matcher matcher = MODEL.matcher(cpuinfo);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<Finding> caches() {
    List<String> sizes = new ArrayList<>();
    for (int i = 0; Files.isDirectory(CACHES.resolve("index" + i)); i++) {
      Path cache = CACHES.resolve("index" + i);
      String type = read(cache.resolve("type")).orElse("");
      if (!type.equals("Instruction")) {
        sizes.add(
            "L"
                + read(cache.resolve("level")).orElse("?")
                + " "
                + read(cache.resolve("size")).orElse("?"));
      }
    }
    return sizes.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding("Caches", String.join(", ", sizes)));
  }

  private static Finding memory() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Finding(
        "Memory",
        "%s, %s free"
                .formatted(bytes(system.getTotalMemorySize()), bytes(system.getFreeMemorySize()))
            + limit("/sys/fs/cgroup/memory.max"));
  }

  private static Finding hugePages() {
    String kernel = read(HUGE_PAGES).flatMap(MachineFindings::chosen).orElse("");
    boolean used = JvmFindings.flag("UseTransparentHugePages").orElse("").equals("true");
    if (kernel.isEmpty()) {
      return new Finding("Huge pages", "this system does not say");
    }
    String value =
        "the kernel says " + kernel + ", this JVM " + (used ? "uses" : "does not use") + " them";
    String advice =
        switch (kernel) {
          case "never" -> "echo madvise | sudo tee " + HUGE_PAGES;
          default -> used ? "" : "SLATE_JAVA_OPTS=-XX:+UseTransparentHugePages";
        };
    return new Finding("Huge pages", value, advice);
  }

  private static Optional<String> chosen(String enabled) {
    Matcher matcher = CHOSEN.matcher(enabled);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Finding load() {
    double load =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getSystemLoadAverage();
    if (load < 0) {
      return new Finding("Load", "this system does not say");
    }
    boolean busy = load > Runtime.getRuntime().availableProcessors() / 2.0;
    return new Finding(
        "Load",
        "%.1f over the last minute".formatted(load),
        busy ? "other work is running: times will be longer and vary more" : "");
  }

  /** What a version 2 control group allows, where it is readable and set. */
  private static String limit(String file) {
    return read(Path.of(file))
        .filter(limit -> !limit.startsWith("max"))
        .map(limit -> ", limited by its container (" + file + ": " + limit + ")")
        .orElse("");
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
