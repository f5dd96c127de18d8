package dev.slate.bench;

import picocli.CommandLine.IVersionProvider;

/** What {@code slate --version} prints: Slate and its commit, then the JVM. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String commit = Build.commit();
    return new String[] {
      "slate " + Build.version() + (commit.isEmpty() ? "" : " (" + commit + ")"),
      "%s %s (%s), %s %s"
          .formatted(
              System.getProperty("java.vm.name"),
              System.getProperty("java.vm.version"),
              System.getProperty("java.vendor"),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }
}
