package dev.slate.data.format;

import dev.slate.data.InputException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of Python's literals that npy headers are made of: one dictionary whose keys are strings
 * and whose values are kept as text. Strings have no escapes; tuples and lists may nest.
 */
final class PythonDictionary {
  private final String spec;
  private final String text;
  private int at;

  private PythonDictionary(String spec, String text) {
    this.spec = spec;
    this.text = text;
  }

  /**
   * Reads a dictionary.
   *
   * @param spec the file, for errors
   * @param text a whole literal, spaces around it allowed
   * @return values by key, each as it is written
   * @throws InputException if it is anything else
   */
  static Map<String, String> parse(String spec, String text) {
    return new PythonDictionary(spec, text).dictionary();
  }

  private Map<String, String> dictionary() {
    Map<String, String> entries = new LinkedHashMap<>();
    expect('{');
    while (next() != '}') {
      String quoted = string();
      expect(':');
      if (entries.put(quoted.substring(1, quoted.length() - 1), value()) != null) {
        throw malformed();
      }
      if (next() != '}') {
        expect(',');
      }
    }
    at++;
    if (!text.substring(at).isBlank()) {
      throw malformed();
    }
    return entries;
  }

  private String value() {
    return switch (next()) {
      case '\'', '"' -> string();
      case '(', '[' -> nested();
      default -> word();
    };
  }

  private String string() {
    char quote = next();
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    return take(end + 1);
  }

  private String nested() {
    int depth = 0;
    for (int i = at; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(', '[' -> depth++;
        case ')', ']' -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return take(i + 1);
      }
    }
    throw malformed();
  }

  private String word() {
    int end = at;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    return take(end);
  }

  private String take(int end) {
    if (end <= at) {
      throw malformed();
    }
    String token = text.substring(at, end);
    at = end;
    return token;
  }

  private void expect(char wanted) {
    if (next() != wanted) {
      throw malformed();
    }
    at++;
  }

  private char next() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private InputException malformed() {
    return new InputException(spec, "the npy header is not a Python dictionary, byte " + at);
  }
}
