package dev.slate.sim.cli;

import dev.slate.data.Count;
import dev.slate.data.InputException;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Simulation;
import dev.slate.sim.catalog.NamedTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The users of a run: a number of them, or those of a file.
 *
 * @param count how many
 * @param file the file; null for users who start anywhere
 * @param table what the file holds; null without one
 */
record StartingUsers(int count, @Nullable String file, @Nullable NamedTable table) {
  private static final String OPTION = "--users";

  static StartingUsers parse(String text) {
    if (text.isEmpty() || Character.isDigit(text.charAt(0)) || text.startsWith("-")) {
      try {
        return new StartingUsers(OptionChecks.atLeast(1, OPTION, Count.parse(text)), null, null);
      } catch (IllegalArgumentException e) {
        throw new InputException(OPTION, String.valueOf(e.getMessage()), e);
      }
    }
    NamedTable table = NamedTable.read(text);
    return new StartingUsers(table.size(), text, table);
  }

  /** Name of a user. */
  String name(int user) {
    return table == null || table.names().isEmpty()
        ? Simulation.userName(user)
        : table.names().get(user);
  }

  /**
   * Puts the users of the file at their starts; columns are found by name, in any order.
   *
   * @param clamp largest size of an attribute of a preference
   */
  void apply(Simulation simulation, ItemCatalog catalog, double clamp) {
    if (table == null || file == null) {
      return;
    }
    List<String> attributes = catalog.attributes();
    int d = attributes.size();
    int given = table.attributes().size();
    float[] start = new float[count * d];
    for (int j = 0; j < d; j++) {
      int column = table.attributes().indexOf(attributes.get(j));
      if (column < 0) {
        throw new InputException(
            file,
            "has no column "
                + attributes.get(j)
                + ", which the items have; there are "
                + String.join(", ", table.attributes()));
      }
      for (int user = 0; user < count; user++) {
        float attribute = table.rows()[user * given + column];
        if (Math.abs(attribute) > clamp) {
          throw new InputException(
                  file,
                  "%s %s is not from -%s to %s, where preferences stay: see --clamp"
                      .formatted(attributes.get(j), attribute, clamp, clamp))
              .atRow(user);
        }
        start[user * d + j] = attribute;
      }
    }
    simulation.start(start);
  }
}
