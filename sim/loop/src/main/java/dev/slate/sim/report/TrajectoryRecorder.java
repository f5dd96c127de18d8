package dev.slate.sim.report;

import dev.slate.sim.ItemCatalog;
import dev.slate.sim.StepObserver;
import dev.slate.sim.StepState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/**
 * Records what the report draws: the paths and picks of the first 300 users and, for larger
 * populations, a density map of all users for each pair of attributes.
 */
public final class TrajectoryRecorder implements StepObserver {
  /** Users whose paths are kept. */
  public static final int PATHS = 300;

  /** Cells of a density map along each side. */
  public static final int CELLS = 48;

  /** Steps whose positions are kept, at most: evenly spread ones, and the last. */
  private static final int FRAMES = 120;

  /** Density maps kept, at most, at evenly spread steps. */
  private static final int MAPS = 40;

  private final int every;
  private final int stride;
  private final List<Integer> frames = new ArrayList<>();
  private final List<float[]> positions = new ArrayList<>();
  private final List<int[]> picks = new ArrayList<>();
  private final List<byte[]> densities = new ArrayList<>();
  private final List<Integer> densitySteps = new ArrayList<>();
  private int users;

  /**
   * Starts recording.
   *
   * @param steps how many steps the run takes
   */
  public TrajectoryRecorder(int steps) {
    this.stride = Math.max(1, Math.ceilDiv(steps, FRAMES - 1));
    this.every = Math.max(1, (steps + MAPS - 1) / MAPS);
  }

  @Override
  public void observe(StepState state) {
    int d = state.settings().catalog().dimensions();
    users = state.users();
    int kept = Math.min(PATHS, users);
    float[] position = new float[kept * d];
    int[] picked = new int[kept];
    for (int user = 0; user < kept; user++) {
      picked[user] =
          state.chosen(user) < 0 ? ItemCatalog.NONE : state.item(user, state.chosen(user));
      for (int j = 0; j < d; j++) {
        position[user * d + j] = state.preference(user, j);
      }
    }
    if (!frames.isEmpty() && frames.getLast() % stride != 0) {
      frames.removeLast();
      positions.removeLast();
      picks.removeLast();
    }
    frames.add(state.step());
    positions.add(position);
    picks.add(picked);
    if (users > kept && state.step() % every == 0) {
      densities.add(density(state, d));
      densitySteps.add(state.step());
    }
  }

  /** One byte a cell: the square root of its count, scaled so that the fullest cell is 255. */
  private static byte[] density(StepState state, int d) {
    int pairs = d * (d - 1) / 2;
    int[] counts = new int[pairs * CELLS * CELLS];
    int[] cell = new int[d];
    for (int user = 0; user < state.users(); user++) {
      if (!state.present(user)) {
        continue;
      }
      for (int j = 0; j < d; j++) {
        cell[j] = Math.clamp((int) ((state.preference(user, j) + 1) / 2 * CELLS), 0, CELLS - 1);
      }
      int pair = 0;
      for (int x = 0; x < d; x++) {
        for (int y = x + 1; y < d; y++, pair++) {
          counts[(pair * CELLS + cell[y]) * CELLS + cell[x]]++;
        }
      }
    }
    byte[] map = new byte[counts.length];
    int size = CELLS * CELLS;
    for (int pair = 0; pair < pairs; pair++) {
      int most = 1;
      for (int i = pair * size; i < (pair + 1) * size; i++) {
        most = Math.max(most, counts[i]);
      }
      for (int i = pair * size; i < (pair + 1) * size; i++) {
        map[i] = (byte) Math.ceil(255 * Math.sqrt((double) counts[i] / most));
      }
    }
    return map;
  }

  int users() {
    return users;
  }

  int kept() {
    return Math.min(PATHS, users);
  }

  /** The largest size of an attribute on any path. */
  float reach() {
    float reach = 0;
    for (float[] position : positions) {
      for (float attribute : position) {
        reach = Math.max(reach, Math.abs(attribute));
      }
    }
    return reach;
  }

  /** The steps whose positions were kept, the first and the last among them. */
  List<Integer> frames() {
    return frames;
  }

  /** frames x kept x d positions as int16, {@code scale} being 32767. */
  String paths(float scale) {
    int row = positions.getFirst().length;
    byte[] bytes = new byte[frames.size() * row * Short.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] position : positions) {
      for (float attribute : position) {
        buffer.putShort((short) Math.round(attribute / scale * Short.MAX_VALUE));
      }
    }
    return packed(bytes);
  }

  /** frames x kept ordinals as int32: what each user picked last. */
  String picks() {
    byte[] bytes = new byte[frames.size() * kept() * Integer.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int[] picked : picks) {
      for (int item : picked) {
        buffer.putInt(item);
      }
    }
    return packed(bytes);
  }

  /** The items in {@link #picks()}. */
  Set<Integer> pickedItems() {
    Set<Integer> items = new TreeSet<>();
    for (int[] picked : picks) {
      for (int item : picked) {
        items.add(item);
      }
    }
    items.remove(ItemCatalog.NONE);
    return items;
  }

  List<Integer> densitySteps() {
    return densitySteps;
  }

  /** steps x pairs x cells x cells bytes, each map row by row of its second attribute. */
  String densities() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    densities.forEach(bytes::writeBytes);
    return packed(bytes.toByteArray());
  }

  /** Gzip in base64: browsers take both apart by themselves. */
  private static String packed(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }
}
