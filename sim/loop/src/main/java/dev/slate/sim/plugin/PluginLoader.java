package dev.slate.sim.plugin;

import dev.slate.data.InputException;
import dev.slate.sim.Selector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Loads selectors from jars, which name them in {@code META-INF/services}, and from source files,
 * of which each public class that implements {@link Selector} is one.
 */
public final class PluginLoader extends URLClassLoader {
  private static final String SERVICES = "META-INF/services/" + Selector.class.getName();

  private final Map<String, byte[]> classes = new HashMap<>();
  private String services = "";

  private PluginLoader(URL[] jars, ClassLoader parent) {
    super(jars, parent);
  }

  /**
   * Opens plugins.
   *
   * @param plugins jars and source files
   * @return a loader that sees them and what Slate's own sees
   * @throws InputException if one cannot be read or compiled, or has no selector
   */
  public static PluginLoader open(List<Path> plugins) {
    List<URL> jars = new ArrayList<>();
    Map<Path, Map<String, byte[]>> sources = new HashMap<>();
    for (Path plugin : plugins) {
      if (!Files.isRegularFile(plugin)) {
        throw new InputException(plugin.toString(), "there is no such file");
      }
      if (plugin.toString().toLowerCase(Locale.ROOT).endsWith(".java")) {
        sources.put(plugin, SourceCompiler.compile(plugin));
      } else {
        jars.add(jar(plugin));
      }
    }
    PluginLoader loader =
        new PluginLoader(jars.toArray(URL[]::new), PluginLoader.class.getClassLoader());
    sources.values().forEach(loader.classes::putAll);
    sources.forEach((plugin, compiled) -> loader.offer(plugin, compiled));
    return loader;
  }

  private static URL jar(Path jar) {
    try {
      new ZipFile(jar.toFile()).close();
      return jar.toUri().toURL();
    } catch (ZipException e) {
      throw new InputException(jar.toString(), "is not a jar", e);
    } catch (IOException e) {
      throw new InputException(jar.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  private void offer(Path plugin, Map<String, byte[]> compiled) {
    List<String> selectors =
        new TreeSet<>(compiled.keySet()).stream().filter(this::isSelector).toList();
    if (selectors.isEmpty()) {
      throw new InputException(
          plugin.toString(),
          "has no public class that implements Selector and has a constructor without parameters");
    }
    services += String.join("\n", selectors) + "\n";
  }

  private boolean isSelector(String name) {
    try {
      Class<?> type = Class.forName(name, false, this);
      return Selector.class.isAssignableFrom(type)
          && Modifier.isPublic(type.getModifiers())
          && !Modifier.isAbstract(type.getModifiers())
          && Modifier.isPublic(type.getConstructor().getModifiers());
    } catch (NoSuchMethodException e) {
      return false;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    List<URL> found = Collections.list(super.findResources(name));
    if (name.equals(SERVICES) && !services.isEmpty()) {
      found.add(memory(services));
    }
    return Collections.enumeration(found);
  }

  private static URL memory(String text) throws MalformedURLException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return URL.of(
        URI.create("memory:///" + SERVICES),
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
              @Override
              public void connect() {}

              @Override
              public InputStream getInputStream() {
                return new ByteArrayInputStream(bytes);
              }
            };
          }
        });
  }
}
