package dev.slate.bench.suite;

import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Whether HotSpot's compilers have work, as {@code jcmd Compiler.queue} tells. A method that is
 * being compiled runs slowly meanwhile, and a large one takes seconds.
 */
final class CompilerQueue {
  /** Each method in work or in the queue has a line that ends with its size. */
  private static final Pattern METHOD = Pattern.compile("\\(\\d+ bytes\\)|::");

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  /** True if nothing is compiled or waits to be; also on a JVM that does not tell. */
  boolean idle() {
    try {
      ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
      Object answer = server.invoke(commands, "compilerQueue", null, null);
      return !METHOD.matcher(String.valueOf(answer)).find();
    } catch (JMException e) {
      return true;
    }
  }
}
