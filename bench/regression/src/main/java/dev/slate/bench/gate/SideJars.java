package dev.slate.bench.gate;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The code of one side.
 *
 * @param name as the user named it
 * @param jars the class path
 */
record SideJars(String name, List<Path> jars) {

  /**
   * The class path as the JVM takes it.
   *
   * @return absolute names
   */
  String classPath() {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
