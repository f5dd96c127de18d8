package dev.slate.data.format;

import dev.slate.data.InputException;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.HdfFile;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.dataset.DatasetLoader;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a path through the groups of an HDF5 file.
 *
 * <p>Only the headers on the path are read: an object beside it may be of a kind that the library
 * does not know.
 */
final class Hdf5Links {
  private static final int MAX_STEPS = 256;
  private static final int MAX_LISTED = 30;

  private final FileSpec location;
  private final HdfFile file;
  private final HdfBackingStorage storage;

  Hdf5Links(FileSpec location, HdfFile file) {
    this.location = location;
    this.file = file;
    this.storage = file.getHdfBackingStorage();
  }

  /** Where a name in a group leads. */
  private sealed interface Link {}

  private record Hard(long address) implements Link {}

  private record Soft(String path) implements Link {}

  private record External(String file, String path) implements Link {}

  /**
   * Finds a data set.
   *
   * @param path names of groups and of the data set, with slashes between
   * @return the data set, or null where the path leads to none
   * @throws InputException if the path leads into another file, or the values lie in one
   */
  @Nullable DatasetBase find(String path) {
    Deque<String> names = new ArrayDeque<>(split(path));
    long address = file.getAddress();
    for (int step = 0; !names.isEmpty(); step++) {
      if (step > MAX_STEPS) {
        throw new InputException(location.spec(), "its links lead in a circle");
      }
      switch (links(header(address)).get(names.pop())) {
        case Hard hard -> address = hard.address;
        case Soft soft -> {
          List<String> target = split(soft.path);
          for (int i = target.size() - 1; i >= 0; i--) {
            names.push(target.get(i));
          }
          if (soft.path.startsWith("/")) {
            address = file.getAddress();
          }
        }
        case External external ->
            throw new InputException(
                location.spec(),
                "is a link to "
                    + external.path
                    + " in another file, "
                    + external.file
                    + "; name that file");
        case null -> {
          return null;
        }
      }
    }
    ObjectHeader header = header(address);
    return header.hasMessageOfType(DataSpaceMessage.class)
        ? (DatasetBase) DatasetLoader.createDataset(storage, header, path, file)
        : null;
  }

  /**
   * Paths and shapes of the data sets, those of inner groups too; the first {@value MAX_LISTED}.
   */
  List<String> list() {
    List<String> found = new ArrayList<>();
    list("", file.getAddress(), found, new HashSet<>());
    return found;
  }

  private void list(String prefix, long address, List<String> found, Set<Long> seen) {
    if (!seen.add(address)) {
      return;
    }
    for (Map.Entry<String, Link> entry : links(header(address)).entrySet()) {
      if (found.size() == MAX_LISTED) {
        found.add("...");
      }
      if (found.size() > MAX_LISTED) {
        return;
      }
      String path = prefix + entry.getKey();
      if (entry.getValue() instanceof Hard hard) {
        String shape = shape(hard.address);
        if (shape == null) {
          list(path + "/", hard.address, found, seen);
        } else {
          found.add(path + shape);
        }
      } else {
        found.add(path + " (a link)");
      }
    }
  }

  /** The shape of a data set for people, or null for a group. */
  private @Nullable String shape(long address) {
    try {
      ObjectHeader header = ObjectHeader.readObjectHeader(storage, address);
      return header.hasMessageOfType(DataSpaceMessage.class)
          ? " "
              + Arrays.toString(
                      header
                          .getMessageOfType(DataSpaceMessage.class)
                          .getDataSpace()
                          .getDimensionsAsLong())
                  .replace(", ", " x ")
          : null;
    } catch (HdfException e) {
      return " (" + Hdf5Files.reason(e) + ")";
    }
  }

  private ObjectHeader header(long address) {
    try {
      return ObjectHeader.readObjectHeader(storage, address);
    } catch (HdfException e) {
      String reason = Hdf5Files.reason(e);
      if (reason.contains("Virtual storage")) {
        throw new InputException(
            location.spec(), "is a virtual data set: its values lie in other data sets", e);
      }
      if (reason.contains("External Data Files")) {
        throw new InputException(location.spec(), "keeps its values outside of the file", e);
      }
      throw e;
    }
  }

  private Map<String, Link> links(ObjectHeader group) {
    Map<String, Link> links = new LinkedHashMap<>();
    if (group.hasMessageOfType(SymbolTableMessage.class)) {
      addSymbols(group.getMessageOfType(SymbolTableMessage.class), links);
    } else if (group.hasMessageOfType(LinkInfoMessage.class)) {
      addMessages(group, links);
    }
    return links;
  }

  /** A group as libraries up to HDF5 1.8 write it: a tree of names. */
  private void addSymbols(SymbolTableMessage table, Map<String, Link> links) {
    ByteBuffer names = new LocalHeap(storage, table.getLocalHeapAddress()).getDataBuffer();
    for (long child :
        BTreeV1.createGroupBTree(storage, table.getBTreeAddress()).getChildAddresses()) {
      for (SymbolTableEntry entry :
          new GroupSymbolTableNode(storage, child).getSymbolTableEntries()) {
        boolean soft = entry.getCacheType() == 2;
        links.put(
            text(names, entry.getLinkNameOffset()),
            soft
                ? new Soft(text(names, entry.getLinkValueOffset()))
                : new Hard(entry.getObjectHeaderAddress()));
      }
    }
  }

  /** A group as newer ones write it: messages in its header, or in a heap where there are many. */
  private void addMessages(ObjectHeader group, Map<String, Link> links) {
    LinkInfoMessage info = group.getMessageOfType(LinkInfoMessage.class);
    List<LinkMessage> messages = new ArrayList<>(group.getMessagesOfType(LinkMessage.class));
    if (info.getBTreeNameIndexAddress() != -1) {
      FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
      BTreeV2<LinkNameForIndexedGroupRecord> tree =
          new BTreeV2<>(storage, info.getBTreeNameIndexAddress());
      for (LinkNameForIndexedGroupRecord record : tree.getRecords()) {
        messages.add(LinkMessage.fromBuffer(heap.getId(record.getId()), storage.getSuperblock()));
      }
    }
    for (LinkMessage message : messages) {
      links.put(
          message.getLinkName(),
          switch (message.getLinkType()) {
            case HARD -> new Hard(message.getHardLinkAddress());
            case SOFT -> new Soft(message.getSoftLink());
            case EXTERNAL -> new External(message.getExternalFile(), message.getExternalPath());
          });
    }
  }

  private static String text(ByteBuffer bytes, int offset) {
    int end = offset;
    while (bytes.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - offset];
    bytes.get(offset, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static List<String> split(String path) {
    return Arrays.stream(path.split("/"))
        .filter(name -> !name.isEmpty() && !name.equals("."))
        .toList();
  }
}
