package dev.slate.bench.doctor;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code slate doctor}: what this machine offers, and what would make it faster. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Shows what this machine offers: JDK, vectors, memory, cores, optional peers.")
public final class DoctorCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(JvmFindings.all());
    findings.addAll(MachineFindings.all());
    findings.addAll(PeerFindings.all());
    print(findings, spec.commandLine().getOut());
  }

  private static void print(List<Finding> findings, PrintWriter out) {
    int width = findings.stream().mapToInt(f -> f.subject().length()).max().orElse(0);
    for (Finding finding : findings) {
      out.printf("%-" + width + "s  %s%n", finding.subject(), finding.value());
      if (!finding.advice().isEmpty()) {
        out.printf("%" + width + "s  -> %s%n", "", finding.advice());
      }
    }
  }
}
