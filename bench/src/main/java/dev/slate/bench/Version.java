package dev.slate.bench;

import picocli.CommandLine.IVersionProvider;

/** What {@code slate --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "slate", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")
    };
  }
}
