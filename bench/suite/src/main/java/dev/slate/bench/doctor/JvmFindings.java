package dev.slate.bench.doctor;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.slate.bench.Build;
import dev.slate.kernel.simd.Simd;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/** What the JVM says of itself. */
final class JvmFindings {
  private static final int NARROW = 128;

  private JvmFindings() {}

  static List<Finding> all() {
    return List.of(slate(), jdk(), vectors(), fma(), heap());
  }

  /**
   * The value of a flag of this JVM.
   *
   * @param name such as {@code UseFMA}
   * @return empty where the JVM has no such flag
   */
  static Optional<String> flag(String name) {
    HotSpotDiagnosticMXBean flags =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return Optional.of(flags.getVMOption(name).getValue());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Finding slate() {
    String commit = Build.commit();
    return new Finding("Slate", Build.version() + (commit.isEmpty() ? "" : " (" + commit + ")"));
  }

  private static Finding jdk() {
    return new Finding(
        "JDK",
        "%s %s (%s) in %s"
            .formatted(
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")));
  }

  private static Finding vectors() {
    String value =
        Simd.width() + (Simd.width().equals("scalar") ? ", " : " bits, ") + Simd.reason();
    String advice =
        Simd.bits() < NARROW ? "results are the same, but a search takes many times as long" : "";
    return new Finding("Vectors", value, advice);
  }

  private static Finding fma() {
    return switch (flag("UseFMA").orElse("unknown")) {
      case "true" -> new Finding("FMA", "in hardware");
      case "false" ->
          new Finding("FMA", "in software", "every score takes hundreds of times as long");
      default -> new Finding("FMA", "this JVM does not say");
    };
  }

  private static Finding heap() {
    return new Finding(
        "Heap",
        "up to %s, %s"
            .formatted(
                MachineFindings.bytes(Runtime.getRuntime().maxMemory()),
                ManagementFactory.getGarbageCollectorMXBeans().getFirst().getName()),
        "SLATE_JAVA_OPTS=-Xmx... sets another size");
  }
}
