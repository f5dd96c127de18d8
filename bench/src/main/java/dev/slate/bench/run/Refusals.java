package dev.slate.bench.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is not in the table, and why: a line for each subject and reason. */
final class Refusals {
  private final Map<String, String> lines = new LinkedHashMap<>();

  void add(String title, String reason) {
    lines.merge(title, reason, (a, b) -> a.contains(b) ? a : a + "; " + b);
  }

  void add(Case asked, String reason) {
    Shape shape = asked.shape();
    add(asked.subject().title(), Shape.count(shape.n()) + " x " + shape.d() + ": " + reason);
  }

  /** Lines that end with a line feed; empty where nothing was left out. */
  String render() {
    StringBuilder text = new StringBuilder();
    if (!lines.isEmpty()) {
      text.append("\nNot measured:\n");
      lines.forEach(
          (title, reason) ->
              text.append("  ").append(title).append(": ").append(reason).append('\n'));
    }
    return text.toString();
  }
}
