package dev.slate.data.format;

import dev.slate.data.InputException;
import io.jhdf.ObjectHeader;
import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.filter.ByteShuffleFilter;
import io.jhdf.filter.DeflatePipelineFilter;
import io.jhdf.filter.Filter;
import io.jhdf.filter.LzfFilter;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a data set's chunks: deflate, shuffle, lzf, and the checksum fletcher32. Other
 * filters are refused by name.
 *
 * <p>A chunk's mask names filters that were not applied to it. The checksum is verified and removed
 * here, since the library leaves it in place.
 */
final class Hdf5Filters {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int LZF = 32000;

  private final List<FilterInfo> filters;

  private Hdf5Filters(List<FilterInfo> filters) {
    this.filters = filters;
  }

  static Hdf5Filters of(String spec, ObjectHeader header) {
    if (!header.hasMessageOfType(FilterPipelineMessage.class)) {
      return new Hdf5Filters(List.of());
    }
    List<FilterInfo> filters = header.getMessageOfType(FilterPipelineMessage.class).getFilters();
    for (FilterInfo filter : filters) {
      if (filter.getId() != FLETCHER32 && decoder(filter.getId()) == null) {
        throw new InputException(
            spec,
            "is packed with the filter "
                + name(filter)
                + "; Slate reads deflate, shuffle, lzf and fletcher32 (h5repack -f GZIP=1)");
      }
    }
    return new Hdf5Filters(filters);
  }

  private static @Nullable Filter decoder(int id) {
    return switch (id) {
      case DEFLATE -> new DeflatePipelineFilter();
      case SHUFFLE -> new ByteShuffleFilter();
      case LZF -> new LzfFilter();
      default -> null;
    };
  }

  private static String name(FilterInfo filter) {
    return switch (filter.getId()) {
      case 4 -> "szip";
      case 5 -> "nbit";
      case 6 -> "scaleoffset";
      case 307 -> "bzip2";
      case 32001 -> "blosc";
      case 32004 -> "lz4";
      case 32008 -> "bitshuffle";
      case 32015 -> "zstd";
      case 32026 -> "blosc2";
      default -> "number " + filter.getId() + " (" + filter.getName() + ")";
    };
  }

  /** Whether a filtered chunk is as long as one that no filter touched. */
  boolean keepLength() {
    return !filters.isEmpty() && filters.stream().allMatch(filter -> filter.getId() == SHUFFLE);
  }

  /**
   * Undoes the filters, the last one first.
   *
   * @param bytes as in the file
   * @param spared the filters that this chunk did not go through
   * @return the values
   */
  byte[] undo(byte[] bytes, BitSet spared) {
    byte[] values = bytes;
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (!spared.get(i)) {
        FilterInfo filter = filters.get(i);
        Filter decoder = decoder(filter.getId());
        values = decoder == null ? verified(values) : decoder.decode(values, filter.getData());
      }
    }
    return values;
  }

  private static byte[] verified(byte[] bytes) {
    int length = bytes.length - Integer.BYTES;
    if (length < 0) {
      throw new HdfFilterException("it is shorter than its checksum");
    }
    int stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
    int sum = fletcher32(bytes, length);
    // HDF5 up to 1.6.2 swapped the bytes of each half.
    int swapped = ((sum & 0xff00ff) << 8) | ((sum >>> 8) & 0xff00ff);
    if (stored != sum && stored != swapped) {
      throw new HdfFilterException("its checksum is wrong");
    }
    return Arrays.copyOf(bytes, length);
  }

  /** Fletcher's checksum as HDF5 defines it: over big-endian words of 16 bits. */
  private static int fletcher32(byte[] bytes, int length) {
    int sum1 = 0;
    int sum2 = 0;
    for (int i = 0; i < length; i += 2) {
      int low = i + 1 < length ? bytes[i + 1] & 0xff : 0;
      sum1 = fold(sum1 + (((bytes[i] & 0xff) << 8) | low));
      sum2 = fold(sum2 + sum1);
    }
    return (sum2 << 16) | sum1;
  }

  /** Modulo 2^16 - 1, except that only zero itself becomes zero. */
  private static int fold(int sum) {
    return (sum & 0xffff) + (sum >>> 16);
  }
}
