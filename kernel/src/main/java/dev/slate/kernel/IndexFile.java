package dev.slate.kernel;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.file.DurableFiles;
import dev.slate.kernel.file.OnDemandFile;
import dev.slate.kernel.layout.Ids;
import dev.slate.kernel.layout.OrdinalsById;
import dev.slate.kernel.observe.FileEvent;
import dev.slate.kernel.observe.Observer;
import dev.slate.kernel.planner.Strategies;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.StoredRows;
import dev.slate.kernel.strategy.SearchStrategy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * An index in a file: its plan, metric and size, the caller's ids, the strategy's layout and, from
 * format 2 on, what is attached to it.
 */
final class IndexFile {
  private IndexFile() {}

  static void save(Index index, Path file, UnaryOperator<SeekableByteChannel> through)
      throws IOException {
    long start = System.nanoTime();
    FileEvent event = Observer.beginFile();
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new IOException(file + ": is not a regular file");
    }
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + random + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        put(index, through.apply(channel), index.observer.saving(file, bytes(index)));
        channel.force(true);
      }
      DurableFiles.rename(temporary, target);
      index.observer.file(event, start, true, file, index.size(), Files.size(target));
    } catch (UncheckedIOException e) { // of the file from which the index is read on demand
      throw e.getCause();
    } catch (NoSuchFileException e) {
      throw because(
          e, new NoSuchFileException(file.toString(), null, "its directory does not exist"));
    } catch (AccessDeniedException e) {
      throw because(e, new AccessDeniedException(file.toString(), null, "permission denied"));
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + ": cannot be written: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** The same exception of the file that the caller named, not of the temporary one. */
  private static IOException because(IOException cause, IOException named) {
    named.initCause(cause);
    return named;
  }

  /** Bytes of the file of an index, about: those of its arrays. */
  private static long bytes(Index index) {
    long bytes = index.bytes() + (index.ids == null ? 0 : 8L * index.size());
    for (byte[] attached : index.attachments.values()) {
      bytes += attached.length;
    }
    return bytes;
  }

  static void write(Index index, SeekableByteChannel channel, LongConsumer progress)
      throws IOException {
    try {
      put(index, channel, progress);
    } catch (UncheckedIOException e) { // of the file from which the index is read on demand
      throw e.getCause();
    }
  }

  private static void put(Index index, SeekableByteChannel channel, LongConsumer progress)
      throws IOException {
    ArrayWriter out = new ArrayWriter(channel, progress);
    write(index, out);
    out.finish();
  }

  private static void write(Index index, ArrayWriter out) throws IOException {
    Plan plan = index.plan();
    out.text(plan.strategy().name());
    out.number(plan.settings().size());
    for (Map.Entry<String, Integer> setting : plan.settings().entrySet()) {
      out.text(setting.getKey());
      out.number(setting.getValue());
    }
    out.number(plan.reasons().size());
    for (String reason : plan.reasons()) {
      out.text(reason);
    }
    out.text(index.metric().name());
    out.number(index.size());
    out.number(index.biased ? 1 : 0);
    out.number(index.ids == null ? 0 : 1);
    if (index.ids != null) {
      index.ids.write(out);
    }
    index.engine.write(out);
    out.number(index.attachments.size());
    for (Map.Entry<String, byte[]> attachment : index.attachments.entrySet()) {
      out.text(attachment.getKey());
      out.array(attachment.getValue());
    }
  }

  static Index open(Path file, Opening opening, List<SearchStrategy> strategies, Observer observer)
      throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a directory");
    }
    long start = System.nanoTime();
    FileEvent event = Observer.beginFile();
    if (opening == Opening.ON_DEMAND && file.getFileSystem().equals(FileSystems.getDefault())) {
      RandomAccessFile open = random(file);
      boolean stays = false;
      try {
        ArrayReader in = new ArrayReader(open, file);
        in.progress(observer.opening(file, in.size()));
        Index index = read(in, strategies, observer);
        observer.file(event, start, false, file, index.size(), in.size());
        stays = index.file != null;
        return index;
      } finally {
        if (!stays) {
          open.close();
        }
      }
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ArrayReader in = new ArrayReader(channel, file);
      in.progress(observer.opening(file, in.size()));
      Index index = read(in, strategies, observer);
      observer.file(event, start, false, file, index.size(), in.size());
      return index;
    }
  }

  private static RandomAccessFile random(Path file) throws IOException {
    try {
      return new RandomAccessFile(file.toFile(), "r");
    } catch (FileNotFoundException e) {
      FileChannel.open(file, StandardOpenOption.READ).close(); // says more precisely what is wrong
      throw e;
    }
  }

  private static Index read(ArrayReader in, List<SearchStrategy> strategies, Observer observer)
      throws IOException {
    Strategy strategy = named(Strategy.values(), in.text(), "strategy", in);
    Map<String, Integer> settings = new TreeMap<>();
    for (int left = in.number(0, 1 << 16); left > 0; left--) {
      settings.put(in.text(), in.number(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    List<String> reasons = new ArrayList<>();
    for (int left = in.number(0, 1 << 16); left > 0; left--) {
      reasons.add(in.text());
    }
    Metric metric = named(Metric.values(), in.text(), "metric", in);
    int size = in.number(0, Integer.MAX_VALUE);
    boolean biased = in.number(0, 1) != 0;
    Ids ids = in.number(0, 1) == 0 ? null : Ids.read(in);
    Engine engine = Strategies.named(strategy, strategies).read(in);
    Map<String, byte[]> attachments = in.format() == 1 ? Map.of() : attachments(in);
    in.end();
    OnDemandFile later = in.later();
    boolean whole = later == null || later.complete();
    OrdinalsById ordinals = null;
    if (ids != null) {
      ordinals = whole ? OrdinalsById.filled(ids) : new OrdinalsById(ids);
    }
    return new Index(
        new StoredRows(engine, size),
        metric,
        new Plan(strategy, settings, reasons),
        biased,
        ids,
        ordinals,
        attachments,
        whole ? null : later,
        observer);
  }

  private static Map<String, byte[]> attachments(ArrayReader in) throws IOException {
    Map<String, byte[]> attachments = new TreeMap<>();
    for (int left = in.number(0, Integer.MAX_VALUE); left > 0; left--) {
      attachments.put(in.text(), in.bytes());
    }
    return attachments;
  }

  private static <E extends Enum<E>> E named(E[] all, String name, String what, ArrayReader in)
      throws IOException {
    for (E each : all) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw in.bad("has " + what + " " + name + ", which this version does not know");
  }
}
