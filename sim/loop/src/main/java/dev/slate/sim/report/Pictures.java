package dev.slate.sim.report;

import dev.slate.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of items, found in a directory by name, with or without the ending. They become part of
 * the page until it would grow by 2 MB; from then on the page refers to the files.
 */
final class Pictures {
  private static final int BUDGET = 2_000_000;

  private final Map<String, Path> files = new HashMap<>();
  private int left = BUDGET;

  Pictures(@Nullable Path directory) {
    if (directory == null) {
      return;
    }
    try (Stream<Path> list = Files.list(directory)) {
      list.sorted()
          .forEach(
              file -> {
                String name = String.valueOf(file.getFileName());
                files.put(name, file);
                files.putIfAbsent(name.replaceFirst("\\.[^.]*$", ""), file);
              });
    } catch (IOException e) {
      throw new InputException(directory.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  /** An address of an item's picture, or null. */
  @Nullable String of(String item) {
    Path file = files.get(item);
    if (file == null) {
      return null;
    }
    try {
      long size = Files.size(file);
      if (size > left) {
        return file.toUri().toString();
      }
      left -= (int) size;
      return "data:"
          + type(file)
          + ";base64,"
          + Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InputException(file.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  private static String type(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "png", "gif", "webp", "bmp" -> "image/" + ending;
      case "svg" -> "image/svg+xml";
      default -> "image/jpeg";
    };
  }
}
