package dev.slate.data.format;

import dev.slate.data.InputException;
import io.jhdf.HdfFile;
import io.jhdf.ObjectHeader;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import io.jhdf.object.message.Message;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens a data set of an HDF5 file. The library reads the file's structure; a contiguous data set
 * is then read as plain rows at its address, a chunked one band by band.
 */
final class Hdf5Files {
  /** The first bit of a mantissa is 1 and not stored. */
  private static final int IMPLIED = 2;

  /** Characters of a list of names in a message. */
  private static final int MAX_LIST = 500;

  private Hdf5Files() {}

  static RowSource open(FileSpec location) {
    HdfFile file = guarded(location, () -> new HdfFile(location.path()));
    try {
      requireWhole(location, file);
      DatasetBase dataset = dataset(location, file);
      return guarded(location, () -> rows(location, file, dataset));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Where a file is shorter than it says, the library may give zeros for what is missing. */
  private static void requireWhole(FileSpec location, HdfFile file) {
    long end = file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
    try {
      long size = Files.size(location.path());
      if (end > size) {
        throw new InputException(
            location.spec(), "is cut off: %d of its %d bytes are there".formatted(size, end));
      }
    } catch (IOException e) {
      throw location.unreadable(e);
    }
  }

  private static DatasetBase dataset(FileSpec location, HdfFile file) {
    Hdf5Links links = new Hdf5Links(location, file);
    String name = location.dataset();
    DatasetBase found = name == null ? null : guarded(location, () -> links.find(name));
    if (found != null) {
      return found;
    }
    List<String> known = guarded(location, links::list);
    throw new InputException(
        location.spec(),
        (name == null ? "name a data set after a colon" : "has no data set " + name)
            + "; the file has "
            + (known.isEmpty() ? "none" : listed(known)));
  }

  /** Names for a message, which has room for some. */
  static String listed(List<String> names) {
    String all = String.join(", ", names);
    return all.length() <= MAX_LIST ? all : all.substring(0, MAX_LIST) + "...";
  }

  private static RowSource rows(FileSpec location, HdfFile file, DatasetBase dataset) {
    String spec = location.spec();
    requireOwn(spec, dataset.getHeader());
    Element element = element(spec, dataset.getDataType());
    long[] dims = dataset.getDimensionsAsLong();
    if (dims.length < 1 || dims.length > 2) {
      throw new InputException(
          spec, "is an array of " + dims.length + " dimensions; Slate reads 1 and 2");
    }
    long columns = dims.length == 1 ? 1 : dims[1];
    RowShape shape = RowShape.limited(spec, dims[0], columns);
    return switch (dataset) {
      case ChunkedDataset chunked -> {
        Hdf5Chunks chunks =
            new Hdf5Chunks(spec, dataset, file.getHdfBackingStorage(), element.bytes());
        yield new ChunkedRows(location, file, chunks, element, shape);
      }
      case ContiguousDataset contiguous -> {
        RowSource rows =
            contiguous(
                location, contiguous.getDataAddress(), file.getUserBlockSize(), element, shape);
        file.close();
        yield rows;
      }
      default ->
          throw new InputException(
              spec,
              "has the layout "
                  + dataset.getDataLayout()
                  + "; Slate reads contiguous and chunked data sets");
    };
  }

  /** A message that other objects share is a reference, which the library takes for the message. */
  private static void requireOwn(String spec, ObjectHeader header) {
    for (Message message : header.getMessages()) {
      if (message.isMessageShared()) {
        throw new InputException(
            spec,
            "shares its "
                + message.getClass().getSimpleName().replace("Message", "")
                + " with other objects; repack it (h5repack)");
      }
    }
  }

  private static RowSource contiguous(
      FileSpec location, long address, long userBlock, Element element, RowShape shape) {
    if (address < 0) {
      throw new InputException(location.spec(), "the data set was never written");
    }
    try {
      FileChannel channel = FileChannel.open(location.path());
      try {
        long start = Math.addExact(address, userBlock);
        RowShape.of(
            location.spec(),
            shape.rows(),
            shape.columns(),
            element.bytes(),
            Math.max(0, channel.size() - start));
        return new FileRows(
            location, FileBytes.of(channel), start, FileRows.Prefix.NONE, element, shape);
      } catch (RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw location.unreadable(e);
    }
  }

  private static Element element(String spec, DataType type) {
    Element element =
        switch (type) {
          case FloatingPoint real -> real(real);
          case FixedPoint integer -> integer(integer);
          default -> null;
        };
    if (element == null && type instanceof FixedPoint wide && wide.getSize() == Long.BYTES) {
      throw new InputException(
          spec, "holds unsigned 64-bit integers; save them as int64 or as floats");
    }
    if (element == null) {
      throw new InputException(
          spec,
          "holds values of HDF5 type "
              + type.getClass().getSimpleName()
              + " of "
              + type.getSize()
              + " bytes; Slate reads IEEE floats and integers up to 64 bits");
    }
    if (element.bytes() > 1
        && type instanceof OrderedDataType ordered
        && ordered.getByteOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new InputException(spec, "is big-endian; save it as little-endian");
    }
    return element;
  }

  private static @Nullable Element real(FloatingPoint type) {
    return switch (type.getSize()) {
      case 2 -> isIeee(type, 10) ? Element.FLOAT16 : null;
      case 4 -> isIeee(type, 23) ? Element.FLOAT32 : null;
      case 8 -> isIeee(type, 52) ? Element.FLOAT64 : null;
      default -> null;
    };
  }

  /** Sign, exponent, mantissa without its first bit, which is always 1: the IEEE formats. */
  private static boolean isIeee(FloatingPoint type, int mantissa) {
    int bits = 8 * type.getSize();
    int exponent = bits - 1 - mantissa;
    return type.getMantissaLocation() == 0
        && type.getMantissaSize() == mantissa
        && type.getMantissaNormalization() == IMPLIED
        && type.getExponentLocation() == mantissa
        && type.getExponentSize() == exponent
        && type.getExponentBias() == (1 << (exponent - 1)) - 1
        && type.getSignLocation() == bits - 1
        && type.getBitOffset() == 0
        && type.getBitPrecision() == bits;
  }

  private static @Nullable Element integer(FixedPoint type) {
    if (type.getBitOffset() != 0 || type.getBitPrecision() != 8 * type.getSize()) {
      return null;
    }
    return switch (type.getSize()) {
      case 1 -> type.isSigned() ? Element.INT8 : Element.UINT8;
      case 2 -> type.isSigned() ? Element.INT16 : Element.UINT16;
      case 4 -> type.isSigned() ? Element.INT32 : Element.UINT32;
      case 8 -> type.isSigned() ? Element.INT64 : null;
      default -> null;
    };
  }

  /**
   * Runs the library on bytes that may be anything. What it throws on a damaged file is of many
   * kinds, some of them errors that a lying length provokes, or a mapped file that shrinks; all
   * mean that the file is bad.
   */
  static <T extends @Nullable Object> T guarded(FileSpec location, Supplier<T> read) {
    try {
      return read.get();
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | InternalError e) {
      String remedy = root(e) instanceof UnsupportedHdfException ? copying(location) : "";
      throw new InputException(
          location.spec(),
          "is damaged or not HDF5 as Slate reads it (" + reason(e) + ")" + remedy,
          e);
    }
  }

  /** h5py writes the oldest format that will do, unless it is told otherwise. */
  private static String copying(FileSpec location) {
    String copy =
        "python3 -c \"import h5py;"
            + " h5py.File('converted.hdf5', 'w')['NAME'] = h5py.File('FILE')['NAME'][:]\"";
    return "; if h5py reads it, copy it: " + Magic.command(copy, location.path().toString());
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  static String reason(Throwable failure) {
    Throwable root = root(failure);
    String message = root.getMessage();
    String text = message == null ? root.getClass().getSimpleName() : message;
    return text.lines().findFirst().orElse("");
  }
}
