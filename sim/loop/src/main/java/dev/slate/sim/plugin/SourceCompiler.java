package dev.slate.sim.plugin;

import dev.slate.data.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a source file with the compiler of the JDK that runs; classes stay in memory. */
final class SourceCompiler {
  private SourceCompiler() {}

  /**
   * Compiles a file against the class path of this JVM.
   *
   * @return class files by name of the class
   * @throws InputException if it does not compile, naming the first error and its line
   */
  static Map<String, byte[]> compile(Path source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new InputException(source.toString(), "needs a JDK to be compiled, and this is a JRE");
    }
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8);
        Memory memory = new Memory(files)) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  memory,
                  said,
                  List.of(
                      "-proc:none",
                      "-Xlint:none",
                      "-classpath",
                      System.getProperty("java.class.path", "")),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw error(source, said.getDiagnostics());
      }
      Map<String, byte[]> classes = new HashMap<>();
      memory.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    } catch (IOException e) {
      throw new InputException(source.toString(), "cannot be compiled: " + e.getMessage(), e);
    }
  }

  private static InputException error(
      Path source, List<Diagnostic<? extends JavaFileObject>> said) {
    List<Diagnostic<? extends JavaFileObject>> errors =
        said.stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR).toList();
    if (errors.isEmpty()) {
      return new InputException(source.toString(), "does not compile");
    }
    Diagnostic<? extends JavaFileObject> first = errors.getFirst();
    String others = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
    String message = first.getMessage(Locale.ROOT).replaceAll("\\s+", " ").strip();
    InputException error =
        new InputException(source.toString(), "does not compile: " + message + others);
    return first.getLineNumber() == Diagnostic.NOPOS ? error : error.onLine(first.getLineNumber());
  }

  /** Keeps class files that the compiler writes. */
  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    Memory(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      classes.put(className, bytes);
      return new SimpleJavaFileObject(
          URI.create("memory:///" + className.replace('.', '/')), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}
