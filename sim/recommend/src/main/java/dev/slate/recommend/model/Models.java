package dev.slate.recommend.model;

import dev.slate.recommend.ModelKind;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All kinds of models that there are. */
public final class Models {
  private Models() {}

  /** By name. */
  public static SortedMap<String, ModelKind> all() {
    SortedMap<String, ModelKind> kinds = new TreeMap<>();
    for (ModelKind kind : ServiceLoader.load(ModelKind.class)) {
      kinds.put(kind.name(), kind);
    }
    return kinds;
  }

  /** The kind of that name, or null. */
  public static @Nullable ModelKind find(String name) {
    return all().get(name);
  }

  /** What is wrong with a name that no kind has. */
  public static String unknown(String name) {
    String all = String.join(", ", all().keySet());
    return name.equals("two-tower")
        ? "two-tower needs PyTorch, 120 MB that are not part of Slate: "
            + fetched("sim/recommend-torch")
        : "'" + name + "' is not one of " + all;
  }

  /** Says how an extension is fetched that is not part of Slate. */
  public static String fetched(String module) {
    return "mvn -Pextensions -pl "
        + module
        + " -am package -Dmaven.test.skip -Dslate.unchecked fetches it into extensions/";
  }
}
