package dev.slate.bench.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Maven has to build a module: in the outermost folder above it whose POM leads to it by
 * modules. Built in its own folder, it would take the modules beside it from the local repository,
 * and so the same ones for both sides.
 */
final class Reactor {
  private static final Pattern MODULE = Pattern.compile("<module>\\s*([^<]+?)\\s*</module>");

  private Reactor() {}

  /**
   * Finds the folder of the build.
   *
   * @param checkout no folder above it is looked at
   * @param module a folder in it
   * @return the module's own folder if no POM above names it
   */
  static Path root(Path checkout, Path module) {
    Path root = module;
    for (Path above = module.getParent();
        above != null && above.startsWith(checkout);
        above = above.getParent()) {
      if (names(above, root)) {
        root = above;
      }
    }
    return root;
  }

  private static boolean names(Path folder, Path module) {
    Path pom = folder.resolve("pom.xml");
    if (!Files.exists(pom)) {
      return false;
    }
    try {
      Matcher modules = MODULE.matcher(new String(Files.readAllBytes(pom), StandardCharsets.UTF_8));
      while (modules.find()) {
        Path named = folder.resolve(modules.group(1)).normalize();
        if (named.equals(module) || named.equals(module.resolve("pom.xml"))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
