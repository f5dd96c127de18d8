package dev.slate.sim.cli;

import dev.slate.sim.audit.AuditPower;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints how often attackers are named: a line for each curve, a column for each number of copies.
 */
final class PowerTable {
  private PowerTable() {}

  /** Accounts and jitter, which a curve has in common. */
  private record Curve(int accounts, double jitter) {}

  static void print(List<AuditPower.Point> points, int catalogs, PrintWriter out) {
    int[] copies = points.stream().mapToInt(AuditPower.Point::copies).distinct().sorted().toArray();
    Map<Curve, Map<Integer, Double>> curves = new LinkedHashMap<>();
    for (AuditPower.Point point : points) {
      curves
          .computeIfAbsent(new Curve(point.accounts(), point.jitter()), curve -> new HashMap<>())
          .put(point.copies(), point.named());
    }
    out.println("share of " + catalogs + " catalogues in which the attacker is named, in %");
    out.println();
    out.printf("%8s%8s%9s", "accounts", "jitter", "copies:");
    for (int count : copies) {
      out.printf("%7d", count);
    }
    out.println();
    curves.forEach(
        (curve, named) -> {
          StringBuilder line =
              new StringBuilder(
                  String.format(Locale.ROOT, "%8d%8.1f%9s", curve.accounts, curve.jitter, ""));
          for (int count : copies) {
            Double share = named.get(count);
            line.append(
                share == null ? " ".repeat(7) : String.format(Locale.ROOT, "%7.0f", 100 * share));
          }
          out.println(line);
        });
    double wrong = points.stream().mapToDouble(AuditPower.Point::wrong).max().orElse(0);
    out.printf(Locale.ROOT, "%nSomebody else is named in %.0f %% at most.%n", 100 * wrong);
    out.flush();
  }
}
