package dev.slate.recommend;

import dev.slate.data.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a model: {@code key=value}, and defaults for the others. Remembers the keys that
 * were read, so that a misspelt key is found and all values can be recorded. Not thread-safe.
 */
public final class Settings {
  private final Map<String, String> given;
  private final String prefix;
  private final Map<String, String> used = new TreeMap<>();
  private final Map<String, Settings> parts = new TreeMap<>();

  /**
   * Creates settings.
   *
   * @param given values by key; copied
   */
  public Settings(Map<String, String> given) {
    this(given, "setting ");
  }

  /**
   * Creates settings whose errors call them as the caller does.
   *
   * @param given values by key; copied
   * @param prefix what stands before a key at the beginning of an error
   */
  public Settings(Map<String, String> given, String prefix) {
    this.given = new TreeMap<>(given);
    this.prefix = prefix;
  }

  /**
   * A value that cannot be used, as an exception to throw.
   *
   * @param key its name
   * @param problem what is wrong, in a few words, without a full stop
   * @return the exception
   */
  public InputException refused(String key, String problem) {
    return refused(key, problem, null);
  }

  /**
   * A value that cannot be used, found by another exception.
   *
   * @param key its name
   * @param problem what is wrong, in a few words, without a full stop
   * @param cause the exception behind it, or null
   * @return the exception
   */
  public InputException refused(String key, String problem, @Nullable Throwable cause) {
    return new InputException(prefix + key, problem, cause);
  }

  /**
   * A text.
   *
   * @param key its name
   * @param otherwise where it is not given
   * @return the value
   */
  public String text(String key, String otherwise) {
    String value = given.getOrDefault(key, otherwise);
    used.put(key, value);
    return value;
  }

  /**
   * Tells whether a value is given.
   *
   * @param key its name
   * @return whether it is not left to the default
   */
  public boolean has(String key) {
    return given.containsKey(key);
  }

  /**
   * A list of texts.
   *
   * @param key its name
   * @param otherwise where it is not given, separated by blanks
   * @return the parts between blanks, {@code +} or {@code ;}
   */
  public List<String> list(String key, String otherwise) {
    List<String> parts = new ArrayList<>();
    for (String part : text(key, otherwise).split("[ +;]+", -1)) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return parts;
  }

  /**
   * A whole number.
   *
   * @param key its name
   * @param otherwise where it is not given
   * @param least the smallest that makes sense
   * @return the value
   * @throws InputException if it is no number, or below the least
   */
  public int count(String key, int otherwise, int least) {
    String value = text(key, String.valueOf(otherwise));
    try {
      int count = Integer.parseInt(value);
      if (count >= least) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw refused(key, "'" + value + "' is not a whole number", e);
    }
    throw refused(key, "must be at least " + least + ", but it is " + value);
  }

  /**
   * A number.
   *
   * @param key its name
   * @param otherwise where it is not given
   * @param least the smallest that makes sense
   * @param most the largest that makes sense
   * @return the value
   * @throws InputException if it is no number, or out of range
   */
  public double number(String key, double otherwise, double least, double most) {
    String value = text(key, String.valueOf(otherwise));
    try {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(key, "'" + value + "' is not a number", e);
    }
    throw refused(key, "must be from " + least + " to " + most + ", but it is " + value);
  }

  /**
   * The settings of a part: those whose key starts with its name and a dot, without that. What the
   * part asks for counts as asked for here.
   *
   * @param name of the part
   * @return its settings
   */
  public Settings part(String name) {
    String start = name + ".";
    Map<String, String> own = new TreeMap<>();
    given.forEach(
        (key, value) -> {
          if (key.startsWith(start)) {
            own.put(key.substring(start.length()), value);
          }
        });
    Settings part = new Settings(own, prefix + start);
    parts.put(start, part);
    return part;
  }

  /**
   * All settings that were asked for, with their values.
   *
   * @return a copy, by key
   */
  public Map<String, String> used() {
    Map<String, String> all = new TreeMap<>(used);
    parts.forEach(
        (start, part) -> part.used().forEach((key, value) -> all.put(start + key, value)));
    return all;
  }

  /**
   * Complains about keys that nobody asked for.
   *
   * @throws InputException if there is one, naming those that exist
   */
  public void refuseOthers() {
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(used().keySet());
    if (!unknown.isEmpty()) {
      throw refused(
          unknown.iterator().next(),
          "is not a setting of this model; it has " + String.join(", ", used().keySet()));
    }
  }
}
