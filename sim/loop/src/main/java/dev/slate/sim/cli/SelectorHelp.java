package dev.slate.sim.cli;

import dev.slate.sim.Selectors;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Ends the help of a command with the selectors that there are, those of plugins included. */
final class SelectorHelp {
  private SelectorHelp() {}

  static void addTo(CommandSpec command, Supplier<ClassLoader> loader) {
    UsageMessageSpec usage = command.usageMessage();
    usage.footerHeading("%nSelectors, and what they show:%n");
    usage
        .sectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_FOOTER,
            help -> lines(Selectors.descriptions(loader.get())));
  }

  private static String lines(Map<String, String> descriptions) {
    int width = descriptions.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder lines = new StringBuilder();
    descriptions.forEach(
        (name, description) ->
            lines.append(("  %-" + width + "s  %s%n").formatted(name, description)));
    return lines.toString();
  }
}
