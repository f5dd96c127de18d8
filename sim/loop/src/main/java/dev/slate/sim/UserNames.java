package dev.slate.sim;

import java.util.List;

/** Names of users. The first ones are plain; from then on they repeat, with a number. */
final class UserNames {
  private static final List<String> FIRST =
      List.of(
          "Ada", "Bo", "Cleo", "Dara", "Eli", "Femi", "Gwen", "Hugo", "Ines", "Jun", "Kai", "Lena",
          "Milo", "Nora", "Omar", "Pia", "Quin", "Rosa", "Sven", "Tara", "Uma", "Vito", "Wren",
          "Xena", "Yara", "Zeno");

  private UserNames() {}

  static String of(int user) {
    int order = user / FIRST.size();
    String first = FIRST.get(user % FIRST.size());
    return order == 0 ? first : first + " " + (order + 1);
  }
}
