package dev.slate.sim;

import dev.slate.sim.SettingException.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds selectors by name: those of Slate, and those of others that a class loader can see. */
public final class Selectors {
  private Selectors() {}

  /**
   * Creates the selector of a name.
   *
   * @param name as {@link Selector#name} says it
   * @param loader where to look
   * @return a new instance
   * @throws SettingException if there is none of this name, one cannot be created or says no name,
   *     or two have one name
   */
  public static Selector create(String name, ClassLoader loader) {
    for (Selector selector : all(loader)) {
      if (selector.name().equals(name)) {
        return selector;
      }
    }
    throw new SettingException(
        Setting.SELECTOR,
        "unknown selector "
            + name
            + "; there are "
            + String.join(", ", descriptions(loader).keySet()));
  }

  /**
   * Creates the selector of a name, of those that Slate's own class loader can see.
   *
   * @param name as {@link Selector#name} says it
   * @return a new instance
   * @throws SettingException if there is none of this name, one cannot be created or says no name,
   *     or two have one name
   */
  public static Selector create(String name) {
    return create(name, Selectors.class.getClassLoader());
  }

  /**
   * Lists the selectors.
   *
   * @param loader where to look
   * @return descriptions by name, in order of names
   * @throws SettingException if one cannot be created or says no name, or two have one name
   */
  public static Map<String, String> descriptions(ClassLoader loader) {
    Map<String, String> descriptions = new TreeMap<>();
    all(loader).forEach(selector -> descriptions.put(selector.name(), selector.description()));
    return descriptions;
  }

  private static List<Selector> all(ClassLoader loader) {
    List<Selector> selectors = new ArrayList<>();
    try {
      ServiceLoader.load(Selector.class, loader).forEach(selectors::add);
    } catch (ServiceConfigurationError e) {
      throw new SettingException(Setting.PLUGIN, String.valueOf(e.getMessage()), e);
    }
    Map<String, Selector> named = new HashMap<>();
    for (Selector selector : selectors) {
      String name = said(selector, "name", selector::name);
      said(selector, "description", selector::description);
      Selector other = named.put(name, selector);
      if (other != null && !other.getClass().equals(selector.getClass())) {
        throw new SettingException(
            Setting.PLUGIN,
            "two selectors are named "
                + name
                + ": "
                + other.getClass().getName()
                + " and "
                + selector.getClass().getName());
      }
    }
    return selectors;
  }

  /** What a selector says of itself; plugins may fail to. */
  private static String said(Selector selector, String what, Supplier<@Nullable String> method) {
    String said;
    try {
      said = method.get();
    } catch (RuntimeException e) {
      throw new SettingException(
          Setting.PLUGIN, selector.getClass().getName() + ": " + what + "() fails with " + e, e);
    }
    if (said == null) {
      throw new SettingException(
          Setting.PLUGIN, selector.getClass().getName() + ": " + what + "() returns null");
    }
    return said;
  }
}
