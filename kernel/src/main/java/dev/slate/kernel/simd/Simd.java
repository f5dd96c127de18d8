package dev.slate.kernel.simd;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Chooses the kernels once, when the JVM first searches. Each is created when it is first used,
 * since it makes the JVM load the classes of the vectors that it computes with.
 *
 * <p>The system property {@code slate.simd} sets the vector width: {@code scalar}, {@code 128},
 * {@code 256} or {@code 512}; the default is the JVM's preferred width. If the machine lacks the
 * width, or the JVM was started without the module {@code jdk.incubator.vector}, the next best
 * kernel is used, and one line in the log of {@code dev.slate.kernel} says so.
 */
public final class Simd {
  /** The system property that overrides the choice. */
  public static final String PROPERTY = "slate.simd";

  private static final String MODULE = "jdk.incubator.vector";

  private static final Choice CHOICE = choose(System.getProperty(PROPERTY, ""));

  /**
   * Whether the JVM compiles {@code compress} to a few instructions, as it does for AVX2, AVX-512
   * and SVE. Where it does not, as on NEON, the Vector API takes a thousand times as long for it as
   * a loop.
   */
  static final boolean COMPRESSES = CHOICE.bits >= 256;

  private Simd() {}

  /**
   * What was chosen.
   *
   * @param bits width of its vectors; 32 for the scalar kernel
   * @param reason why, in words
   */
  private record Choice(int bits, String reason) {}

  private static final class Block {
    static final BlockKernel KERNEL = CHOICE.bits == 32 ? new ScalarKernel() : new VectorKernels();
  }

  private static final class Codes {
    static final CodeKernel KERNEL =
        CHOICE.bits >= 256 ? new VectorCodeKernel() : new ScalarCodeKernel();
  }

  private static final class Packed {
    static final PackedKernel KERNEL =
        CHOICE.bits >= 256 ? VectorPackedKernels.get(CHOICE.bits) : new ScalarPackedKernel();
  }

  private static final class Tiles {
    static final TileKernel KERNEL =
        CHOICE.bits == 32 ? new ScalarTileKernel() : VectorTileKernels.get();
  }

  private static final class Rows {
    static final RowKernel KERNEL =
        CHOICE.bits == 32
            ? new ScalarRowKernel()
            : new WarmingRowKernel(new ScalarRowKernel(), new VectorRowKernel());
  }

  /** The kernel of this JVM. */
  public static BlockKernel kernel() {
    return Block.KERNEL;
  }

  /** The kernel for one-byte codes; four bytes fill no vector, so 128 bits take the scalar one. */
  public static CodeKernel codes() {
    return Codes.KERNEL;
  }

  /** The kernel for packed codes. */
  public static PackedKernel packed() {
    return Packed.KERNEL;
  }

  /** The kernel for many queries at once. */
  public static TileKernel tiles() {
    return Tiles.KERNEL;
  }

  /** The kernel for rows before they are scored. */
  public static RowKernel rows() {
    return Rows.KERNEL;
  }

  /** Width of a vector in bits; 32 for the scalar kernel. */
  public static int bits() {
    return CHOICE.bits;
  }

  /** The width as {@code slate.simd} spells it. */
  public static String width() {
    return CHOICE.bits == 32 ? "scalar" : Integer.toString(CHOICE.bits);
  }

  /** Why this width, in words. */
  public static String reason() {
    return CHOICE.reason;
  }

  /** The species of the wanted width, or the preferred one. Needs the Vector API. */
  static VectorSpecies<Float> species() {
    int wanted = wantedBits(System.getProperty(PROPERTY, ""));
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    int bits = wanted <= 0 ? preferred.vectorBitSize() : wanted;
    int usable = Math.clamp(bits, 128, Math.clamp(preferred.vectorBitSize(), 128, 512));
    return VectorSpecies.of(float.class, VectorShape.forBitSize(usable));
  }

  private static Choice choose(String property) {
    int wanted = wantedBits(property);
    if (wanted == 32) {
      return new Choice(32, PROPERTY + "=scalar");
    }
    if (wanted < 0) {
      warn(PROPERTY + "=" + property + " is not one of scalar, 128, 256, 512; it is ignored");
    }
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      String reason =
          "the module " + MODULE + " is missing: start java with --add-modules " + MODULE;
      warn("the scalar kernel serves, with the same results but slowly: " + reason);
      return new Choice(32, reason);
    }
    int bits;
    try {
      bits = species().vectorBitSize();
    } catch (LinkageError e) {
      String reason = "the Vector API of this JVM cannot be used: " + e;
      warn("the scalar kernel serves, with the same results but slowly: " + reason);
      return new Choice(32, reason);
    }
    if (wanted > 0 && wanted != bits) {
      String reason =
          PROPERTY + "=" + wanted + ", but this machine's vectors have " + bits + " bits";
      warn(reason);
      return new Choice(bits, reason);
    }
    return new Choice(
        bits, wanted > 0 ? PROPERTY + "=" + wanted : "the width that this JVM prefers");
  }

  /** 0 where nothing is wanted, 32 for scalar, -1 for a value that is not understood. */
  private static int wantedBits(String property) {
    return switch (property) {
      case "" -> 0;
      case "scalar" -> 32;
      case "128", "256", "512" -> Integer.parseInt(property);
      default -> -1;
    };
  }

  private static void warn(String message) {
    Logger log = System.getLogger("dev.slate.kernel");
    log.log(Level.WARNING, message);
  }
}
