package dev.slate.bench.run;

import dev.slate.bench.report.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The subjects that are not in the table, and why: a line for each subject and reason. */
final class Refusals {
  private final Map<String, String> lines = new LinkedHashMap<>();

  void add(String title, String reason) {
    lines.merge(title, reason, (a, b) -> a.contains(b) ? a : a + "; " + b);
  }

  void add(Case asked, String reason) {
    Question question = asked.question();
    add(
        asked.subject().title(),
        TextTable.count(question.n()) + " x " + question.d() + ": " + reason);
  }

  /** A line for each. */
  List<String> lines() {
    return lines.entrySet().stream().map(each -> each.getKey() + ": " + each.getValue()).toList();
  }

  /** Lines that end with a line feed; empty where nothing was left out. */
  String render() {
    return lines.isEmpty()
        ? ""
        : lines().stream().collect(Collectors.joining("\n  ", "\nNot measured:\n  ", "\n"));
  }
}
